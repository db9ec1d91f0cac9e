#include "workers.h"

#ifdef __linux__
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <atomic>
#include <exception>
#include <iterator>
#include <memory>
#include <utility>

#include "errors.h"

namespace flambeau {

// How long a thread is kept that has nothing to do.
static constexpr std::chrono::seconds kKept(10);

// Calls a thread to work, or starts one.
void Workers::call() {
  if (!idle_.empty()) {
    idle_.back()->called = true;
    idle_.back()->wake.notify_one();
    idle_.pop_back();
  } else {
    const auto self = threads_.emplace(threads_.end());
    try {
      *self = std::thread([this, self] { run(self); });
    } catch (...) {
      threads_.erase(self);
      throw;
    }
    alive_++;
  }
  busy_++;
}

void Workers::enqueue(Task task, Rank rank) {
  Threads ended;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (stopping_) throw Misuse("CLOSED", "the environment is shutting down");
    if (rank == Rank::kUrgent || busy_ < limit_) call();
    queues_[static_cast<size_t>(rank)].push_back(std::move(task));
    ended.swap(ended_threads_);
  }
  for (std::thread& thread : ended) thread.join();
}

// Has a task done by a thread that nobody else needs, if there is one.
bool Workers::help(const Task& task) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (stopping_ || busy_ > limit_) return false;
  try {
    call();
    queues_[static_cast<size_t>(Rank::kUrgent)].push_back(task);
  } catch (const std::exception&) {
    return false;  // the system has no thread more
  }
  return true;
}

void Workers::share(size_t parts, const std::function<void(size_t)>& work) {
  struct Shared {
    const std::function<void(size_t)>& work;  // there for as long as parts are
    const size_t parts;
    std::atomic<size_t> next{0};
    std::mutex mutex;
    std::condition_variable done;
    size_t left = parts;
    std::exception_ptr error;

    void run() {
      for (size_t part; (part = next++) < parts;) {
        std::exception_ptr failed;
        try {
          work(part);
        } catch (...) {
          failed = std::current_exception();
        }
        std::lock_guard<std::mutex> lock(mutex);
        if (failed && !error) error = failed;
        if (--left == 0) done.notify_all();
      }
    }
  };
  const auto shared = std::make_shared<Shared>(work, parts);
  for (size_t i = 1; i < parts && help([shared] { shared->run(); });) i++;
  shared->run();
  std::unique_lock<std::mutex> lock(shared->mutex);
  shared->done.wait(lock, [&] { return shared->left == 0; });
  if (shared->error) std::rethrow_exception(shared->error);
}

void Workers::reserve(ptrdiff_t tasks) {
  std::lock_guard<std::mutex> lock(mutex_);
  limit_ = static_cast<size_t>(static_cast<ptrdiff_t>(limit_) + tasks);
}

// The next task that may run now.
bool Workers::next(Task& task) {
  for (auto& queue : queues_) {
    const bool urgent = &queue == &queues_.front();
    if (queue.empty() || (!urgent && busy_ > limit_)) continue;
    task = std::move(queue.front());
    queue.pop_front();
    return true;
  }
  return false;
}

// Waits for a call. False where the thread is to end.
bool Workers::rest(std::unique_lock<std::mutex>& lock) {
  busy_--;
  Idle idle;
  while (!stopping_) {
    idle_.push_back(&idle);
    idle.wake.wait_for(lock, kKept, [&] { return idle.called || stopping_; });
    if (idle.called) return true;
    idle_.erase(std::find(idle_.begin(), idle_.end(), &idle));
    if (alive_ > 1) return false;
  }
  return false;
}

void Workers::run(Threads::iterator self) {
#ifdef __linux__
  pthread_setname_np(pthread_self(), name_);  // for top and debuggers
  if (niceness_ > 0) setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness_);
#endif
  std::unique_lock<std::mutex> lock(mutex_);
  Task task;
  do {
    while (next(task)) {
      lock.unlock();
      before_();
      task();
      task = nullptr;
      lock.lock();
    }
  } while (rest(lock));
  ended_threads_.splice(ended_threads_.end(), threads_, self);
  alive_--;
  ended_.notify_all();
}

bool Workers::stop(std::optional<std::chrono::seconds> most) {
  std::unique_lock<std::mutex> lock(mutex_);
  stopping_ = true;
  for (auto& queue : queues_) queue.clear();
  for (Idle* idle : idle_) idle->wake.notify_one();
  const auto ended = [this] { return alive_ == 0; };
  if (!most) ended_.wait(lock, ended);
  else if (!ended_.wait_for(lock, *most, ended)) return false;
  Threads threads;
  threads.swap(ended_threads_);
  lock.unlock();
  for (std::thread& thread : threads) thread.join();
  return true;
}

}  // namespace flambeau
