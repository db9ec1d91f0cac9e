#pragma once

#include <ATen/ThreadLocalState.h>
#include <napi.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>

#include "autocast.h"
#include "saved.h"
#include "workers.h"

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
  explicit Executor(Addon& addon);
  ~Executor() { stop(); }

  // What computes. Its threads have teams of OpenMP's, so no other work may spread over more of them.
  Workers& computing() { return computing_; }
  // What reads and writes text. It runs on one core less than there are, and takes that one too where it is free; the event
  // loop goes before it.
  Workers& text() { return text_; }

  // Starts a job and returns its promise. Whoever holds the turn may take the job back before it begins.
  napi_value submit(napi_env env, std::unique_ptr<Job> job, std::shared_ptr<Turn> turn = nullptr);
  napi_value submitText(napi_env env, std::unique_ptr<Job> job, Workers::Rank rank);

  // Work that whoever asks for it arranges: a promise of the reply, on the environment's thread; and the reply when it is
  // there, from any thread.
  napi_value expect(napi_env env, Reply& reply);
  void deliver(std::unique_ptr<Reply> reply);

  // Runs `task` on the environment's thread and waits for it. For callbacks from other threads of LibTorch.
  void callback(const std::function<void(napi_env)>& task);
  // Runs `work` elsewhere while this (the environment's) thread serves callbacks: on an executor thread, or inside of a
  // callback on the thread that called it, as a pass inside of a pass needs the device's thread that the outer one holds.
  void pump(napi_env env, const std::function<void()>& work);
  // Whether this (the environment's) thread runs a callback of another one.
  bool serving() const { return serving_ != nullptr; }

  // How many jobs may compute at the same time, beside the batches of models that are served.
  void setThreads(size_t count);
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
  void prepare() const;  // the thread, for a task
  napi_value submit(napi_env env, std::unique_ptr<Job> job, std::shared_ptr<Turn> turn, Workers& workers, Workers::Rank rank);
  void open(napi_env env);
  void settle(napi_env env);
  void serve(napi_env env);
  void wake();

  Addon& addon_;
  size_t threads_ = 2;
  napi_threadsafe_function wake_ = nullptr;
  std::mutex mutex_;
  std::condition_variable served_;  // for both sides of callbacks
  std::deque<std::unique_ptr<Reply>> done_;
  std::deque<Call*> calls_;
  Call* serving_ = nullptr;
  size_t pending_ = 0;
  bool stopping_ = false;
  // Last, as their threads use the rest.
  Workers computing_, text_;
};

}  // namespace flambeau
