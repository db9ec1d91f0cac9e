#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace flambeau {

// Threads for one kind of work. They are started when they are needed, and end when they have had nothing to do for a while.
class Workers {
 public:
  using Task = std::function<void()>;
  // What is urgent gets a thread of its own where all are taken: they may wait for it.
  enum class Rank { kUrgent, kFirst, kLast };

  // `limit` tasks run at the same time. `before` is called before each. What is nicer leaves processors to others first;
  // only Linux has that for threads.
  Workers(const char* name, int niceness, size_t limit, Task before)
      : name_(name), niceness_(niceness), before_(std::move(before)), limit_(limit) {}
  ~Workers() { stop(); }

  // Throws where they are stopped.
  void enqueue(Task task, Rank rank = Rank::kLast);
  // Does parts of a work, the caller and threads that have nothing to do, one more of all than tasks may run; waits for all,
  // and throws what one threw.
  void share(size_t parts, const std::function<void(size_t)>& work);

  // So many tasks more at the same time, or fewer.
  void reserve(ptrdiff_t tasks);

  // Drops what has not begun and ends the threads. Waits for those that work; where a time is given, no longer, and tells
  // whether they have ended.
  bool stop(std::optional<std::chrono::seconds> most = std::nullopt);

 private:
  // A thread that waits for work. The last to come is the first to be called: the same few threads do what few can do, as
  // each that has run kernels has a team of OpenMP's, and those sleep between kernels where there are more than cores.
  struct Idle {
    std::condition_variable wake;
    bool called = false;
  };
  using Threads = std::list<std::thread>;
  void run(Threads::iterator self);
  bool next(Task& task);
  bool rest(std::unique_lock<std::mutex>& lock);
  void call();
  bool help(const Task& task);

  const char* const name_;
  const int niceness_;
  const Task before_;
  size_t limit_;
  Threads threads_, ended_threads_;
  std::vector<Idle*> idle_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::array<std::deque<Task>, 3> queues_;  // by rank
  size_t alive_ = 0;
  size_t busy_ = 0;  // threads that work, or were called to
  bool stopping_ = false;
};

}  // namespace flambeau
