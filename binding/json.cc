#include "json.h"

#include <ATen/ATen.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string_view>

#include "convert.h"
#include "errors.h"

namespace flambeau {

namespace {

[[noreturn]] void wrong(const std::string& what) { throw Misuse("INVALID_VALUE", "the JSON is wrong: " + what); }

bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

// The place behind a string that begins at `p`.
const char* behindString(const char* p, const char* end) {
  for (p++; p < end; p++) {
    if (*p == '"') return p + 1;
    if (*p == '\\') p++;
  }
  wrong("a string has no end");
}

// The place behind an array that begins at `p`, which stands in `outer` others.
const char* behindArray(const char* p, const char* end, size_t outer, size_t depth) {
  size_t open = 0;
  while (p < end) {
    switch (*p) {
      case '"': p = behindString(p, end); continue;
      case '[':
      case '{':
        if (outer + ++open > depth) wrong("it is nested deeper than " + std::to_string(depth));
        break;
      case ']':
      case '}':
        if (--open == 0) return p + 1;
        break;
      default: break;
    }
    p++;
  }
  wrong("an array has no end");
}

struct Frame {
  bool object;
  bool isKey;            // whether a string that comes now is a name
  std::string_view key;  // the last name
  int64_t index = 0;     // of the element
};

}  // namespace

JsonSplit splitJson(const char* data, size_t size, const std::string& list, const std::string& field, size_t depth, size_t limit) {
  JsonSplit split;
  std::vector<Frame> frames;
  const char *p = data, *end = data + size, *kept = data;
  const auto keep = [&](const char* to) {
    if (split.text.size() + static_cast<size_t>(to - kept) > limit) {
      throw Misuse("TOO_LARGE", "the JSON has more than " + std::to_string(limit) + " bytes beside the arrays of numbers");
    }
    split.text.append(kept, to);
  };
  while (p < end) {
    switch (*p) {
      case '"': {
        const char* behind = behindString(p, end);
        if (!frames.empty() && frames.back().isKey) {
          frames.back().key = std::string_view(p + 1, static_cast<size_t>(behind - p) - 2);
          frames.back().isKey = false;
          // Of two members with one name the last counts.
          if (frames.size() == 1 && frames[0].key == list) split.spans.clear();
        }
        p = behind;
        continue;
      }
      case '[':
        if (frames.size() == 3 && frames[0].object && frames[0].key == list && !frames[1].object && frames[2].object && frames[2].key == field) {
          const char* behind = behindArray(p, end, frames.size(), depth);
          keep(p);
          split.text += "null";
          split.spans.push_back({frames[1].index, static_cast<size_t>(p - data), static_cast<size_t>(behind - data)});
          p = kept = behind;
          continue;
        }
        [[fallthrough]];
      case '{':
        if (frames.size() >= depth) wrong("it is nested deeper than " + std::to_string(depth));
        frames.push_back({*p == '{', *p == '{', {}, 0});
        break;
      case ']':
      case '}':
        if (frames.empty() || frames.back().object != (*p == '}')) wrong("brackets do not fit each other");
        frames.pop_back();
        break;
      case ',':
        if (!frames.empty()) {
          frames.back().isKey = frames.back().object;
          frames.back().index++;
        }
        break;
      default: break;
    }
    p++;
  }
  if (!frames.empty()) wrong("it has no end");
  keep(end);
  return split;
}

namespace {

// One number or boolean as T; gives the place behind it, or null where there is none.
template <typename T>
const char* readElement(const char* p, const char* end, T& value, bool& fits) {
  fits = true;
  if constexpr (std::is_same_v<T, bool>) {
    if (end - p >= 4 && std::memcmp(p, "true", 4) == 0) return value = true, p + 4;
    if (end - p >= 5 && std::memcmp(p, "false", 5) == 0) return value = false, p + 5;
    if (p < end && (*p == '0' || *p == '1')) return value = *p == '1', p + 1;
    return nullptr;
  } else {
    const char* digits = p < end && *p == '-' ? p + 1 : p;
    if (digits >= end || !isDigit(*digits)) return nullptr;
    if (*digits == '0' && digits + 1 < end && isDigit(digits[1])) return nullptr;
    if constexpr (std::is_floating_point_v<T>) {
      const auto [behind, error] = std::from_chars(p, end, value);
      if (error == std::errc()) return behind[-1] == '.' ? nullptr : behind;
      // Too large, or too small for all but zero and what is next to it.
      const std::string text(p, behind);
      const double wide = std::strtod(text.c_str(), nullptr);
      value = static_cast<T>(wide);
      fits = std::isfinite(value);
      return behind;
    } else {
      const auto [behind, error] = std::from_chars(p, end, value);
      const bool whole = behind >= end || (*behind != '.' && *behind != 'e' && *behind != 'E');
      if (whole && behind != p) return fits = error == std::errc(), behind;
      if (whole) {  // -1 where there are no negative numbers
        const char* q = digits;
        while (q < end && isDigit(*q)) q++;
        fits = std::all_of(digits, q, [](char c) { return c == '0'; });
        return value = 0, q;
      }
      // 3.0 and 1e3 are whole numbers too.
      double wide = 0;
      const auto [after, wrongly] = std::from_chars(p, end, wide);
      const double least = static_cast<double>(std::numeric_limits<T>::min()), most = std::ldexp(1.0, std::numeric_limits<T>::digits);
      fits = wrongly == std::errc() && wide == std::floor(wide) && wide >= least && wide < most;
      value = fits ? static_cast<T>(wide) : T{};
      return after[-1] == '.' ? nullptr : after;
    }
  }
}

template <typename T>
class Reader {
 public:
  Reader(const char* data, size_t size, const std::vector<int64_t>& sizes, T* out, size_t count, c10::ScalarType type)
      : p_(data), end_(data + size), sizes_(sizes), out_(out), count_(count), type_(type) {}

  void read() {
    space();
    const char* inner = p_ + 1;
    while (inner < end_ && isSpace(*inner)) inner++;
    // An array of arrays has the shape in it, another one has all elements in a row.
    if (sizes_.size() > 1 && inner < end_ && *inner == '[') nested(0);
    else row(count_);
    space();
    if (p_ != end_) wrong("there is more behind the array");
  }

 private:
  void space() {
    while (p_ < end_ && isSpace(*p_)) p_++;
  }
  bool take(char c) {
    space();
    if (p_ >= end_ || *p_ != c) return false;
    p_++;
    return true;
  }

  void nested(size_t dim) {
    const size_t length = static_cast<size_t>(sizes_[dim]);
    if (dim + 1 == sizes_.size()) return row(length);
    if (!take('[')) wrong("element " + std::to_string(done_) + ": there must be arrays in " + std::to_string(sizes_.size()) + " levels");
    for (size_t i = 0; i < length; i++) {
      if (i > 0 && !take(',')) wrong("an array of level " + std::to_string(dim) + " has " + std::to_string(i) + " elements, not " + std::to_string(length));
      nested(dim + 1);
    }
    if (!take(']')) wrong("an array of level " + std::to_string(dim) + " has more than " + std::to_string(length) + " elements");
  }

  void row(size_t length) {
    if (!take('[')) wrong("there must be an array where element " + std::to_string(done_) + " begins");
    for (size_t i = 0; i < length; i++) {
      if (i > 0 && !take(',')) bad(i, length);
      space();
      bool fits;
      const char* behind = readElement(p_, end_, out_[done_], fits);
      if (!behind) bad(i, length);
      if (!fits) wrong("element " + std::to_string(done_) + ", " + std::string(p_, behind) + ", does not fit " + dtypeName(type_));
      p_ = behind;
      done_++;
    }
    if (!take(']')) wrong(p_ < end_ && *p_ == ',' ? "an array has more than the " + std::to_string(length) + " elements that its shape says" : token());
  }

  std::string token() {
    space();
    const char* behind = p_;
    while (behind < end_ && behind - p_ < 20 && *behind != ',' && *behind != ']' && !isSpace(*behind)) behind++;
    return "element " + std::to_string(done_) + " is '" + std::string(p_, behind) + "', no " + (std::is_same_v<T, bool> ? "boolean" : "number");
  }
  [[noreturn]] void bad(size_t i, size_t length) {
    space();
    if (p_ < end_ && *p_ == ']') wrong("an array has " + std::to_string(i) + " elements, and its shape says " + std::to_string(length));
    wrong(token());
  }

  const char *p_, *end_;
  const std::vector<int64_t>& sizes_;
  T* out_;
  size_t count_, done_ = 0;
  c10::ScalarType type_;
};

template <typename F>
void byType(c10::ScalarType type, F call) {
  switch (type) {
    case c10::kBool: return call(bool{});
    case c10::kByte: return call(uint8_t{});
    case c10::kUInt16: return call(uint16_t{});
    case c10::kUInt32: return call(uint32_t{});
    case c10::kUInt64: return call(uint64_t{});
    case c10::kChar: return call(int8_t{});
    case c10::kShort: return call(int16_t{});
    case c10::kInt: return call(int32_t{});
    case c10::kLong: return call(int64_t{});
    case c10::kFloat: return call(float{});
    case c10::kDouble: return call(double{});
    default: throw Misuse("INVALID_VALUE", std::string("JSON has no form for elements of ") + dtypeName(type) + "; send them as binary data");
  }
}

}  // namespace

at::Tensor readJson(const char* data, size_t size, const std::vector<int64_t>& sizes, c10::ScalarType type) {
  int64_t count = 1;
  bool overflow = false;
  for (const int64_t length : sizes) {
    if (length < 0) invalid("a shape must not have negative sizes");
    overflow = overflow || __builtin_mul_overflow(count, length, &count);
  }
  // An element takes a character at least: no memory for what is not there.
  if (overflow || static_cast<uint64_t>(count) > size) wrong("the array has fewer elements than its shape says");
  at::Tensor tensor = at::empty(sizes, at::TensorOptions(type));
  byType(type, [&](auto one) {
    using T = decltype(one);
    Reader<T>(data, size, sizes, static_cast<T*>(tensor.mutable_data_ptr()), static_cast<size_t>(count), type).read();
  });
  return tensor;
}

namespace {

// Appends numbers to a text, as shortly as they can be read back.
template <typename T>
class Writer {
 public:
  Writer(const T* elements, c10::IntArrayRef sizes) : next_(elements), sizes_(sizes) {}

  std::string write() {
    array(0);
    text_.resize(used_);
    return std::move(text_);
  }

 private:
  static constexpr size_t kLongest = 32;

  void room() {
    if (text_.size() < used_ + kLongest) text_.resize(std::max<size_t>(text_.size() * 2, 256));
  }
  void put(char c) {
    room();
    text_[used_++] = c;
  }
  void word(std::string_view what) {
    std::memcpy(text_.data() + used_, what.data(), what.size());
    used_ += what.size();
  }
  void array(size_t dim) {
    if (dim == sizes_.size()) return element();
    put('[');
    for (int64_t i = 0; i < sizes_[dim]; i++) {
      if (i > 0) put(',');
      array(dim + 1);
    }
    put(']');
  }
  void element() {
    room();
    const T value = *next_++;
    if constexpr (std::is_same_v<T, bool>) {
      word(value ? "true" : "false");
    } else {
      if constexpr (std::is_floating_point_v<T>) {
        if (!std::isfinite(value)) return word("null");
      }
      used_ = static_cast<size_t>(std::to_chars(text_.data() + used_, text_.data() + text_.size(), value).ptr - text_.data());
    }
  }

  const T* next_;
  c10::IntArrayRef sizes_;
  std::string text_;
  size_t used_ = 0;
};

}  // namespace

std::string writeJson(const at::Tensor& tensor, bool nested) {
  at::NoGradGuard guard;
  at::Tensor plain = tensor.detach();
  if (plain.layout() != c10::kStrided) plain = plain.to_dense();
  plain = plain.resolve_conj().resolve_neg().to(c10::kCPU).contiguous();
  const int64_t count = plain.numel();
  std::string text;
  byType(plain.scalar_type(), [&](auto one) {
    using T = decltype(one);
    text = Writer<T>(static_cast<const T*>(plain.const_data_ptr()), nested ? plain.sizes() : c10::IntArrayRef(count)).write();
  });
  return text;
}

}  // namespace flambeau
