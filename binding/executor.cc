#include "executor.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include "addon.h"
#include "capture.h"
#include "intraop.h"
#include "turn.h"

namespace flambeau {

// How long a thread is kept that has nothing to do.
static constexpr std::chrono::seconds kKept(10);

void Executor::halt() {
  std::unique_lock<std::mutex> lock(mutex_);
  stopping_ = true;
  queue_.clear();
  for (Idle* idle : idle_) idle->wake.notify_one();
  served_.notify_all();
  if (!ended_.wait_for(lock, std::chrono::seconds(5), [this] { return alive_ == 0; })) return;
  Threads threads;
  threads.swap(ended_threads_);
  lock.unlock();
  for (std::thread& thread : threads) thread.join();
}

void Executor::open(napi_env env) {
  if (wake_) return;
  napi_value name;
  check(env, napi_create_string_utf8(env, "flambeau", NAPI_AUTO_LENGTH, &name));
  check(env, napi_create_threadsafe_function(
                 env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, this,
                 [](napi_env env, napi_value, void* context, void*) {
                   if (!env) return;
                   auto* self = static_cast<Executor*>(context);
                   self->serve(env);
                   self->settle(env);
                   self->addon_.leave(env);
                 },
                 &wake_));
  check(env, napi_unref_threadsafe_function(env, wake_));
}

void Executor::wake() {
  if (wake_) napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking);
}

void Executor::enqueue(std::function<void()> task, bool urgent) {
  Threads ended;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (stopping_) throw Misuse("CLOSED", "the environment is shutting down");
    queue_.insert(urgent ? queue_.begin() : queue_.end(), std::move(task));
    if (!idle_.empty()) {
      idle_.back()->called = true;
      idle_.back()->wake.notify_one();
      idle_.pop_back();
    } else if (urgent || alive_ < limit_ + static_cast<size_t>(reserved_.load())) {
      threads_.emplace_back();
      threads_.back() = std::thread([this, self = std::prev(threads_.end())] { run(self); });
      alive_++;
    }
    ended.swap(ended_threads_);
  }
  for (std::thread& thread : ended) thread.join();
}

// The next task, waited for; none where the thread is to end.
bool Executor::next(std::unique_lock<std::mutex>& lock, std::function<void()>& task) {
  while (!stopping_) {
    if (!queue_.empty()) {
      task = std::move(queue_.front());
      queue_.pop_front();
      return true;
    }
    Idle idle;
    idle_.push_back(&idle);
    const bool called = idle.wake.wait_for(lock, kKept, [&] { return idle.called || stopping_; });
    if (idle.called) continue;
    idle_.erase(std::find(idle_.begin(), idle_.end(), &idle));
    if (!called && alive_ > 1) return false;
  }
  return false;
}

void Executor::run(Threads::iterator self) {
  c10::WarningUtils::set_warning_handler(&addon_.warnings);
#ifdef __linux__
  pthread_setname_np(pthread_self(), "flambeau");  // for top and debuggers
#endif
  std::unique_lock<std::mutex> lock(mutex_);
  std::function<void()> task;
  while (next(lock, task)) {
    lock.unlock();
    followIntraOpThreads();
    task();
    task = nullptr;
    lock.lock();
  }
  ended_threads_.splice(ended_threads_.end(), threads_, self);
  alive_--;
  ended_.notify_all();
}

napi_value Executor::expect(napi_env env, Reply& reply) {
  open(env);
  napi_value promise;
  check(env, napi_create_promise(env, &reply.deferred, &promise));
  if (pending_++ == 0) napi_ref_threadsafe_function(env, wake_);
  return promise;
}

void Executor::deliver(std::unique_ptr<Reply> reply) {
  std::lock_guard<std::mutex> lock(mutex_);
  done_.push_back(std::move(reply));
  // One call serves all that are there by then.
  if (done_.size() == 1) wake();
}

napi_value Executor::submit(napi_env env, std::unique_ptr<Job> job, std::shared_ptr<Turn> turn) {
  if (addon_.recorder) throw Misuse("CAPTURE", "capture(): work on other threads cannot be recorded; call what is not Async");
  const napi_value promise = expect(env, *job);
  // std::function wants something that can be copied.
  auto shared = std::make_shared<std::unique_ptr<Job>>(std::move(job));
  enqueue([this, shared, turn] {
    std::unique_ptr<Job> job = std::move(*shared);
    try {
      if (turn) turn->begin();
      at::ThreadLocalStateGuard guard(job->state);
      const AutocastState::Guard autocast(job->autocast);
      setSavedHooks(job->hooks);
      job->work();
    } catch (...) {
      job->error = std::current_exception();
    }
    setSavedHooks(nullptr);
    deliver(std::move(job));
  });
  return promise;
}

void Executor::settle(napi_env env) {
  for (;;) {
    std::unique_ptr<Reply> job;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      if (done_.empty()) return;
      job = std::move(done_.front());
      done_.pop_front();
    }
    if (--pending_ == 0) napi_unref_threadsafe_function(env, wake_);
    Napi::HandleScope scope(env);
    napi_value result = nullptr;
    if (!job->error) {
      try {
        result = job->finish(addon_, env);
      } catch (...) {
        job->error = std::current_exception();
      }
    }
    if (job->error) {
      napi_reject_deferred(env, job->deferred, toError(addon_, env, job->error));
    } else {
      napi_resolve_deferred(env, job->deferred, result);
    }
  }
}

void Executor::callback(const std::function<void(napi_env)>& task) {
  // A thread of an environment that is gone may have left its id to a new one.
  if (addon_.onThread() && addon_.env) return task(addon_.env);
  Call call{&task, nullptr, nullptr};
  std::unique_lock<std::mutex> lock(mutex_);
  if (stopping_) throw Misuse("CLOSED", "the environment is shutting down");
  calls_.push_back(&call);
  served_.notify_all();
  wake();
  for (;;) {
    // process.exit() inside of a callback stops this executor and never comes back to finish the call.
    served_.wait(lock, [&] { return call.done || call.work || stopping_; });
    if (call.done || stopping_) break;
    const auto* work = std::exchange(call.work, nullptr);
    lock.unlock();
    (*work)();
    lock.lock();
  }
  if (!call.done) throw Misuse("CLOSED", "the environment is shutting down");
  if (call.error) std::rethrow_exception(call.error);
}

void Executor::serve(napi_env env) {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!calls_.empty()) {
    Call* call = calls_.front();
    calls_.pop_front();
    lock.unlock();
    Call* outer = std::exchange(serving_, call);
    try {
      Napi::HandleScope scope(env);
      (*call->task)(env);
    } catch (...) {
      call->error = std::current_exception();
    }
    serving_ = outer;
    lock.lock();
    call->done = true;
    served_.notify_all();
  }
}

void Executor::pump(napi_env env, const std::function<void()>& work) {
  open(env);
  bool done = false;
  std::exception_ptr error;
  at::ThreadLocalState state;
  const std::function<void()> task = [&] {
    try {
      at::ThreadLocalStateGuard guard(state);
      work();
    } catch (...) {
      error = std::current_exception();
    }
    std::lock_guard<std::mutex> lock(mutex_);
    done = true;
    served_.notify_all();
  };
  if (!serving_) enqueue(task, true);
  std::unique_lock<std::mutex> lock(mutex_);
  if (serving_) {
    serving_->work = &task;
    served_.notify_all();
  }
  while (!done) {
    served_.wait(lock, [&] { return done || !calls_.empty(); });
    lock.unlock();
    serve(env);
    lock.lock();
  }
  if (error) std::rethrow_exception(error);
}

void Executor::stop() {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    stopping_ = true;
    queue_.clear();
    for (Idle* idle : idle_) idle->wake.notify_one();
    // A thread that waits for JavaScript would wait for ever.
    for (Call* call : calls_) {
      call->error = std::make_exception_ptr(Misuse("CLOSED", "the environment is shutting down"));
      call->done = true;
    }
    calls_.clear();
    served_.notify_all();
    ended_.wait(lock, [this] { return alive_ == 0; });
  }
  for (std::thread& thread : ended_threads_) thread.join();
  ended_threads_.clear();
  done_.clear();
  if (wake_) {
    napi_release_threadsafe_function(wake_, napi_tsfn_abort);
    wake_ = nullptr;
  }
}

}  // namespace flambeau
