#pragma once

#include <c10/core/StorageImpl.h>

namespace flambeau {

// Whether a storage is a part of another memory, a mapped file's above all: nothing is freed with it alone.
bool inRegion(const c10::StorageImpl& storage);

}  // namespace flambeau
