#pragma once

#include <napi.h>

#include <utility>
#include <vector>

namespace flambeau {

// What the addon exports: each file adds its own.
using Entries = std::vector<std::pair<const char*, napi_callback>>;

void aotiEntries(Entries& entries);
void autocastEntries(Entries& entries);
void autogradEntries(Entries& entries);
void batcherEntries(Entries& entries);
void callEntries(Entries& entries);
void captureEntries(Entries& entries);
void dataEntries(Entries& entries);
void deviceEntries(Entries& entries);
void functionEntries(Entries& entries);
void functorchEntries(Entries& entries);
void graphEntries(Entries& entries);
void hookEntries(Entries& entries);
void jitEntries(Entries& entries);
void jitFileEntries(Entries& entries);
void jitTraceEntries(Entries& entries);
void jsonEntries(Entries& entries);
void mapEntries(Entries& entries);
void runtimeEntries(Entries& entries);
void savedEntries(Entries& entries);
void shareEntries(Entries& entries);
void tensorEntries(Entries& entries);
void watchEntries(Entries& entries);

inline Entries entries() {
  Entries all;
  aotiEntries(all);
  autocastEntries(all);
  autogradEntries(all);
  batcherEntries(all);
  callEntries(all);
  captureEntries(all);
  dataEntries(all);
  deviceEntries(all);
  functionEntries(all);
  functorchEntries(all);
  graphEntries(all);
  hookEntries(all);
  jitEntries(all);
  jitFileEntries(all);
  jitTraceEntries(all);
  jsonEntries(all);
  mapEntries(all);
  runtimeEntries(all);
  savedEntries(all);
  shareEntries(all);
  tensorEntries(all);
  watchEntries(all);
  return all;
}

}  // namespace flambeau
