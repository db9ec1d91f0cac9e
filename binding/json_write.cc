#include "json.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>

#include "json_decimal.h"
#include "json_types.h"
#include "workers.h"

namespace flambeau {

namespace {

static_assert(std::endian::native == std::endian::little);

constexpr auto kPowers = [] {
  std::array<uint64_t, 20> powers{1};
  for (size_t i = 1; i < powers.size(); i++) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// How many digits a number above zero has.
int digitsOf(uint64_t m) {
  const int guess = std::bit_width(m) * 1233 >> 12;
  return guess + (m >= kPowers[guess]);
}

// Eight digits, the first one in the lowest byte. P. Khuong, "How to print integers really fast" (2017).
C10_ALWAYS_INLINE char* putEight(char* p, uint64_t m) {
  const uint64_t fours = m / 10000 | (m % 10000) << 32;
  const uint64_t hundreds = (fours * 10486 >> 20) & 0x0000007f0000007f;
  const uint64_t twos = hundreds | (fours - hundreds * 100) << 16;
  const uint64_t tens = (twos * 103 >> 10) & 0x000f000f000f000f;
  const uint64_t text = (tens | (twos - tens * 10) << 8) + 0x3030303030303030;
  std::memcpy(p, &text, 8);
  return p + 8;
}

// All digits of a number of at most `most`, the first one at `p`, and zeros or more behind them. Gives how many count.
template <int most>
C10_ALWAYS_INLINE int putDigits(char* p, uint64_t m) {
  const int count = digitsOf(m);
  m *= kPowers[most - count];
  if constexpr (most % 8 != 0) {
    constexpr uint64_t unit = kPowers[most / 8 * 8];
    static_assert(most % 8 == 1);
    *p++ = static_cast<char>('0' + m / unit);
    m %= unit;
  }
  if constexpr (most > 15) {
    p = putEight(p, m / kPowers[8]);
    m %= kPowers[8];
  }
  putEight(p, m);
  return count;
}

// Up to 24 characters are touched behind what is written.
char* putWhole(char* p, uint64_t m) {
  if (m == 0) return *p = '0', p + 1;
  if (m < kPowers[8]) return p + putDigits<8>(p, m);
  if (m < kPowers[16]) return p + putDigits<16>(p, m);
  p += putDigits<8>(p, m / kPowers[16]);
  p = putEight(p, m / kPowers[8] % kPowers[8]);
  return putEight(p, m % kPowers[8]);
}

// As JavaScript writes numbers, but for -0.
template <typename T>
C10_ALWAYS_INLINE char* putReal(char* p, T value) {
  if (std::signbit(value)) *p++ = '-';
  if (value == 0) return *p = '0', p + 1;
  auto [m, q] = shortest(std::abs(value));
  if (q == 0) return putWhole(p, m);
  while (m % 10 == 0) m /= 10, q++;
  constexpr int most = std::numeric_limits<T>::max_digits10;
  const int count = digitsOf(m), point = count + q;
  if (point > -6 && point <= 0) {
    std::memcpy(p, "0.000000", 8);
    putDigits<most>(p + 2 - point, m);
    return p + 2 - point + count;
  }
  if (point > 0 && point <= 21) {
    putDigits<most>(p, m);
    if (q >= 0) {
      std::memset(p + count, '0', 24);
      return p + point;
    }
    char tail[16];
    std::memcpy(tail, p + point, 16);
    p[point] = '.';
    std::memcpy(p + point + 1, tail, 16);
    return p + count + 1;
  }
  putDigits<most>(p + 1, m);
  p[0] = p[1];
  p[1] = '.';
  p += count > 1 ? count + 1 : 1;
  *p++ = 'e';
  *p++ = point > 0 ? '+' : '-';
  return putWhole(p, static_cast<uint64_t>(std::abs(point - 1)));
}

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
  // What an element may touch, with the comma and brackets beside it.
  static constexpr size_t kLongest = 64;

  void grow(size_t more) {
    const size_t used = static_cast<size_t>(p_ - text_.get()), size = used + more + kLongest;
    auto* text = static_cast<char*>(std::realloc(text_.get(), size));
    if (!text) throw std::bad_alloc();
    text_.release();
    text_.reset(text);
    p_ = text + used;
    end_ = text + size - kLongest;
  }
  char* room(char* p) {
    if (p < end_) return p;
    p_ = p;
    grow(static_cast<size_t>(p - text_.get()) / 2 + kLongest);
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
    char* p = p_;
    for (int64_t i = 0; i < length; i++) {
      p = room(p);
      if (i > 0) *p++ = ',';
      p = element(p, elements[i]);
    }
    p_ = p;
  }
  JsonText text() {
    const auto size = static_cast<size_t>(p_ - text_.get());
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

  Characters text_;
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
