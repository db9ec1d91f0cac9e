#pragma once

#include <c10/macros/Macros.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string>
#include <type_traits>

#include "json_decimal.h"
#include "json_fraction.h"

namespace flambeau {

static_assert(std::endian::native == std::endian::little);

inline bool isSpace(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
inline bool isDigit(char c) { return c >= '0' && c <= '9'; }

// The number of eight digits, the first one in the lowest byte.
inline uint64_t eight(uint64_t digits) {
  digits = digits * 10 + (digits >> 8);
  constexpr uint64_t pairs = 0x000000ff000000ff;
  return ((digits & pairs) * (100 + (uint64_t{1000000} << 32)) + ((digits >> 16) & pairs) * (1 + (uint64_t{10000} << 32))) >> 32;
}

// Puts the digits at `p` behind those of `m`; gives the place behind them.
C10_ALWAYS_INLINE const char* digits(const char* p, const char* end, uint64_t& m) {
  static constexpr uint64_t powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
  for (uint64_t word; end - p >= 8;) {
    std::memcpy(&word, p, 8);
    word ^= 0x3030303030303030;
    // A byte above nine has its first bit set then. It may carry into those behind it, which do not count any more.
    const uint64_t others = ((word + 0x7676767676767676) | word) & 0x8080808080808080;
    const int count = others ? std::countr_zero(others) / 8 : 8;
    if (count == 0) return p;
    m = m * powers[count] + eight(word << (8 - count) * 8);
    p += count;
    if (count < 8) return p;
  }
  for (; p < end && isDigit(*p); p++) m = m * 10 + static_cast<uint64_t>(*p - '0');
  return p;
}

struct Number {
  Decimal decimal{0, 0};
  bool negative, whole;  // whether it has neither a fraction nor an exponent
  const char* behind;
};

// Reads a number of at most 19 digits. False for all else, wrong or right.
C10_ALWAYS_INLINE bool readNumber(const char* p, const char* end, Number& number) {
  uint64_t m = 0;
  number.negative = p < end && *p == '-';
  const char* first = p += number.negative;
  // Fractions have one digit before the point more often than not.
  if (end - p > 1 && isDigit(p[0]) && p[1] == '.') m = static_cast<uint64_t>(*p++ - '0');
  else p = digits(p, end, m);
  auto count = p - first;
  if (count == 0 || (*first == '0' && count > 1)) return false;
  int q = 0;
  if (p < end && *p == '.') {
    const char* fraction = ++p;
    p = digits(p, end, m);
    if (p == fraction || p - fraction > 1000) return false;
    count += p - fraction;
    q = static_cast<int>(fraction - p);
  }
  // Zeros in front are no digits of a number.
  for (const char* zero = first; count > 19 && zero < p && (*zero == '0' || *zero == '.'); zero++) count -= *zero == '0';
  if (count > 19) return false;
  number.whole = q == 0;
  if (p < end && (*p == 'e' || *p == 'E')) {
    number.whole = false;
    p++;
    const bool minus = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    int exponent = 0;
    const char* start = p;
    for (; p < end && isDigit(*p) && p - start < 5; p++) exponent = exponent * 10 + (*p - '0');
    if (p == start || p - start == 5) return false;
    q += minus ? -exponent : exponent;
  }
  number.decimal = {m, q};
  number.behind = p;
  return true;
}

// One number or boolean as T, of whatever form; gives the place behind it, or null where there is none.
template <typename T>
C10_NOINLINE const char* readAny(const char* p, const char* end, T& value, bool& fits) {
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

// The same, at once for what is common.
template <typename T>
C10_ALWAYS_INLINE const char* readElement(const char* p, const char* end, T& value, bool& fits) {
  if constexpr (std::is_same_v<T, float>) {
    if (const char* behind = readFraction(p, end, value)) return fits = true, behind;
  }
  if constexpr (!std::is_same_v<T, bool>) {
    Number number;
    if (readNumber(p, end, number)) {
      fits = true;
      if constexpr (std::is_floating_point_v<T>) {
        if (nearest(number.decimal, number.negative, value)) return number.behind;
      } else if (number.whole) {
        constexpr auto most = static_cast<uint64_t>(std::numeric_limits<T>::max());
        const uint64_t m = number.decimal.m;
        if (m <= (number.negative ? (std::is_signed_v<T> ? most + 1 : 0) : most)) {
          value = static_cast<T>(number.negative ? 0 - m : m);
          return number.behind;
        }
      }
    }
  }
  return readAny(p, end, value, fits);
}

}  // namespace flambeau
