#pragma once

#include <ATen/ThreadLocalState.h>
#include <napi.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "autocast.h"
#include "saved.h"

namespace flambeau {

struct Addon;
class Turn;

// What a promise waits for.
class Reply {
 public:
  virtual ~Reply() = default;
  // On the environment's thread: what the promise is resolved with.
  virtual napi_value finish(Addon& addon, napi_env env) = 0;

  std::exception_ptr error;  // what it is rejected with instead
  napi_deferred deferred = nullptr;
};

// Long work off the event loop: copy in, work without JavaScript, build the result on the way out.
class Job : public Reply {
 public:
  // On an executor thread, with the caller's thread-local state of LibTorch.
  virtual void work() = 0;

  at::ThreadLocalState state;
  AutocastState autocast;
  std::shared_ptr<const SavedHooks> hooks = savedHooks();
};

// The addon's own threads: libuv's pool is shared with files and DNS.
class Executor {
 public:
  explicit Executor(Addon& addon) : addon_(addon) {}
  ~Executor() { stop(); }

  // Starts a job and returns its promise. Whoever holds the turn may take the job back before it begins.
  napi_value submit(napi_env env, std::unique_ptr<Job> job, std::shared_ptr<Turn> turn = nullptr);

  // Work that whoever asks for it arranges: a promise of the reply, on the environment's thread; a task for some
  // thread; and the reply when it is there, from any thread.
  napi_value expect(napi_env env, Reply& reply);
  // An urgent task goes first, and gets a thread of its own where all are taken: they may wait for it.
  void enqueue(std::function<void()> task, bool urgent = false);
  void deliver(std::unique_ptr<Reply> reply);
  // So many threads more, or fewer.
  void reserve(ptrdiff_t threads) { reserved_ += threads; }

  // Runs `task` on the environment's thread and waits for it. For callbacks from other threads of LibTorch.
  void callback(const std::function<void(napi_env)>& task);
  // Runs `work` elsewhere while this (the environment's) thread serves callbacks: on an executor thread, or inside of a
  // callback on the thread that called it, as a pass inside of a pass needs the device's thread that the outer one holds.
  void pump(napi_env env, const std::function<void()>& work);
  // Whether this (the environment's) thread runs a callback of another one.
  bool serving() const { return serving_ != nullptr; }

  void setThreads(size_t count) { limit_ = count; }
  size_t threads() const { return limit_; }
  // Whether a job is under way. On the environment's thread.
  bool busy() const { return pending_ > 0; }
  void stop();
  // Before the process exits: process.exit() leaves out what environments clean up, and takes LibTorch down under its
  // threads. Waits for work under way, but not for ever, since that may wait for a lock of the thread that exits.
  void halt();

 private:
  struct Call {
    const std::function<void(napi_env)>* task;
    const std::function<void()>* work;  // for the calling thread to do meanwhile
    std::exception_ptr error;
    bool done = false;
  };
  // A thread that waits for work. The last to come is the first to be called: the same few threads do what few can do, as
  // each that has run kernels has a team of OpenMP's, and those sleep between kernels where there are more than cores.
  struct Idle {
    std::condition_variable wake;
    bool called = false;
  };
  using Threads = std::list<std::thread>;
  void run(Threads::iterator self);
  bool next(std::unique_lock<std::mutex>& lock, std::function<void()>& task);
  void open(napi_env env);
  void settle(napi_env env);
  void serve(napi_env env);
  void wake();

  Addon& addon_;
  size_t limit_ = 2;
  std::atomic<ptrdiff_t> reserved_{0};
  napi_threadsafe_function wake_ = nullptr;
  Threads threads_, ended_threads_;
  std::vector<Idle*> idle_;
  std::mutex mutex_;
  std::condition_variable served_;    // for both sides of callbacks
  std::condition_variable ended_;     // for halt()
  size_t alive_ = 0;
  std::deque<std::function<void()>> queue_;
  std::deque<std::unique_ptr<Reply>> done_;
  std::deque<Call*> calls_;
  Call* serving_ = nullptr;
  size_t pending_ = 0;
  bool stopping_ = false;
};

}  // namespace flambeau
