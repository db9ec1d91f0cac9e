#include "json.h"

#include <bit>
#include <cstring>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "json_types.h"

namespace flambeau {

namespace {

// The first of some characters, or the end.
template <char... wanted>
const char* find(const char* p, const char* end) {
#ifdef __SSE2__
  for (; end - p >= 16; p += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    __m128i found = _mm_setzero_si128();
    ((found = _mm_or_si128(found, _mm_cmpeq_epi8(block, _mm_set1_epi8(wanted)))), ...);
    if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(found))) return p + std::countr_zero(mask);
  }
#else
  constexpr uint64_t ones = 0x0101010101010101, tops = ones << 7;
  const auto hasZero = [](uint64_t word) { return ((word - ones) & ~word & tops) != 0; };
  for (uint64_t word; end - p >= 8; p += 8) {
    std::memcpy(&word, p, 8);
    if ((hasZero(word ^ ones * static_cast<unsigned char>(wanted)) || ...)) break;
  }
#endif
  while (p < end && ((*p != wanted) && ...)) p++;
  return p;
}

// The place behind a string that begins at `p`.
const char* behindString(const char* p, const char* end) {
  for (p = find<'"', '\\'>(p + 1, end); p < end; p = find<'"', '\\'>(p, end)) {
    if (*p == '"') return p + 1;
    if (end - p < 2) break;
    p += 2;
  }
  wrong("a string has no end");
}

// The place behind an array that begins at `p`, which stands in `outer` others.
const char* behindArray(const char* p, const char* end, size_t outer, size_t depth) {
  size_t open = 0;
  while ((p = find<'"', '[', ']', '{', '}'>(p, end)) < end) {
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
  while ((p = find<'"', '[', ']', '{', '}', ','>(p, end)) < end) {
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

}  // namespace flambeau
