#pragma once

#include <c10/macros/Macros.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>

#include "json_decimal.h"

namespace flambeau {

static_assert(std::endian::native == std::endian::little);

inline constexpr auto kTens = [] {
  std::array<uint64_t, 20> powers{1};
  for (size_t i = 1; i < powers.size(); i++) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// Eight zeros as text.
inline constexpr uint64_t kZeros = 0x3030303030303030;

// How many digits a number above zero has.
inline int digitsOf(uint64_t m) {
  const int guess = std::bit_width(m) * 1233 >> 12;
  return guess + (m >= kTens[guess]);
}

// Eight digits, the first one in the lowest byte. P. Khuong, "How to print integers really fast" (2017).
C10_ALWAYS_INLINE char* putEight(char* p, uint64_t m) {
  const uint64_t fours = m / 10000 | (m % 10000) << 32;
  const uint64_t hundreds = (fours * 10486 >> 20) & 0x0000007f0000007f;
  const uint64_t twos = hundreds | (fours - hundreds * 100) << 16;
  const uint64_t tens = (twos * 103 >> 10) & 0x000f000f000f000f;
  const uint64_t text = (tens | (twos - tens * 10) << 8) + kZeros;
  std::memcpy(p, &text, 8);
  return p + 8;
}

// All digits of a number of at most `most`, the first one at `p`, and zeros or more behind them. Gives how many count.
template <int most>
C10_ALWAYS_INLINE int putDigits(char* p, uint64_t m) {
  const int count = digitsOf(m);
  m *= kTens[most - count];
  if constexpr (most % 8 != 0) {
    constexpr uint64_t unit = kTens[most / 8 * 8];
    static_assert(most % 8 == 1);
    *p++ = static_cast<char>('0' + m / unit);
    m %= unit;
  }
  if constexpr (most > 15) {
    p = putEight(p, m / kTens[8]);
    m %= kTens[8];
  }
  putEight(p, m);
  return count;
}

// Up to 24 characters are touched behind what is written.
inline char* putWhole(char* p, uint64_t m) {
  if (m == 0) return *p = '0', p + 1;
  if (m < kTens[8]) return p + putDigits<8>(p, m);
  if (m < kTens[16]) return p + putDigits<16>(p, m);
  p += putDigits<8>(p, m / kTens[16]);
  p = putEight(p, m / kTens[8] % kTens[8]);
  return putEight(p, m % kTens[8]);
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

// At most so many floats, with commas between them and null for what is not finite; gives the place behind them. It may
// touch as many characters, and kBehind more.
inline constexpr int kFloats = 64, kLongestFloat = 23, kBehind = 48;
char* putFloats(char* p, const float* values, int count);

}  // namespace flambeau
