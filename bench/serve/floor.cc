// floor: answers each request with its own body, from one thread and with no more than that needs. What it does is what this
// machine's kernel and the client of the bench can do. Tells its port.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

struct Connection {
  int fd;
  std::string in, out;
  size_t wanted = 0;  // bytes of head and body, once the head is there
  size_t body = 0, sent = 0;
};

size_t content_length(const std::string& head) {
  for (size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at + 2)) {
    if (strncasecmp(head.c_str() + at + 2, "content-length:", 15) == 0) return std::strtoul(head.c_str() + at + 17, nullptr, 10);
  }
  return 0;
}

void answer(Connection& it) {
  it.out = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: ";
  it.out += std::to_string(it.wanted - it.body) + "\r\n\r\n";
  it.out.append(it.in, it.body, std::string::npos);
  it.in.clear();
  it.wanted = it.sent = 0;
}

bool read_some(Connection& it) {
  static char buffer[256 << 10];
  while (true) {
    const ssize_t size = recv(it.fd, buffer, sizeof buffer, 0);
    if (size < 0) return true;
    if (size == 0) return false;
    it.in.append(buffer, size);
    if (it.wanted == 0) {
      const size_t end = it.in.find("\r\n\r\n");
      if (end == std::string::npos) continue;
      it.body = end + 4;
      it.wanted = it.body + content_length(it.in.substr(0, end + 2));
      it.in.reserve(it.wanted);
    }
    if (it.in.size() >= it.wanted) answer(it);
  }
}

bool write_some(Connection& it) {
  while (it.sent < it.out.size()) {
    const ssize_t size = send(it.fd, it.out.data() + it.sent, it.out.size() - it.sent, MSG_NOSIGNAL);
    if (size < 0) return errno == EAGAIN;
    it.sent += size;
  }
  return true;
}

}  // namespace

int main() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener, 1024) != 0) return 1;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  std::printf("{\"http\":{\"port\":%d}}\n", ntohs(address.sin_port));
  std::fflush(stdout);
  const int epoll = epoll_create1(0);
  epoll_event event = {EPOLLIN, {.ptr = nullptr}};
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
  while (true) {
    epoll_event events[64];
    const int count = epoll_wait(epoll, events, 64, -1);
    for (int i = 0; i < count; i++) {
      auto* it = static_cast<Connection*>(events[i].data.ptr);
      if (it == nullptr) {
        it = new Connection{accept4(listener, nullptr, nullptr, SOCK_NONBLOCK), {}, {}};
        int on = 1;
        setsockopt(it->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        event = {EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, {.ptr = it}};
        epoll_ctl(epoll, EPOLL_CTL_ADD, it->fd, &event);
      } else if (!read_some(*it) || !write_some(*it)) {
        close(it->fd);
        delete it;
      }
    }
  }
}
