#include <algorithm>

#include "json_digits.h"

namespace flambeau {

namespace {

using namespace decimal_powers;

// Compiled for AVX2 too where the loader can choose: all branches are gone, so numbers go through it in lanes.
#if defined(__x86_64__) && defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
#define FLAMBEAU_LANES __attribute__((target_clones("avx2", "default")))
#else
#define FLAMBEAU_LANES
#endif

constexpr int kLanes = 8, kNine = std::numeric_limits<float>::max_digits10;
static_assert(kFloats % kLanes == 0 && kNine == 9);

// What shortest() takes from an exponent, by its bits, and behind those once more for powers of two.
struct Scale {
  uint32_t high, low;  // the first 64 bits of the power of ten
  uint32_t shift;
  int32_t point;  // of nine digits
};
constexpr auto kScales = [] {
  std::array<Scale, 512> scales{};
  for (int i = 0; i < 512; i++) {
    const int q = std::max(i % 256, 1) - kBias<float> - kDigits<float> + 1;
    const int k = log10Power2(q, i >= 256);
    const Power power = above(-k);
    const uint64_t g = power.high + (power.low != 0);
    scales[static_cast<size_t>(i)] = {static_cast<uint32_t>(g >> 32), static_cast<uint32_t>(g), static_cast<uint32_t>(q + log2Power10(-k) + 1), k + kNine};
  }
  return scales;
}();

inline uint32_t odd(uint32_t high, uint32_t low, uint32_t c) {
  const uint64_t product = uint64_t{high} * c + (uint64_t{low} * c >> 32);
  return static_cast<uint32_t>(product >> 32) | (static_cast<uint32_t>(product) > 1);
}

// Four digits, the first one in the lowest byte.
inline uint32_t fourOf(uint32_t m) {
  const uint32_t hundreds = m * 10486 >> 20, twos = hundreds | (m - hundreds * 100) << 16;
  const uint32_t tens = (twos * 103 >> 10) & 0x000f000f;
  return tens | (twos - tens * 10) << 8;
}

inline int32_t used(uint32_t four) { return (four > 0) + (four > 0xff) + (four > 0xffff) + (four > 0xffffff); }

// Nine digits of numbers, how many of them count, and before which one the point is.
struct Texts {
  uint32_t first[kFloats], next[kFloats], last[kFloats];
  int32_t count[kFloats], point[kFloats];
};

// As shortest(), for normal numbers.
FLAMBEAU_LANES void digitsOf(const float* __restrict values, int count, Texts& __restrict texts) {
  uint32_t bits[kFloats], m[kFloats], high[kFloats], low[kFloats], shift[kFloats];
  int32_t point[kFloats];
  for (int i = 0; i < count; i++) {
    bits[i] = std::bit_cast<uint32_t>(values[i]);
    const Scale& scale = kScales[(bits[i] >> 23 & 0xff) + ((bits[i] & 0x7fffff) == 0 ? 256 : 0)];
    high[i] = scale.high;
    low[i] = scale.low;
    shift[i] = scale.shift;
    point[i] = scale.point;
  }
  for (int i = 0; i < count; i++) {
    const uint32_t fraction = bits[i] & 0x7fffff, c = fraction | 0x800000, uneven = c & 1;
    const uint32_t closer = fraction == 0;
    const uint32_t x = 4 * c << shift[i];
    const uint32_t middle = odd(high[i], low[i], x);
    const uint32_t lower = odd(high[i], low[i], x - ((2 - closer) << shift[i])) + uneven;
    const uint32_t upper = odd(high[i], low[i], x + (2u << shift[i])) - uneven;
    const uint32_t s = middle / 4, tens = s / 10, half = 4 * s + 2;
    const uint32_t tensDown = lower <= 40 * tens, tensUp = 40 * tens + 40 <= upper, fewer = tensDown ^ tensUp;
    const uint32_t down = lower <= 4 * s, up = 4 * s + 4 <= upper;
    const uint32_t nearer = middle + (s & 1) > half;
    const uint32_t next = (up & (down ^ 1)) | (nearer & (down ^ up ^ 1));
    m[i] = fewer ? tens + tensUp : s + next;
    point[i] += static_cast<int32_t>(fewer);
  }
  for (int i = 0; i < count; i++) {
    uint32_t n = m[i];
    int32_t at = point[i];
    for (int step = 0; step < 3; step++) {
      const uint32_t few = n < 100000000;
      n = few ? n * 10 : n;
      at -= static_cast<int32_t>(few);
    }
    const uint32_t first = n / 100000000, eight = n - first * 100000000, high = eight / 10000;
    const uint32_t next = fourOf(high), last = fourOf(eight - high * 10000);
    texts.first[i] = first;
    texts.next[i] = next;
    texts.last[i] = last;
    texts.count[i] = last ? 5 + used(last) : 1 + used(next);
    texts.point[i] = at;
  }
}

// Nine digits that lie in two words, and once more a byte further up: what of both is before a point, what is behind it.
struct Row {
  uint64_t before[2], behind[2], text[2];
};
constexpr auto kRows = [] {
  std::array<Row, kNine + 1> rows{};
  for (size_t point = 0; point < rows.size(); point++) {
    for (size_t i = 0; i < 16; i++) {
      const uint64_t byte = uint64_t{0xff} << i % 8 * 8;
      if (point == 0 || i < point) rows[point].before[i / 8] |= byte;
      if (point > 0 && i > point) rows[point].behind[i / 8] |= byte;
      rows[point].text[i / 8] |= byte & (point > 0 && i == point ? 0x2e2e2e2e2e2e2e2e : kZeros);
    }
  }
  return rows;
}();

char* putAny(char* p, float value) {
  if (std::isfinite(value)) return putReal(p, value);
  std::memcpy(p, "null", 4);
  return p + 4;
}

// Signs, points and counts of digits are other ones from number to number, so none of them is a branch.
C10_ALWAYS_INLINE char* putText(char* p, uint32_t bits, const Texts& texts, int i) {
  *p = '-';
  p += bits >> 31;
  const int point = texts.point[i], before = std::max(point, 0), behind = texts.count[i] - before;
  const uint64_t low = texts.first[i] | uint64_t{texts.next[i]} << 8 | uint64_t{texts.last[i]} << 40, high = texts.last[i] >> 24;
  const Row& row = kRows[static_cast<size_t>(before)];
  const uint64_t one = ((low & row.before[0]) | (low << 8 & row.behind[0])) + row.text[0];
  const uint64_t two = ((high & row.before[1]) | ((high << 8 | low >> 56) & row.behind[1])) + row.text[1];
  std::memcpy(p, "0.000000", 8);
  p += (2 - point) & -(point <= 0);
  std::memcpy(p, &one, 8);
  std::memcpy(p + 8, &two, 8);
  return p + before + std::max(behind, 0) + ((behind > 0) & (before > 0));
}

}  // namespace

char* putFloats(char* p, const float* values, int count) {
  if (count < kLanes) {
    for (int i = 0; i < count; i++) {
      if (i > 0) *p++ = ',';
      p = putAny(p, values[i]);
    }
    return p;
  }
  float all[kFloats];
  const int whole = (count + kLanes - 1) / kLanes * kLanes;
  if (whole > count) {
    std::fill(std::copy_n(values, count, all), all + whole, 0.0f);
    values = all;
  }
  Texts texts;
  digitsOf(values, whole, texts);
  for (int i = 0; i < count; i++) {
    *p = ',';
    p += i > 0;
    const auto bits = std::bit_cast<uint32_t>(values[i]);
    const int exponent = static_cast<int>(bits >> 23 & 0xff), point = texts.point[i];
    const bool usual = exponent >= 2 && exponent < 255 && point > -6 && point <= kNine;
    p = usual ? putText(p, bits, texts, i) : putAny(p, values[i]);
  }
  return p;
}

}  // namespace flambeau
