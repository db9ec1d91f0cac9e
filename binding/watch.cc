#include <chrono>
#include <mutex>
#include <set>

#include "addon.h"
#include "exports.h"
#include "runnable.h"

namespace flambeau {

namespace {

using Info = Napi::CallbackInfo;
using Clock = std::chrono::steady_clock;

// Another runnable, and when its calls began that have not ended.
class Watched : public Runnable {
 public:
  Watched(std::shared_ptr<const Runnable> inner, bool toCpu) : inner_(std::move(inner)), toCpu_(toCpu) {}

  std::vector<at::Tensor> runTensors(std::vector<at::Tensor> inputs) const override {
    const Call call(*this);
    std::vector<at::Tensor> outputs = inner_->runTensors(std::move(inputs));
    // What a device does not come to an end with is seen when its results are asked for.
    if (toCpu_) {
      for (at::Tensor& output : outputs) output = output.to(c10::kCPU);
    }
    return outputs;
  }

  double longestMs() const {
    std::lock_guard<std::mutex> lock(mutex_);
    if (began_.empty()) return 0;
    return std::chrono::duration<double, std::milli>(Clock::now() - *began_.begin()).count();
  }

 private:
  struct Call {
    explicit Call(const Watched& watched) : watched_(watched) {
      std::lock_guard<std::mutex> lock(watched_.mutex_);
      at_ = watched_.began_.insert(Clock::now());
    }
    ~Call() {
      std::lock_guard<std::mutex> lock(watched_.mutex_);
      watched_.began_.erase(at_);
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    const Watched& watched_;
    std::multiset<Clock::time_point>::iterator at_;
  };

  const std::shared_ptr<const Runnable> inner_;
  const bool toCpu_;
  mutable std::mutex mutex_;
  mutable std::multiset<Clock::time_point> began_;
};

// watch(what runs, whether its results go to the CPU)
Napi::Value watch(Addon& addon, const Info& info) {
  auto watched = std::make_shared<Watched>(resourceOf<Runnable>(addon, info.Env(), info[0]), info[1].ToBoolean());
  return Napi::Value(info.Env(), wrap(addon, info.Env(), std::shared_ptr<Resource>(std::move(watched))));
}

// watchLongestMs(watched): how long the call has run that runs longest; 0 where none does
Napi::Value longestMs(Addon& addon, const Info& info) {
  return Napi::Number::New(info.Env(), resourceOf<Watched>(addon, info.Env(), info[0])->longestMs());
}

}  // namespace

void watchEntries(Entries& entries) {
  entries.push_back({"watch", entry<watch>});
  entries.push_back({"watchLongestMs", entry<longestMs>});
}

}  // namespace flambeau
