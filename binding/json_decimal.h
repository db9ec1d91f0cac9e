#pragma once

#include <c10/macros/Macros.h>

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace flambeau {

// A number as m * 10^q.
struct Decimal {
  uint64_t m;
  int q;
};

namespace decimal_powers {

inline constexpr int kLeast = -342, kMost = 324;

// The first 128 bits of a power of ten, the rest cut off.
struct Power {
  uint64_t high, low;
};

// 960 bits: whole powers of five, and 2^959 divided by them, which is exact when cut off after each step.
class Long {
 public:
  constexpr void set(int bit) { words_[bit / 32] = 1u << (bit % 32); }
  constexpr void times5() {
    uint64_t carry = 0;
    for (uint32_t& word : words_) {
      carry += uint64_t{word} * 5;
      word = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
  }
  constexpr void by5() {
    uint64_t rest = 0;
    for (int i = kWords - 1; i >= 0; i--) {
      rest = rest << 32 | words_[i];
      words_[i] = static_cast<uint32_t>(rest / 5);
      rest %= 5;
    }
  }
  constexpr Power top() const {
    int first = kWords - 1;
    while (words_[first] == 0) first--;
    const int shift = std::countl_zero(words_[first]);
    uint64_t parts[2]{};
    for (int i = 0; i < 4; i++) {
      const uint64_t two = uint64_t{at(first - i)} << 32 | at(first - i - 1);
      parts[i / 2] = parts[i / 2] << 32 | static_cast<uint32_t>(two << shift >> 32);
    }
    return {parts[0], parts[1]};
  }

 private:
  static constexpr int kWords = 30;
  constexpr uint32_t at(int i) const { return i < 0 ? 0 : words_[i]; }
  uint32_t words_[kWords]{};
};

inline constexpr auto kPowers = [] {
  std::array<Power, kMost - kLeast + 1> powers{};
  Long up, down;
  up.set(0);
  down.set(959);
  for (int q = 0; q <= kMost; q++, up.times5()) powers[q - kLeast] = up.top();
  for (int q = -1; q >= kLeast; q--) {
    down.by5();
    powers[q - kLeast] = down.top();
  }
  return powers;
}();

constexpr Power power(int q) { return kPowers[q - kLeast]; }
static_assert(power(0).high == uint64_t{1} << 63 && power(0).low == 0);
static_assert(power(-1).high == 0xcccccccccccccccc && power(-1).low == 0xcccccccccccccccc);
static_assert(power(-342).high == 0xeef453d6923bd65a && power(-342).low == 0x113faa2906a13b3f);

// The power as the papers on printing have it: cut off, and one more where something was.
constexpr Power above(int q) {
  Power g = power(q);
  if (q >= 0 && q <= 55) return g;
  g.high += ++g.low == 0;
  return g;
}

// floor(q * log2(10)) and floor(e * log10(2)), and that of three quarters of the latter, for the exponents of doubles.
constexpr int log2Power10(int q) { return (q * 1741647) >> 19; }
constexpr int log10Power2(int e, bool closer) { return (e * 1262611 - (closer ? 524031 : 0)) >> 22; }

struct Wide {
  uint64_t high, low;
};
inline Wide multiply(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
  __extension__ using Product = unsigned __int128;
  const Product product = static_cast<Product>(a) * b;
  return {static_cast<uint64_t>(product >> 64), static_cast<uint64_t>(product)};
#else
  const uint64_t a0 = a & 0xffffffff, a1 = a >> 32, b0 = b & 0xffffffff, b1 = b >> 32;
  const uint64_t low = a0 * b0, cross = a1 * b0 + (low >> 32), middle = a0 * b1 + (cross & 0xffffffff);
  return {a1 * b1 + (cross >> 32) + (middle >> 32), middle << 32 | (low & 0xffffffff)};
#endif
}

template <typename T>
using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
// The bits of a significand, and what is added to an exponent where it is stored.
template <typename T>
constexpr int kDigits = std::numeric_limits<T>::digits;
template <typename T>
constexpr int kBias = std::numeric_limits<T>::max_exponent - 1;

// g * c in units of the highest word, to odd: the last bit says whether something was cut off.
inline uint64_t toOdd(Power g, uint64_t c) {
  const Wide low = multiply(g.low, c), high = multiply(g.high, c);
  const uint64_t rest = high.low + low.high;
  return (high.high + (rest < high.low)) | (rest > 1);
}
inline uint32_t toOdd(uint64_t g, uint32_t c) {
  const Wide product = multiply(g, c);
  return static_cast<uint32_t>(product.high) | ((product.low >> 32) > 1);
}

}  // namespace decimal_powers

// The float or double that is nearest to a decimal. False where that cannot be told in 128 bits, or is not a normal
// number: halfway cases, and what is very small or large.
// As D. Lemire, "Number Parsing at a Gigabyte per Second" (2021), but what 128 bits leave open is not proved to be rare.
template <typename T>
C10_ALWAYS_INLINE bool nearest(Decimal decimal, bool negative, T& value) {
  using namespace decimal_powers;
  using B = Bits<T>;
  const B sign = static_cast<B>(negative) << (sizeof(T) * 8 - 1);
  if (decimal.m == 0) return value = std::bit_cast<T>(sign), true;
  if (decimal.q < kLeast || decimal.q > kMost) return false;
  const int zeros = std::countl_zero(decimal.m);
  const uint64_t m = decimal.m << zeros;
  const Power g = power(decimal.q);
  auto [high, low] = multiply(m, g.high);
  const uint64_t more = multiply(m, g.low).high;
  low += more;
  high += low < more;
  // The product is these bits and less than two units more; less than four once its first bit is the first here.
  int exponent = log2Power10(decimal.q) + 64 - zeros;
  const int up = !(high >> 63);  // as likely as not, so no branch
  high = high << up | low >> 1 >> (63 - up);
  low <<= up;
  exponent -= up;
  const int shift = 64 - kDigits<T>;
  const uint64_t rest = high & ((uint64_t{1} << shift) - 1), half = uint64_t{1} << (shift - 1);
  if ((rest == half - 1 && low >= static_cast<uint64_t>(-4)) || (rest == half && low == 0)) return false;
  const int stored = exponent + kBias<T>;
  if (stored <= 0 || stored >= 2 * kBias<T>) return false;
  // The first bit of the significand adds one to the exponent.
  const B bits = (static_cast<B>(stored - 1) << (kDigits<T> - 1)) + static_cast<B>(high >> shift) + (rest >= half);
  return value = std::bit_cast<T>(bits | sign), true;
}

// The shortest decimal that reads back as a value above zero, and of those the nearest to it.
// R. Giulietti, "The Schubfach way to render doubles" (2020).
template <typename T>
C10_ALWAYS_INLINE Decimal shortest(T value) {
  using namespace decimal_powers;
  using B = Bits<T>;
  const B bits = std::bit_cast<B>(value), hidden = B{1} << (kDigits<T> - 1), fraction = bits & (hidden - 1);
  const int stored = static_cast<int>(bits >> (kDigits<T> - 1));
  const B c = stored ? fraction | hidden : fraction;
  const int q = (stored ? stored : 1) - kBias<T> - kDigits<T> + 1;
  if (q <= 0 && q > -kDigits<T> && (c & ((B{1} << -q) - 1)) == 0) return {c >> -q, 0};
  const bool even = c % 2 == 0, closer = fraction == 0 && stored > 1;
  const int k = log10Power2(q, closer), h = q + log2Power10(-k) + 1;
  const auto scaled = [g = above(-k), h](B x) {
    if constexpr (sizeof(T) == 4) return toOdd(g.high + (g.low != 0), x << h);
    else return toOdd(g, x << h);
  };
  const B lower = scaled(4 * c - 2 + closer) + !even, middle = scaled(4 * c), upper = scaled(4 * c + 2) - !even;
  const B s = middle / 4;
  // Which of the two it is, nobody can foretell: no branches.
  const B tens = s / 10, half = 4 * s + 2;
  const bool tensDown = lower <= 40 * tens, tensUp = 40 * tens + 40 <= upper;
  const bool fewer = (tensDown != tensUp) & (s >= 10);
  const bool down = lower <= 4 * s, up = 4 * s + 4 <= upper;
  const bool next = down != up ? up : (middle > half) | ((middle == half) & (s % 2 == 1));
  return {fewer ? tens + tensUp : s + next, k + fewer};
}

}  // namespace flambeau
