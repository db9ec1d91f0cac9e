#include "addon.h"
#include "convert.h"
#include "exports.h"
#include "json.h"
#include "map.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;

// The bytes of an array, which stays alive and where it is.
class Body {
 public:
  Body(Addon& addon, const Napi::Value& value) : addon_(addon) {
    if (!value.IsTypedArray()) invalid("a body must be an array of bytes");
    napi_typedarray_type kind;
    void* data;
    size_t offset;
    napi_value buffer;
    check(value.Env(), napi_get_typedarray_info(value.Env(), value, &kind, &size, &data, &buffer, &offset));
    if (kind != napi_uint8_array) invalid("a body must be an array of bytes");
    this->data = static_cast<const char*>(data);
    check(value.Env(), napi_create_reference(value.Env(), value, 1, &reference_));
  }
  ~Body() { addon_.bury(reference_); }
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  const char* data;
  size_t size;

 private:
  Addon& addon_;
  napi_ref reference_;
};

using Rank = Workers::Rank;

// Work for another thread, or for this one at once.
Napi::Value perform(Addon& addon, const Info& info, std::unique_ptr<Job> job, bool elsewhere, Rank rank = Rank::kLast) {
  if (elsewhere) return Napi::Value(info.Env(), addon.executor->submitText(info.Env(), std::move(job), rank));
  job->work();
  return Napi::Value(info.Env(), job->finish(addon, info.Env()));
}

class Split : public Job {
 public:
  Split(Addon& addon, const Info& info)
      : body_(addon, info[0]), list_(info[1].ToString()), field_(info[2].ToString()),
        depth_(info[3].ToNumber().Uint32Value()), limit_(static_cast<size_t>(info[4].ToNumber().Int64Value())) {}
  void work() override { split_ = splitJson(body_.data, body_.size, list_, field_, depth_, limit_); }
  napi_value finish(Addon&, napi_env env) override {
    auto result = Napi::Object::New(env);
    auto spans = Napi::Array::New(env, split_.spans.size() * 3);
    uint32_t i = 0;
    for (const JsonSpan& span : split_.spans) {
      for (const double part : {static_cast<double>(span.element), static_cast<double>(span.start), static_cast<double>(span.end)}) spans.Set(i++, part);
    }
    result.Set("text", split_.text);
    result.Set("spans", spans);
    return result;
  }

 private:
  Body body_;
  std::string list_, field_;
  size_t depth_, limit_;
  JsonSplit split_;
};

// jsonSplit(bytes, list, field, depth, limit, async): { text, spans: [element, start, end, ...] }
Napi::Value split(Addon& addon, const Info& info) {
  return perform(addon, info, std::make_unique<Split>(addon, info), info[5].ToBoolean());
}

class Read : public Job {
 public:
  Read(Addon& addon, const Info& info)
      : body_(addon, info[0]), start_(static_cast<size_t>(info[1].ToNumber().Int64Value())),
        end_(static_cast<size_t>(info[2].ToNumber().Int64Value())), type_(toDtype(info[4].ToString())),
        workers_(info[5].ToBoolean() ? &addon.executor->text() : nullptr) {
    if (start_ > end_ || end_ > body_.size) invalid("a span must lie in its body");
    const auto shape = info[3].As<Napi::Array>();
    for (uint32_t i = 0; i < shape.Length(); i++) sizes_.push_back(shape.Get(i).ToNumber().Int64Value());
  }
  void work() override { tensor_ = readJson(body_.data + start_, end_ - start_, sizes_, type_, workers_); }
  napi_value finish(Addon& addon, napi_env env) override { return wrap(addon, env, std::move(tensor_)); }

 private:
  Body body_;
  size_t start_, end_;
  c10::ScalarType type_;
  Workers* const workers_;  // that may help
  std::vector<int64_t> sizes_;
  at::Tensor tensor_;
};

// jsonRead(bytes, start, end, shape, dtype, async)
Napi::Value read(Addon& addon, const Info& info) {
  addon.sweep();
  return perform(addon, info, std::make_unique<Read>(addon, info), info[5].ToBoolean());
}

class Write : public Job {
 public:
  Write(at::Tensor tensor, bool nested, Workers& workers) : tensor_(std::move(tensor)), nested_(nested), workers_(workers) {}
  void work() override { texts_ = writeJson(tensor_, nested_, &workers_); }
  napi_value finish(Addon&, napi_env env) override {
    auto result = Napi::Array::New(env, texts_.size());
    for (uint32_t i = 0; i < texts_.size(); i++) {
      const auto size = static_cast<int64_t>(texts_[i].size);
      result.Set(i, lend(env, at::Storage(at::Storage::use_byte_size_t(), size, std::move(texts_[i].data)), 0, size));
    }
    return result;
  }

 private:
  at::Tensor tensor_;
  bool nested_;
  Workers& workers_;
  std::vector<JsonText> texts_;
};

// jsonWrite(x, nested, async): the text; from elsewhere as ArrayBuffers in a row, which are to be given back.
Napi::Value write(Addon& addon, const Info& info) {
  const at::Tensor& tensor = tensorOf(addon, info.Env(), info[0]);
  const bool nested = info[1].ToBoolean();
  // With an answer a request is done, and its memory free: it goes before those that begin.
  if (info[2].ToBoolean()) return perform(addon, info, std::make_unique<Write>(tensor, nested, addon.executor->text()), true, Rank::kFirst);
  const JsonText text = std::move(writeJson(tensor, nested, nullptr)[0]);
  napi_value result;
  check(info.Env(), napi_create_string_latin1(info.Env(), static_cast<const char*>(text.data.get()), text.size, &result));
  return Napi::Value(info.Env(), result);
}

}  // namespace

void jsonEntries(Entries& entries) {
  entries.push_back({"jsonSplit", entry<split>});
  entries.push_back({"jsonRead", entry<read>});
  entries.push_back({"jsonWrite", entry<write>});
}

}  // namespace flambeau
