// load PORT FILE [--connections N] [--rate R] [--seconds S] [--warm S] [--least BYTES] [--most BYTES]: sends the request in
// FILE to 127.0.0.1, from one thread. Without a rate the loop is closed: the next request goes when the answer is there. With
// one it is open: requests are due at fixed times whether answers come or not, and latency counts from when one was due.
// Prints JSON; what began while it warmed up is in "answered" only.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "answer.h"

namespace {

constexpr double kMore = 5;    // times the seconds, that slow answers may add
constexpr double kGrace = 60;  // seconds that the last answers may take
constexpr size_t kMostConnections = 1024;

double clock_seconds(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}
double now() { return clock_seconds(CLOCK_MONOTONIC); }

[[noreturn]] void die(const std::string& why) {
  std::fprintf(stderr, "load: %s\n", why.c_str());
  std::exit(1);
}

struct Connection {
  int fd = -1;
  bool busy = false;
  double due = 0;
  size_t sent = 0;
  Answer answer;
};

class Load {
 public:
  std::map<std::string, double> options = {{"connections", 1}, {"rate", 0},  {"seconds", 1},
                                           {"warm", 0},        {"least", 0}, {"most", 1e18}};
  std::string request;
  int port = 0;

  void run() {
    epoll_ = epoll_create1(0);
    const double rate = options["rate"];
    const double begin = now();
    measured_ = begin + options["warm"];
    end_ = measured_ + options["seconds"];
    for (int i = 0; i < options["connections"]; i++) add();
    if (rate == 0) {
      for (auto& each : all_) send(*each, now());
      while (under_way_ > 0) wait();
    } else {
      timer_ = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
      epoll_event event = {EPOLLIN, {.ptr = nullptr}};
      epoll_ctl(epoll_, EPOLL_CTL_ADD, timer_, &event);
      const long total = static_cast<long>((end_ - begin) * rate);
      for (long i = 0; i < total || under_way_ > 0;) {
        const double due = begin + i / rate;
        if (i < total && now() >= due && (!idle_.empty() || all_.size() < kMostConnections)) {
          if (idle_.empty()) add();
          Connection* next = idle_.back();
          idle_.pop_back();
          send(*next, due);
          i++;
          continue;
        }
        if (i < total && now() < due) set_timer(due);
        wait();
      }
    }
    print();
  }

 private:
  void add() {
    all_.push_back(std::make_unique<Connection>());
    open(*all_.back());
    idle_.push_back(all_.back().get());
  }

  void open(Connection& it) {
    it.fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(it.fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) die(std::strerror(errno));
    int on = 1;
    setsockopt(it.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(it.fd, F_SETFL, O_NONBLOCK);
    epoll_event event = {EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, {.ptr = &it}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, it.fd, &event);
  }

  void reopen(Connection& it) {
    close(it.fd);
    open(it);
  }

  void set_timer(double at) {
    itimerspec spec = {};
    spec.it_value.tv_sec = static_cast<time_t>(at);
    spec.it_value.tv_nsec = static_cast<long>((at - spec.it_value.tv_sec) * 1e9) | 1;  // 0 would turn it off
    timerfd_settime(timer_, TFD_TIMER_ABSTIME, &spec, nullptr);
  }

  void send(Connection& it, double due) {
    it.busy = true;
    it.due = due;
    it.sent = 0;
    it.answer = Answer();
    under_way_++;
    write(it);
  }

  void write(Connection& it) {
    while (it.sent < request.size()) {
      const ssize_t size = ::send(it.fd, request.data() + it.sent, request.size() - it.sent, MSG_NOSIGNAL);
      if (size < 0) {
        if (errno != EAGAIN) fail(it, std::strerror(errno));
        return;
      }
      it.sent += size;
    }
  }

  void wait() {
    if (now() > end_ + kGrace) die("the server does not answer");
    epoll_event events[64];
    const int count = epoll_wait(epoll_, events, 64, 1000);
    for (int i = 0; i < count; i++) {
      if (events[i].data.ptr == nullptr) {
        uint64_t times;
        if (::read(timer_, &times, sizeof times) < 0 && errno != EAGAIN) die(std::strerror(errno));
        continue;
      }
      Connection& it = *static_cast<Connection*>(events[i].data.ptr);
      if (it.busy) write(it);
      read(it);
    }
  }

  void read(Connection& it) {
    static char buffer[256 << 10];
    while (true) {
      const ssize_t size = recv(it.fd, buffer, sizeof buffer, 0);
      if (size > 0) {
        if (!it.busy) die("an answer that nothing was sent for");
        if (it.answer.take(buffer, size)) finish(it);
        continue;
      }
      if (size < 0 && errno == EAGAIN) return;
      if (it.busy) return fail(it, size == 0 ? "the server closed the connection" : std::strerror(errno));
      return reopen(it);
    }
  }

  void finish(Connection& it) {
    const double time = now();
    answered_++;
    const Answer& answer = it.answer;
    if (answer.status != 200 || answer.body < options["least"] || answer.body > options["most"]) {
      if (error_.empty()) error_ = answer.wrong.empty() ? "a body of " + std::to_string(answer.body) + " bytes" : answer.wrong;
      errors_++;
    }
    if (it.due >= measured_) times_.push_back((time - it.due) * 1e3);
    if (time >= measured_ && (options["rate"] == 0 ? !over_ : time < end_)) in_time_++;
    if (answer.last) reopen(it);
    free(it);
  }

  void fail(Connection& it, const std::string& why) {
    if (error_.empty()) error_ = why;
    errors_++;
    reopen(it);
    free(it);
  }

  void free(Connection& it) {
    it.busy = false;
    under_way_--;
    if (options["rate"] == 0 && !over()) {
      send(it, now());
    } else {
      idle_.push_back(&it);
    }
  }

  // Whether the time is up. Where answers are slow, it takes longer, until there are some for each connection.
  bool over() {
    const double time = now();
    if (over_ || time < end_) return over_;
    over_ = in_time_ >= std::max<size_t>(10, 2 * all_.size()) || time > end_ + kMore * options["seconds"];
    if (over_) end_ = time;
    return over_;
  }

  void print() {
    std::sort(times_.begin(), times_.end());
    const auto quantile = [&](double q) { return times_.empty() ? 0 : times_[std::min(times_.size() - 1, size_t(times_.size() * q))]; };
    std::string text;
    for (const char c : error_) text += c < ' ' || c == '"' || c == '\\' ? ' ' : c;
    std::printf(
        "{\"perSecond\":%.3f,\"p50\":%.4f,\"p90\":%.4f,\"p99\":%.4f,\"max\":%.4f,\"count\":%zu,\"answered\":%zu,"
        "\"connections\":%zu,\"errors\":%zu,\"error\":\"%s\",\"cpu\":%.6f}\n",
        in_time_ / (end_ - measured_), quantile(0.5), quantile(0.9), quantile(0.99), quantile(1), times_.size(), answered_, all_.size(),
        errors_, text.c_str(), clock_seconds(CLOCK_PROCESS_CPUTIME_ID));
  }

  int epoll_ = -1, timer_ = -1;
  double measured_ = 0, end_ = 0;
  bool over_ = false;
  std::vector<std::unique_ptr<Connection>> all_;
  std::vector<Connection*> idle_;
  std::vector<double> times_;
  size_t under_way_ = 0, answered_ = 0, in_time_ = 0, errors_ = 0;
  std::string error_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 3 || count % 2 == 0) die("load PORT FILE [--option VALUE]...");
  prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
  Load load;
  load.port = std::atoi(arguments[1]);
  std::ifstream file(arguments[2], std::ios::binary);
  load.request.assign(std::istreambuf_iterator<char>(file), {});
  if (load.request.empty()) die("no request in " + std::string(arguments[2]));
  for (int i = 3; i < count; i += 2) {
    const std::string name = std::string(arguments[i]).substr(2);
    if (!load.options.count(name)) die("no option " + name);
    load.options[name] = std::atof(arguments[i + 1]);
  }
  load.run();
}
