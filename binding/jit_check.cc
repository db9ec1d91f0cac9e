#include <cctype>
#include <string_view>
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

}  // namespace flambeau
