#include "batcher.h"

#include <ATen/ATen.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <utility>

#include "addon.h"
#include "convert.h"
#include "exports.h"

namespace flambeau {

BatchRequest::BatchRequest(std::vector<at::Tensor> inputs, Clock::time_point until) : tensors(std::move(inputs)), deadline(until) {}

bool BatchRequest::isOver(Clock::time_point now) {
  if (now >= deadline) error = std::make_exception_ptr(Misuse("EXPIRED", "the deadline of the request passed before it was run"));
  return error != nullptr;
}

bool BatchRequest::fits(const BatchRequest& other) const {
  return std::equal(tensors.begin(), tensors.end(), other.tensors.begin(), other.tensors.end(), [](const at::Tensor& a, const at::Tensor& b) {
    return a.scalar_type() == b.scalar_type() && a.device() == b.device() && a.dim() == b.dim() && a.sizes().slice(1) == b.sizes().slice(1);
  });
}

// [ms in the queue, ms that the batch ran, rows of the batch, ...outputs]
napi_value BatchRequest::finish(Addon& addon, napi_env env) {
  const auto ms = [](Clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); };
  napi_value result, element;
  check(env, napi_create_array_with_length(env, 3 + tensors.size(), &result));
  uint32_t i = 0;
  for (const double number : {ms(started - enqueued), ms(ended - started), static_cast<double>(batchRows)}) {
    check(env, napi_create_double(env, number, &element));
    check(env, napi_set_element(env, result, i++, element));
  }
  for (at::Tensor& tensor : tensors) check(env, napi_set_element(env, result, i++, wrap(addon, env, std::move(tensor))));
  return result;
}

Batcher::Batcher(Executor& executor, std::shared_ptr<const Runnable> model, BatchOptions options)
    : executor_(executor), model_(std::move(model)), options_(std::move(options)) {
  executor_.computing().reserve(static_cast<ptrdiff_t>(options_.instances));
}

Batcher::~Batcher() { executor_.computing().reserve(-static_cast<ptrdiff_t>(options_.instances)); }

void Batcher::scale(size_t instances) {
  std::lock_guard<std::mutex> lock(mutex_);
  executor_.computing().reserve(static_cast<ptrdiff_t>(instances) - static_cast<ptrdiff_t>(options_.instances));
  options_.instances = instances;
}

std::array<int64_t, 3> Batcher::load() {
  std::lock_guard<std::mutex> lock(mutex_);
  return {queuedRows_, static_cast<int64_t>(queue_.size()), running_};
}

napi_value Batcher::submit(napi_env env, std::unique_ptr<BatchRequest> request, Key key, bool wake) {
  if (options_.maxRows > 1) {
    for (const at::Tensor& tensor : request->tensors) {
      if (tensor.dim() == 0 || tensor.size(0) != request->tensors[0].size(0) || tensor.size(0) == 0) {
        throw Misuse("INVALID_VALUE", "the inputs must have the same number of rows, at least one, in their first dimension");
      }
      request->rows = tensor.size(0);
    }
    if (request->rows > options_.maxRows) {
      throw Misuse("INVALID_VALUE", "the request has " + std::to_string(request->rows) + " rows, and the model takes at most " + std::to_string(options_.maxRows));
    }
  }
  std::unique_lock<std::mutex> lock(mutex_);
  if (queuedRows_ + request->rows > options_.maxQueueRows) {
    drop(Clock::now());
    if (queuedRows_ + request->rows > options_.maxQueueRows) {
      throw Misuse("QUEUE_FULL", std::to_string(queuedRows_) + " rows wait for the model, and " + std::to_string(options_.maxQueueRows) + " may");
    }
  }
  const napi_value promise = executor_.expect(env, *request);
  queuedRows_ += request->rows;
  earliest_ = std::min(earliest_, request->deadline);
  queue_.emplace(key, std::move(request));
  if (wake && working_ < options_.instances) {
    working_++;
    lock.unlock();
    executor_.computing().enqueue([self = shared_from_this()] { self->work(); });
  } else {
    lock.unlock();
    arrived_.notify_all();
  }
  return promise;
}

void Batcher::start() {
  size_t more;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    more = working_ < options_.instances ? std::min(options_.instances - working_, queue_.size()) : 0;
    working_ += more;
  }
  for (; more > 0; more--) executor_.computing().enqueue([self = shared_from_this()] { self->work(); });
}

bool Batcher::cancel(Key key) {
  std::lock_guard<std::mutex> lock(mutex_);
  auto node = queue_.extract(key);
  if (node.empty()) return false;
  queuedRows_ -= node.mapped()->rows;
  node.mapped()->error = std::make_exception_ptr(Misuse("CANCELLED", "the request was taken back"));
  executor_.deliver(std::move(node.mapped()));
  return true;
}

// Answers those for whom it is too late.
void Batcher::drop(Clock::time_point now) {
  if (now < earliest_) return;
  earliest_ = Clock::time_point::max();
  Requests over;
  for (auto at = queue_.begin(); at != queue_.end();) {
    if (at->second->isOver(now)) {
      queuedRows_ -= at->second->rows;
      over.push_back(std::move(at->second));
      at = queue_.erase(at);
    } else {
      earliest_ = std::min(earliest_, at->second->deadline);
      ++at;
    }
  }
  answer(over);
}

void Batcher::answer(Requests& requests) {
  for (auto& request : requests) executor_.deliver(std::move(request));
  requests.clear();
}

// The requests of the next batch, in order; gives their rows.
int64_t Batcher::collect(Keys& keys) const {
  keys.clear();
  int64_t rows = 0;
  const BatchRequest* first = nullptr;
  for (const auto& [key, request] : queue_) {
    if (!first) first = request.get();
    else if (rows + request->rows > options_.maxRows || !request->fits(*first)) continue;
    keys.push_back(key);
    rows += request->rows;
    if (rows >= options_.maxRows) break;
  }
  return rows;
}

bool Batcher::take(Requests& batch) {
  std::unique_lock<std::mutex> lock(mutex_);
  Keys keys;
  for (;;) {
    const auto now = Clock::now();
    drop(now);
    if (queue_.empty() || working_ > options_.instances) {
      working_--;
      return false;
    }
    const int64_t rows = collect(keys);
    const auto until = queue_.at(keys.front())->enqueued + options_.delay;
    if (rows >= options_.maxRows || now >= until) break;
    arrived_.wait_until(lock, until);
  }
  const auto now = Clock::now();
  for (const auto& key : keys) {
    auto node = queue_.extract(key);
    node.mapped()->started = now;
    queuedRows_ -= node.mapped()->rows;
    batch.push_back(std::move(node.mapped()));
  }
  running_++;
  return true;
}

void Batcher::work() {
  Requests batch;
  while (take(batch)) {
    run(batch);
    {
      std::lock_guard<std::mutex> lock(mutex_);
      running_--;
    }
    answer(batch);
  }
}

int64_t Batcher::padded(int64_t rows) const {
  const auto size = std::lower_bound(options_.sizes.begin(), options_.sizes.end(), rows);
  return size == options_.sizes.end() ? rows : *size;
}

void Batcher::run(Requests& batch) const {
  const c10::InferenceMode mode;
  try {
    runTogether(batch);
  } catch (...) {
    // Which of them is wrong, only they themselves tell.
    for (auto& request : batch) {
      if (batch.size() == 1) {
        request->error = std::current_exception();
        continue;
      }
      Requests alone;
      alone.push_back(std::move(request));
      try {
        runTogether(alone);
      } catch (...) {
        alone[0]->error = std::current_exception();
      }
      request = std::move(alone[0]);
    }
  }
  for (auto& request : batch) request->ended = Clock::now();
}

void Batcher::runTogether(Requests& batch) const {
  std::vector<at::Tensor> inputs = batch[0]->tensors;
  int64_t rows = 0;
  for (const auto& request : batch) rows += request->rows;
  const int64_t size = options_.maxRows > 1 ? padded(rows) : rows;
  const bool joined = batch.size() > 1 || size != rows;
  if (joined) {
    for (size_t i = 0; i < inputs.size(); i++) {
      std::vector<at::Tensor> parts;
      for (const auto& request : batch) parts.push_back(request->tensors[i]);
      if (size != rows) {
        // What fills the batch up is a row that the model takes.
        const at::Tensor last = parts.back().narrow(0, parts.back().size(0) - 1, 1);
        std::vector<int64_t> sizes = last.sizes().vec();
        sizes[0] = size - rows;
        parts.push_back(last.expand(sizes));
      }
      inputs[i] = at::cat(parts);
    }
  }
  if (options_.device) {
    for (at::Tensor& input : inputs) input = input.to(*options_.device);
  }
  std::vector<at::Tensor> outputs = model_->runTensors(std::move(inputs));
  if (options_.device) {
    for (at::Tensor& output : outputs) output = output.to(c10::kCPU);
  }
  if (joined) {
    for (const at::Tensor& output : outputs) {
      if (output.dim() == 0 || output.size(0) != size) {
        throw Misuse("UNSUPPORTED", "the model gives a result without the rows of its inputs, so its requests cannot be batched");
      }
    }
  }
  int64_t at = 0;
  for (auto& request : batch) {
    std::vector<at::Tensor> own;
    for (const at::Tensor& output : outputs) own.push_back(joined ? output.narrow(0, at, request->rows) : output);
    at += request->rows;
    request->tensors = std::move(own);
    request->batchRows = rows;
  }
}

namespace {

using Info = Napi::CallbackInfo;

Clock::duration milliseconds(const Napi::Value& value) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double, std::milli>(value.ToNumber().DoubleValue()));
}

// batcherCreate(what runs, instances, most rows, delay in ms, most rows that wait, [sizes], device or undefined)
Napi::Value create(Addon& addon, const Info& info) {
  BatchOptions options;
  options.instances = info[1].ToNumber().Uint32Value();
  options.maxRows = info[2].ToNumber().Int64Value();
  options.delay = milliseconds(info[3]);
  options.maxQueueRows = info[4].ToNumber().Int64Value();
  const auto sizes = info[5].As<Napi::Array>();
  for (uint32_t i = 0; i < sizes.Length(); i++) options.sizes.push_back(sizes.Get(i).ToNumber().Int64Value());
  std::sort(options.sizes.begin(), options.sizes.end());
  if (info[6].IsString()) options.device = toDevice(info[6].As<Napi::String>());
  auto made = std::make_shared<Batcher>(*addon.executor, resourceOf<Runnable>(addon, info.Env(), info[0]), std::move(options));
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::shared_ptr<Resource>(std::move(made))));
}

Batcher::Key keyOf(const Napi::Value& priority, const Napi::Value& number) {
  return {-int64_t{priority.ToNumber().Int32Value()}, number.ToNumber().Int64Value()};
}

// batcherSubmit(batcher, priority, its number, ms until the deadline, whether to call a thread, ...tensors)
Napi::Value submit(Addon& addon, const Info& info) {
  addon.sweep();
  const auto batcher = resourceOf<Batcher>(addon, info.Env(), info[0]);
  std::vector<at::Tensor> tensors;
  for (size_t i = 5; i < info.Length(); i++) tensors.push_back(tensorOf(addon, info.Env(), info[i]));
  if (tensors.empty()) invalid("a request must have tensors");
  const double left = info[3].ToNumber().DoubleValue();
  // A deadline of a century is none.
  const auto deadline = left < 3e12 ? Clock::now() + milliseconds(info[3]) : Clock::time_point::max();
  auto request = std::make_unique<BatchRequest>(std::move(tensors), deadline);
  return Napi::Value(info.Env(), batcher->submit(info.Env(), std::move(request), keyOf(info[1], info[2]), info[4].ToBoolean()));
}

// batcherCancel(batcher, priority, number): whether the request waited still
Napi::Value cancel(Addon& addon, const Info& info) {
  return Napi::Boolean::New(info.Env(), resourceOf<Batcher>(addon, info.Env(), info[0])->cancel(keyOf(info[1], info[2])));
}

Napi::Value start(Addon& addon, const Info& info) {
  resourceOf<Batcher>(addon, info.Env(), info[0])->start();
  return info.Env().Undefined();
}

Napi::Value scale(Addon& addon, const Info& info) {
  resourceOf<Batcher>(addon, info.Env(), info[0])->scale(info[1].ToNumber().Uint32Value());
  return info.Env().Undefined();
}

// batcherLoad(batcher): [rows that wait, requests that wait, batches that run]
Napi::Value load(Addon& addon, const Info& info) {
  auto result = Napi::Array::New(info.Env());
  uint32_t i = 0;
  for (const int64_t number : resourceOf<Batcher>(addon, info.Env(), info[0])->load()) result.Set(i++, static_cast<double>(number));
  return result;
}

}  // namespace

void batcherEntries(Entries& entries) {
  entries.push_back({"batcherCreate", entry<create>});
  entries.push_back({"batcherSubmit", entry<submit>});
  entries.push_back({"batcherCancel", entry<cancel>});
  entries.push_back({"batcherStart", entry<start>});
  entries.push_back({"batcherScale", entry<scale>});
  entries.push_back({"batcherLoad", entry<load>});
}

}  // namespace flambeau
