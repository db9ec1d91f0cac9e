#pragma once

#include <memory>

namespace flambeau {

class Callback;

// The two functions between which autograd keeps tensors for the backward pass: one makes whatever it likes of a tensor,
// the other gives the tensor back.
struct SavedHooks {
  std::shared_ptr<Callback> pack, unpack;
};

// Those of this thread; null where there are none.
std::shared_ptr<const SavedHooks> savedHooks();
void setSavedHooks(std::shared_ptr<const SavedHooks> hooks);

// LibTorch asks its engine for such hooks, so it gets one that knows them. Once, before any backward pass.
void useSavedHooks();

}  // namespace flambeau
