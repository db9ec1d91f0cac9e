// One answer of HTTP/1.1 as its bytes come: its status and the length of its body, whose bytes are counted and forgotten.
#pragma once

#include <strings.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

class Answer {
 public:
  int status = 0;
  size_t body = 0;
  bool last = false;  // the server closes the connection behind it
  std::string wrong;  // the beginning of an answer that is none of HTTP, or has another status than 200

  // Whether it is whole.
  bool take(const char* data, size_t size) {
    if (in_body_) return take_body(data, size);
    head_.append(data, size);
    const size_t end = head_.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const std::string rest = head_.substr(end + 4);
    head_.resize(end + 2);
    in_body_ = true;
    status = std::atoi(head_.c_str() + std::min<size_t>(9, head_.size()));
    const char* length = header("content-length");
    chunked_ = starts(header("transfer-encoding"), "chunked");
    last = starts(header("connection"), "close");
    length_ = length != nullptr ? std::strtoul(length, nullptr, 10) : 0;
    if (length == nullptr && !chunked_) status = 0;
    if (status != 200) wrong = head_ + rest.substr(0, 300);
    return take_body(rest.data(), rest.size());
  }

 private:
  static bool starts(const char* value, const char* word) { return value != nullptr && strncasecmp(value, word, std::strlen(word)) == 0; }

  const char* header(const char* name) const {
    const size_t size = std::strlen(name);
    for (size_t at = head_.find("\r\n"); at != std::string::npos; at = head_.find("\r\n", at + 2)) {
      const char* line = head_.c_str() + at + 2;
      if (starts(line, name) && line[size] == ':') return line + size + 1 + std::strspn(line + size + 1, " ");
    }
    return nullptr;
  }

  bool take_body(const char* data, size_t size) {
    if (chunked_) return take_chunks(data, size);
    body += size;
    return body >= length_;
  }

  bool take_chunks(const char* data, size_t size) {
    for (size_t i = 0; i < size;) {
      if (length_ > 0) {
        const size_t part = std::min(length_, size - i);
        body += part;
        length_ -= part;
        i += part;
        behind_chunk_ = length_ == 0;
        continue;
      }
      const char c = data[i++];
      if (c != '\n') {
        if (c != '\r') line_ += c;
        continue;
      }
      const std::string line = std::exchange(line_, "");
      if (std::exchange(behind_chunk_, false)) continue;
      if (last_chunk_ && line.empty()) return true;
      if (last_chunk_) continue;  // a trailer
      length_ = std::strtoul(line.c_str(), nullptr, 16);
      last_chunk_ = length_ == 0;
    }
    return false;
  }

  std::string head_, line_;
  size_t length_ = 0;  // of the body, or what is left of a chunk
  bool in_body_ = false, chunked_ = false, behind_chunk_ = false, last_chunk_ = false;
};
