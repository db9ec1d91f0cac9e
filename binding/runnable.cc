#include "runnable.h"

#include "errors.h"

namespace flambeau {

void appendTensors(const c10::IValue& value, std::vector<at::Tensor>& tensors) {
  if (value.isTensor()) return tensors.push_back(value.toTensor());
  if (value.isTuple()) {
    for (const c10::IValue& element : value.toTupleRef().elements()) appendTensors(element, tensors);
  } else if (value.isList()) {
    for (const c10::IValue& element : value.toListRef()) appendTensors(element, tensors);
  } else if (value.isGenericDict()) {
    for (const auto& entry : value.toGenericDict()) appendTensors(entry.value(), tensors);
  } else {
    throw Misuse("UNSUPPORTED", "the model gives a " + value.tagKind() + " where there must be tensors");
  }
}

}  // namespace flambeau
