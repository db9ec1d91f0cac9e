#include "json.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <numeric>

#include "json_number.h"
#include "json_types.h"
#include "workers.h"

namespace flambeau {

namespace {

const char* skipSpace(const char* p, const char* end) {
  while (p < end && isSpace(*p)) p++;
  return p;
}

// Reads the elements one after the other, and says what is wrong.
template <typename T>
class Reader {
 public:
  Reader(const char* data, size_t size, const std::vector<int64_t>& sizes, T* out, size_t count, c10::ScalarType type)
      : p_(data), end_(data + size), sizes_(sizes), out_(out), count_(count), type_(type) {}

  // An array of arrays has the shape in it, another one has all elements in a row.
  bool isNested() {
    space();
    const char* inner = skipSpace(p_ + 1, end_);
    return sizes_.size() > 1 && inner < end_ && *inner == '[';
  }
  void read() {
    if (isNested()) nested(0);
    else row(count_);
    space();
    if (p_ != end_) wrong("there is more behind the array");
  }

 private:
  void space() { p_ = skipSpace(p_, end_); }
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
    for (size_t i = 0; i < length; i++, done_++) {
      if (i > 0 && !take(',')) bad(i, length);
      space();
      bool fits;
      const char* behind = readAny(p_, end_, out_[done_], fits);
      if (!behind) bad(i, length);
      if (!fits) wrong("element " + std::to_string(done_) + ", " + std::string(p_, behind) + ", does not fit " + dtypeName(type_));
      p_ = behind;
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

// The place behind so many of a character, or null.
const char* take(const char* p, const char* end, char c, size_t times) {
  for (; times > 0; times--) {
    p = skipSpace(p, end);
    if (p >= end || *p++ != c) return nullptr;
  }
  return p;
}

// Elements with commas between them; gives the place behind them, or null where anything is wrong. A function of its own:
// inlined into the next one it takes a quarter longer.
template <typename T>
C10_NOINLINE const char* readRow(const char* p, const char* const end, T* const out, const size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i > 0) {
      p = skipSpace(p, end);
      if (p >= end || *p != ',') return nullptr;
      p++;
    }
    p = skipSpace(p, end);
    bool fits;
    const char* behind = readElement(p, end, out[i], fits);
    if (!behind || !fits) return nullptr;
    p = behind;
  }
  return p;
}

// The elements `first` to `last`, with the brackets that stand between them. False where anything is wrong.
template <typename T>
bool readPart(const char* p, const char* end, const Levels& levels, int64_t first, int64_t last, T* out) {
  for (int64_t i = first; i < last;) {
    const int64_t stop = std::min(last, (i / levels.row() + 1) * levels.row());
    if (i > first && !(p = take(p, end, ',', 1))) return false;
    if (!(p = take(p, end, '[', levels.at(i)))) return false;
    if (!(p = readRow(p, end, out + i, static_cast<size_t>(stop - i)))) return false;
    if (!(p = take(p, end, ']', levels.at(stop)))) return false;
    i = stop;
  }
  return skipSpace(p, end) == end;
}

// How many commas there are. Sums of bytes, which a compiler adds in lanes; of each not more than it can hold.
int64_t countCommas(const char* p, const char* end) {
  constexpr int lanes = 64, most = 255;
  int64_t count = 0;
  while (end - p >= lanes) {
    uint8_t sums[lanes]{};
    for (int64_t blocks = std::min<int64_t>((end - p) / lanes, most); blocks > 0; blocks--, p += lanes) {
      for (int i = 0; i < lanes; i++) sums[i] += p[i] == ',';
    }
    count = std::accumulate(sums, sums + lanes, count);
  }
  return count + std::count(p, end, ',');
}

// All elements, in parts by several threads where there are many. False where anything is wrong.
template <typename T>
bool readParts(const char* data, const char* end, const Levels& levels, int64_t count, T* out, Workers* workers) {
  constexpr size_t part = 128 << 10, most = 32;
  const auto size = static_cast<size_t>(end - data), parts = workers ? std::min(size / part, most) : 1;
  // Each begins behind a comma, and with the element that has as many commas before it.
  std::vector<const char*> begins{data};
  while (begins.size() < parts) {
    const char* from = std::max(begins.back(), data + size / parts * begins.size());
    const void* comma = std::memchr(from, ',', static_cast<size_t>(end - from));
    if (!comma) break;
    begins.push_back(static_cast<const char*>(comma) + 1);
  }
  if (begins.size() < 2) return readPart(data, end, levels, 0, count, out);
  std::vector<const char*> ends;
  for (size_t k = 1; k < begins.size(); k++) ends.push_back(begins[k] - 1);
  ends.push_back(end);
  // First all parts are counted, so that each knows with which element it begins.
  const size_t all = begins.size();
  std::vector<int64_t> counts(all);
  std::vector<char> right(all);
  std::atomic<size_t> left(all);
  workers->share(2 * all, [&](size_t step) {
    const size_t k = step % all;
    if (step < all) {
      counts[k] = countCommas(begins[k], ends[k]) + 1;
      if (--left == 0) left.notify_all();
      return;
    }
    for (size_t now; (now = left) > 0;) left.wait(now);
    if (std::accumulate(counts.begin(), counts.end(), int64_t{0}) != count) return;
    const int64_t first = std::accumulate(counts.begin(), counts.begin() + static_cast<ptrdiff_t>(k), int64_t{0});
    right[k] = readPart(begins[k], ends[k], levels, first, first + counts[k], out);
  });
  return std::all_of(right.begin(), right.end(), [](char one) { return one; });
}

}  // namespace

at::Tensor readJson(const char* data, size_t size, const std::vector<int64_t>& sizes, c10::ScalarType type, Workers* workers) {
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
    auto* out = static_cast<T*>(tensor.mutable_data_ptr());
    Reader<T> reader(data, size, sizes, out, static_cast<size_t>(count), type);
    const Levels levels(reader.isNested() ? c10::IntArrayRef(sizes) : c10::IntArrayRef(count));
    // What is wrong, this reader tells.
    if (!readParts(data, data + size, levels, count, out, workers)) reader.read();
  });
  return tensor;
}

}  // namespace flambeau
