#pragma once

#include <c10/core/Storage.h>
#include <c10/core/StorageImpl.h>
#include <napi.h>

#include <cstdint>

namespace flambeau {

// A part of a storage as an ArrayBuffer in place, until giveBack() of it, or until it is collected. So long V8 does not
// count its bytes, nor `tensor` bytes of those that a handle of the storage has it count.
napi_value lend(napi_env env, const at::Storage& storage, int64_t offset, int64_t size, int64_t tensor = 0);

// Whether a storage is a part of another memory, a mapped file's above all: nothing is freed with it alone.
bool inRegion(const c10::StorageImpl& storage);

}  // namespace flambeau
