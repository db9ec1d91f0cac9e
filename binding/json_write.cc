#include "json.h"

#include <ATen/ATen.h>
#include <c10/core/CPUAllocator.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

#include "json_digits.h"
#include "json_types.h"
#include "workers.h"

namespace flambeau {

namespace {

// Appends elements to a text, as shortly as they can be read back.
template <typename T>
class Writer {
 public:
  // The elements `first` to `last`, with the commas and brackets beside them.
  JsonText write(const T* elements, const Levels& levels, int64_t first, int64_t last) {
    // So many characters that it seldom grows again.
    constexpr int usual = std::is_floating_point_v<T> ? std::numeric_limits<T>::max_digits10 + 3 : std::numeric_limits<T>::digits10 + 2;
    grow(static_cast<size_t>(last - first) * usual);
    for (int64_t i = first; i < last;) {
      const int64_t stop = std::min(last, (i / levels.row() + 1) * levels.row());
      if (i > 0) put(',');
      for (size_t n = levels.at(i); n > 0; n--) put('[');
      row(elements + i, stop - i);
      i = stop;
      for (size_t n = levels.at(i); n > 0; n--) put(']');
    }
    return text();
  }
  // Arrays that have no elements.
  JsonText write(c10::IntArrayRef sizes) {
    grow(0);
    array(sizes, 0);
    return text();
  }

 private:
  // What elements that are written at once may touch, with the commas and brackets beside them.
  static constexpr bool kFloat = std::is_same_v<T, float>;
  static constexpr size_t kLongest = kFloat ? kFloats * kLongestFloat + kBehind + 8 : 64;

  void grow(size_t more) {
    const size_t used = static_cast<size_t>(p_ - begin()), size = used + more + kLongest;
    c10::DataPtr text = c10::GetCPUAllocator()->allocate(size);
    auto* const to = static_cast<char*>(text.get());
    if (used > 0) std::memcpy(to, begin(), used);
    text_ = std::move(text);
    p_ = to + used;
    end_ = to + size - kLongest;
  }
  const char* begin() const { return static_cast<const char*>(text_.get()); }
  char* room(char* p) {
    if (p < end_) return p;
    p_ = p;
    grow(static_cast<size_t>(p - begin()) / 2 + kLongest);
    return p_;
  }
  void put(char c) {
    p_ = room(p_);
    *p_++ = c;
  }
  void array(c10::IntArrayRef sizes, size_t dim) {
    put('[');
    for (int64_t i = 0; dim + 1 < sizes.size() && i < sizes[dim]; i++) {
      if (i > 0) put(',');
      array(sizes, dim + 1);
    }
    put(']');
  }
  void row(const T* elements, int64_t length) {
    constexpr int64_t some = kFloat ? kFloats : 1;
    char* p = p_;
    for (int64_t i = 0; i < length; i += some) {
      p = room(p);
      if (i > 0) *p++ = ',';
      if constexpr (kFloat) p = putFloats(p, elements + i, static_cast<int>(std::min(some, length - i)));
      else p = element(p, elements[i]);
    }
    p_ = p;
  }
  JsonText text() {
    const auto size = static_cast<size_t>(p_ - begin());
    return {std::move(text_), size};
  }
  static char* word(char* p, std::string_view what) {
    std::memcpy(p, what.data(), what.size());
    return p + what.size();
  }
  static char* element(char* p, T value) {
    if constexpr (std::is_same_v<T, bool>) {
      return word(p, value ? "true" : "false");
    } else if constexpr (std::is_floating_point_v<T>) {
      return std::isfinite(value) ? putReal(p, value) : word(p, "null");
    } else {
      const bool negative = value < T{};
      if (negative) *p++ = '-';
      return putWhole(p, negative ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value));
    }
  }

  c10::DataPtr text_;
  char *p_ = nullptr, *end_ = nullptr;
};

}  // namespace

std::vector<JsonText> writeJson(const at::Tensor& tensor, bool nested, Workers* workers) {
  at::NoGradGuard guard;
  at::Tensor plain = tensor.detach();
  if (plain.layout() != c10::kStrided) plain = plain.to_dense();
  plain = plain.resolve_conj().resolve_neg().to(c10::kCPU).contiguous();
  const int64_t count = plain.numel();
  constexpr int64_t part = 8192, most = 32;
  const int64_t parts = workers ? std::clamp<int64_t>(count / part, 1, most) : 1;
  std::vector<JsonText> texts(static_cast<size_t>(parts));
  byType(plain.scalar_type(), [&](auto one) {
    using T = decltype(one);
    const auto* elements = static_cast<const T*>(plain.const_data_ptr());
    const auto sizes = nested ? plain.sizes() : c10::IntArrayRef(count);
    if (count == 0) texts[0] = Writer<T>().write(sizes);
    const Levels levels(sizes);
    const auto write = [&](size_t k) {
      const auto i = static_cast<int64_t>(k);
      texts[k] = Writer<T>().write(elements, levels, count * i / parts, count * (i + 1) / parts);
    };
    if (parts > 1) workers->share(texts.size(), write);
    else if (count > 0) write(0);
  });
  return texts;
}

}  // namespace flambeau
