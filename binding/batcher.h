#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "executor.h"
#include "runnable.h"

namespace flambeau {

using Clock = std::chrono::steady_clock;

struct BatchOptions {
  size_t instances = 1;        // batches that run at the same time
  int64_t maxRows = 1;         // of a batch; 1 runs each request alone, whatever its shapes
  Clock::duration delay{0};    // that the first request of a batch waits for others
  int64_t maxQueueRows = 1024; // more are refused
  std::vector<int64_t> sizes;  // that a batch may have, in ascending order; any, where there are none
  std::optional<at::Device> device;  // where the model is, if its inputs come from elsewhere
};

// One request: it waits, runs in a batch, and is answered once.
class BatchRequest : public Reply {
 public:
  BatchRequest(std::vector<at::Tensor> tensors, Clock::time_point deadline);
  napi_value finish(Addon& addon, napi_env env) override;
  // Whether it is too late for it; then its error is set.
  bool isOver(Clock::time_point now);
  // Whether the two may be in one batch: the same dtypes, devices and sizes but for the rows.
  bool fits(const BatchRequest& other) const;

  std::vector<at::Tensor> tensors;  // its inputs, then its outputs
  int64_t rows = 1;
  int64_t batchRows = 0;
  const Clock::time_point enqueued = Clock::now(), deadline;
  Clock::time_point started, ended;
};

// Puts requests together to batches for one model, and runs them on the executor's threads. No request waits for
// another unless a delay is set: a thread that gets free takes what is there.
class Batcher : public Resource, public std::enable_shared_from_this<Batcher> {
 public:
  Batcher(Executor& executor, std::shared_ptr<const Runnable> model, BatchOptions options);
  ~Batcher() override;

  // By priority, the highest first, then by age: numbers that grow from request to request.
  using Key = std::pair<int64_t, int64_t>;
  // On the environment's thread. Throws where the request cannot be taken. Without `wake` it waits for start(), or for a
  // thread that is at work anyhow.
  napi_value submit(napi_env env, std::unique_ptr<BatchRequest> request, Key key, bool wake);
  // Calls threads for what waits.
  void start();
  // Takes a request back that waits still, and answers it; whether there was one.
  bool cancel(Key key);
  void scale(size_t instances);
  // Rows that wait, requests that wait, batches that run.
  std::array<int64_t, 3> load();

 private:
  using Keys = std::vector<Key>;
  using Requests = std::vector<std::unique_ptr<BatchRequest>>;
  void work();
  bool take(Requests& batch);
  void drop(Clock::time_point now);
  int64_t collect(Keys& keys) const;
  void answer(Requests& requests);
  void run(Requests& batch) const;
  void runTogether(Requests& batch) const;
  int64_t padded(int64_t rows) const;

  Executor& executor_;
  const std::shared_ptr<const Runnable> model_;
  BatchOptions options_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::map<Key, std::unique_ptr<BatchRequest>> queue_;
  int64_t queuedRows_ = 0;
  Clock::time_point earliest_ = Clock::time_point::max();  // no deadline of those that wait is before it
  size_t working_ = 0;  // threads that take batches, or will
  int64_t running_ = 0;
};

}  // namespace flambeau
