// Work on the libuv pool that settles a promise.
#pragma once

#include <napi.h>

#include <functional>
#include <utility>
#include <vector>

namespace eigenscope {

class Job : public Napi::AsyncWorker {
 public:
  /// Starts `work` on the pool; then `finish` makes the value on JavaScript's thread. `keep` holds the memory meanwhile.
  static Napi::Value start(Napi::Env env, std::vector<Napi::ObjectReference> keep, std::function<void()> work,
                           std::function<Napi::Value(Napi::Env)> finish = [](Napi::Env e) { return e.Undefined(); }) {
    auto* job = new Job(env, std::move(keep), std::move(work), std::move(finish));
    Napi::Promise promise = job->deferred_.Promise();
    job->Queue();
    return promise;
  }

 protected:
  void Execute() override { work_(); }
  void OnOK() override { deferred_.Resolve(finish_(Env())); }
  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  Job(Napi::Env env, std::vector<Napi::ObjectReference> keep, std::function<void()> work,
      std::function<Napi::Value(Napi::Env)> finish)
      : Napi::AsyncWorker(env, "eigenscope"),
        deferred_(Napi::Promise::Deferred::New(env)),
        keep_(std::move(keep)),
        work_(std::move(work)),
        finish_(std::move(finish)) {}

  Napi::Promise::Deferred deferred_;
  std::vector<Napi::ObjectReference> keep_;
  std::function<void()> work_;
  std::function<Napi::Value(Napi::Env)> finish_;
};

}  // namespace eigenscope
