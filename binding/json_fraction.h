#pragma once

#include <c10/macros/Macros.h>

#include <array>
#include <bit>
#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace flambeau {

#ifdef __SSE2__

// Reads a float as most of them are written: a digit, a point and up to 30 digits more, without an exponent. Gives the
// place behind it, or null where the text is another one or the float next to it cannot be told in this way.
// Numbers differ in their signs and digits, so no branch depends on those.
C10_ALWAYS_INLINE const char* readFraction(const char* p, const char* end, float& value) {
  if (end - p < 36) return nullptr;
  // The first bit says whether there is a minus. As a byte it would be waited for: compilers put it away, and read a word.
  const uint32_t minus = (static_cast<unsigned char>(*p) ^ uint32_t{'-'}) - 1;
  p += minus >> 31;
  const uint32_t whole = static_cast<unsigned char>(*p) - uint32_t{'0'};
  if (whole > 9 || p[1] != '.') return nullptr;

  const auto load = [](const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); };
  const __m128i zeros = _mm_set1_epi8('0'), nines = _mm_set1_epi8(9);
  const auto others = [nines](__m128i bytes) {
    return ~static_cast<uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(bytes, nines), bytes)));
  };
  const __m128i some = _mm_sub_epi8(load(p + 2), zeros), more = _mm_sub_epi8(load(p + 18), zeros);
  const int count = std::countr_zero((others(some) & 0xffff) | others(more) << 16 | uint32_t{1} << 31);
  const char* behind = p + 2 + count;
  if (count == 0 || count == 31 || (*behind | 0x20) == 'e') return nullptr;

  // Sixteen digits, with zeros behind those that there are: pairs of them, fours, eights.
  alignas(16) static constexpr auto kept = [] {
    std::array<unsigned char, 32> bytes{};
    for (size_t i = 0; i < 16; i++) bytes[i] = 0xff;
    return bytes;
  }();
  const __m128i digits = _mm_and_si128(some, load(kept.data() + 16 - (count < 16 ? count : 16)));
  const __m128i first = _mm_and_si128(digits, _mm_set1_epi16(0xff));
  const __m128i pairs = _mm_add_epi16(_mm_mullo_epi16(first, _mm_set1_epi16(10)), _mm_srli_epi16(digits, 8));
  const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(1 << 16 | 100));
  const __m128i eights = _mm_madd_epi16(_mm_packs_epi32(fours, fours), _mm_set1_epi32(1 << 16 | 10000));
  const auto two = static_cast<uint64_t>(_mm_cvtsi128_si64(eights));
  const uint64_t m = whole * uint64_t{10000000000000000} + (two & 0xffffffff) * 100000000 + (two >> 32);

  // Three roundings, and digits that are left out where there are enough before them, move a double by less than 2^13
  // units; to which float it is next that changes only near the half of one.
  const double wide = static_cast<double>(static_cast<int64_t>(m)) * 1e-16;
  constexpr uint64_t unit = uint64_t{1} << 29, near = uint64_t{1} << 13, enough = uint64_t{1} << 41;
  const bool unclear = (std::bit_cast<uint64_t>(wide) - unit / 2 + near) % unit <= 2 * near;
  if (unclear | ((count > 16) & (m < enough))) return nullptr;
  value = std::bit_cast<float>(std::bit_cast<uint32_t>(static_cast<float>(wide)) | (minus & uint32_t{1} << 31));
  return behind;
}

#else

inline const char* readFraction(const char*, const char*, float&) { return nullptr; }

#endif

}  // namespace flambeau
