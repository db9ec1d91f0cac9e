#include "executor.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "addon.h"
#include "capture.h"
#include "intraop.h"
#include "turn.h"

namespace flambeau {

static size_t textThreads() { return std::max(2u, std::thread::hardware_concurrency()) - 1; }

Executor::Executor(Addon& addon)
    : addon_(addon), computing_("flambeau", 0, threads_, [this] { prepare(); }), text_("flambeau-text", 5, textThreads(), [this] { prepare(); }) {}

void Executor::prepare() const {
  c10::WarningUtils::set_warning_handler(&addon_.warnings);
  followIntraOpThreads();
}

void Executor::setThreads(size_t count) {
  computing_.reserve(static_cast<ptrdiff_t>(count) - static_cast<ptrdiff_t>(threads_));
  threads_ = count;
}

void Executor::halt() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    served_.notify_all();
  }
  constexpr std::chrono::seconds most(5);
  computing_.stop(most);
  text_.stop(most);
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
  return submit(env, std::move(job), std::move(turn), computing_, Workers::Rank::kLast);
}

napi_value Executor::submitText(napi_env env, std::unique_ptr<Job> job, Workers::Rank rank) {
  return submit(env, std::move(job), nullptr, text_, rank);
}

napi_value Executor::submit(napi_env env, std::unique_ptr<Job> job, std::shared_ptr<Turn> turn, Workers& workers, Workers::Rank rank) {
  if (addon_.recorder) throw Misuse("CAPTURE", "capture(): work on other threads cannot be recorded; call what is not Async");
  const napi_value promise = expect(env, *job);
  // std::function wants something that can be copied.
  auto shared = std::make_shared<std::unique_ptr<Job>>(std::move(job));
  const auto task = [this, shared, turn] {
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
  };
  workers.enqueue(task, rank);
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
  if (!serving_) computing_.enqueue(task, Workers::Rank::kUrgent);
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
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
    // A thread that waits for JavaScript would wait for ever.
    for (Call* call : calls_) {
      call->error = std::make_exception_ptr(Misuse("CLOSED", "the environment is shutting down"));
      call->done = true;
    }
    calls_.clear();
    served_.notify_all();
  }
  computing_.stop();
  text_.stop();
  done_.clear();
  if (wake_) {
    napi_release_threadsafe_function(wake_, napi_tsfn_abort);
    wake_ = nullptr;
  }
}

}  // namespace flambeau
