#include <algorithm>
#include <cctype>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "jit.h"

namespace flambeau {

namespace {

// Far above what TorchScript writes, and far below what its parser takes on a thread's stack.
constexpr size_t kDeepest = 2000;
constexpr size_t kBracket = 4;
constexpr size_t kIndent = 256;
constexpr size_t kElif = 200;

bool isKeyword(std::string_view word) {
  for (const std::string_view each : {"and", "or", "not", "if", "in", "is"}) {
    if (word == each) return true;
  }
  return false;
}

}  // namespace

bool isShallow(std::string_view code) {
  // Of each open bracket, and of the line around them: how many operators follow each other.
  std::vector<size_t> open{0};
  size_t total = 0, elifs = 0;
  const auto count = [&](size_t weight) {
    open.back() += weight;
    total += weight;
  };
  const auto restart = [&] {
    total -= open.back();
    open.back() = 0;
  };
  size_t at = 0;
  while (at < code.size()) {
    const char c = code[at++];
    if (c == '\'' || c == '"') {
      while (at < code.size() && code[at] != c && code[at] != '\n') at += code[at] == '\\' ? 2 : 1;
      at++;
    } else if (c == '#') {
      while (at < code.size() && code[at] != '\n') at++;
    } else if (c == '\n') {
      size_t spaces = 0;
      while (at < code.size() && (code[at] == ' ' || code[at] == '\t')) at++, spaces++;
      if (open.size() == 1) {
        restart();
        // Inside of brackets the indent means nothing.
        if (spaces > kIndent) return false;
      }
    } else if (c == '(' || c == '[' || c == '{') {
      count(kBracket);
      open.push_back(0);
    } else if (c == ')' || c == ']' || c == '}') {
      restart();
      if (open.size() > 1) open.pop_back();
    } else if (c == ',') {
      restart();
    } else if (std::isalpha(static_cast<unsigned char>(c)) || c == '_') {
      const size_t start = at - 1;
      while (at < code.size() && (std::isalnum(static_cast<unsigned char>(code[at])) || code[at] == '_')) at++;
      const std::string_view word = code.substr(start, at - start);
      if (isKeyword(word)) count(1);
      if (word == "elif" && ++elifs > kElif) return false;
    } else if (std::ispunct(static_cast<unsigned char>(c))) {
      count(1);
    }
    if (total > kDeepest) return false;
  }
  return true;
}

namespace {

// Follows a pickle without making anything: of each value only how deep it is.
class Depths {
 public:
  explicit Depths(std::string_view pickle) : pickle_(pickle) {}

  bool shallow() {
    while (at_ < pickle_.size()) {
      const auto op = static_cast<unsigned char>(pickle_[at_++]);
      if (op == '.') return true;
      if (!step(op)) return false;
    }
    return true;
  }

 private:
  struct Value {
    size_t depth = 0;
    bool inside = false;  // of another: what is put into it later would not count there
  };

  // The rest of the file is LibTorch's to refuse.
  bool leave() {
    at_ = pickle_.size();
    return true;
  }
  uint64_t number(size_t bytes) {
    uint64_t value = 0;
    for (size_t i = 0; i < bytes && at_ < pickle_.size(); i++) value |= uint64_t{static_cast<unsigned char>(pickle_[at_++])} << (8 * i);
    return value;
  }
  bool skip(uint64_t bytes) {
    at_ += static_cast<size_t>(std::min<uint64_t>(bytes, pickle_.size() - at_));
    return true;
  }
  bool push(size_t depth) {
    stack_.push_back(values_.size());
    values_.push_back({depth});
    return depth < kPickle;
  }
  // Makes one value of all above `base`, or puts them into the one below.
  bool make(size_t base, bool fresh) {
    if (base > stack_.size() || (!fresh && base == 0)) return leave();
    size_t depth = 0;
    for (size_t i = base; i < stack_.size(); i++) {
      depth = std::max(depth, values_[stack_[i]].depth + 1);
      values_[stack_[i]].inside = true;
    }
    stack_.resize(base);
    if (fresh) return push(depth);
    Value& value = values_[stack_.back()];
    if (value.inside) return false;
    value.depth = std::max(value.depth, depth);
    return value.depth < kPickle;
  }
  bool makeLast(size_t count, bool fresh) { return make(stack_.size() - std::min(count, stack_.size()), fresh); }
  bool makeMarked(bool fresh) {
    if (marks_.empty()) return leave();
    const size_t base = marks_.back();
    marks_.pop_back();
    return make(base, fresh);
  }
  bool put(uint64_t key) {
    if (!stack_.empty()) memo_[key] = stack_.back();
    return true;
  }
  bool get(uint64_t key) {
    const auto found = memo_.find(key);
    if (found == memo_.end()) return leave();
    stack_.push_back(found->second);
    return true;
  }
  bool line() {
    const size_t end = pickle_.find('\n', at_);
    at_ = end == std::string_view::npos ? pickle_.size() : end + 1;
    return true;
  }

  bool step(unsigned char op) {
    switch (op) {
      case 0x80: return skip(1);
      case 0x95: return skip(8);
      case '(': marks_.push_back(stack_.size()); return true;
      case ')': case ']': case '}': case 'N': case 0x88: case 0x89: return push(0);
      case 'K': return skip(1) && push(0);
      case 'M': return skip(2) && push(0);
      case 'J': return skip(4) && push(0);
      case 'G': return skip(8) && push(0);
      case 0x8a: case 'U': case 0x8c: return skip(number(1)) && push(0);
      case 'X': case 'T': return skip(number(4)) && push(0);
      case 0x8d: return skip(number(8)) && push(0);
      case 'c': return line() && line() && push(0);
      case 'q': return put(number(1));
      case 'r': return put(number(4));
      case 0x94: return put(memo_.size());
      case 'h': return get(number(1));
      case 'j': return get(number(4));
      case 't': return makeMarked(true);
      case 0x85: return makeLast(1, true);
      case 0x86: case 'R': case 0x81: return makeLast(2, true);
      case 0x87: return makeLast(3, true);
      case 'Q': return makeLast(1, true);
      case 'a': case 'b': return makeLast(1, false);
      case 's': return makeLast(2, false);
      case 'e': case 'u': return makeMarked(false);
      case '0': if (!stack_.empty()) stack_.pop_back(); return true;
      default: return leave();
    }
  }

  // LibTorch frees nested values one in the other, on the thread's stack.
  static constexpr size_t kPickle = 2000;
  std::string_view pickle_;
  size_t at_ = 0;
  std::vector<Value> values_;
  std::vector<size_t> stack_, marks_;
  std::unordered_map<uint64_t, size_t> memo_;
};

}  // namespace

bool isShallowPickle(std::string_view pickle) { return Depths(pickle).shallow(); }

}  // namespace flambeau
