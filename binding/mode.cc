#include "mode.h"

#include <c10/core/impl/LocalDispatchKeySet.h>
#include <c10/core/impl/PyInterpreter.h>
#include <c10/core/impl/TorchDispatchModeTLS.h>

#include "capture.h"

namespace flambeau {

const c10::DispatchKeySet kModeKeys{c10::DispatchKey::Python, c10::DispatchKey::PythonTLSSnapshot};

namespace {

[[noreturn]] void never() { TORCH_CHECK(false, "a mode of Flambeau was asked for what only Python has"); }

// LibTorch hands operators to a mode through the table of an interpreter; its "objects" are recorders. Not all versions
// of LibTorch have the same members, so none says `override`; those that no mode is asked for are refused.
struct Interpreter final : c10::impl::PyInterpreterVTable {
  std::string name() const { return "flambeau"; }
  void incref(PyObject*) const {}
  void decref(PyObject*) const {}
  void decref(PyObject*, bool) const {}
  bool try_incref(const c10::impl::PyObjectSlot&) const { return false; }
  size_t refcnt(PyObject*) const { return 1; }

  c10::intrusive_ptr<c10::TensorImpl> detach(const c10::TensorImpl* self) const {
    c10::impl::ExcludeDispatchKeyGuard guard(kModeKeys);
    return self->shallow_copy_and_detach(c10::VariableVersion(0), false);
  }
  void dispatch(const c10::OperatorHandle& op, torch::jit::Stack* stack) const;

  void reportErrorCallback(PyObject*, c10::DispatchKey) const {}
  void python_op_registration_trampoline(const c10::OperatorHandle&, c10::DispatchKey, c10::DispatchKeySet, torch::jit::Stack*,
                                         bool, bool) const {
    never();
  }
  void throw_abstract_impl_not_imported_error(std::string, const char*, const char*) const { never(); }
  void python_dispatcher(const c10::OperatorHandle&, c10::DispatchKeySet, torch::jit::Stack*) const { never(); }
  bool is_contiguous(const c10::TensorImpl*, at::MemoryFormat) const { never(); }
  c10::SymBool sym_is_contiguous(const c10::TensorImpl*, at::MemoryFormat) const { never(); }
  bool is_strides_like(const c10::TensorImpl*, at::MemoryFormat) const { never(); }
  bool is_non_overlapping_and_dense(const c10::TensorImpl*) const { never(); }
  c10::Device device(const c10::TensorImpl*) const { never(); }
  int64_t dim(const c10::TensorImpl*) const { never(); }
  c10::IntArrayRef strides(const c10::TensorImpl*) const { never(); }
  c10::IntArrayRef sizes(const c10::TensorImpl*) const { never(); }
  c10::SymIntArrayRef sym_sizes(const c10::TensorImpl*) const { never(); }
  c10::Layout layout(const c10::TensorImpl*) const { never(); }
  int64_t numel(const c10::TensorImpl*) const { never(); }
  c10::SymInt sym_numel(const c10::TensorImpl*) const { never(); }
  c10::SymIntArrayRef sym_strides(const c10::TensorImpl*) const { never(); }
  c10::SymInt sym_storage_offset(const c10::TensorImpl*) const { never(); }
  void trace_gpu_event_creation(c10::DeviceType, uintptr_t) const {}
  void trace_gpu_event_deletion(c10::DeviceType, uintptr_t) const {}
  void trace_gpu_event_record(c10::DeviceType, uintptr_t, uintptr_t) const {}
  void trace_gpu_event_wait(c10::DeviceType, uintptr_t, uintptr_t) const {}
  void trace_gpu_memory_allocation(c10::DeviceType, uintptr_t) const {}
  void trace_gpu_memory_deallocation(c10::DeviceType, uintptr_t) const {}
  void trace_gpu_stream_creation(c10::DeviceType, uintptr_t) const {}
  void trace_gpu_device_synchronization(c10::DeviceType) const {}
  void trace_gpu_stream_synchronization(c10::DeviceType, uintptr_t) const {}
  void trace_gpu_event_synchronization(c10::DeviceType, uintptr_t) const {}
  void reset_backward_hooks(const c10::TensorImpl*) const {}
};

c10::impl::PyInterpreter* interpreter() {
  static const Interpreter table;
  static c10::impl::PyInterpreter single(&table);
  return &single;
}

void Interpreter::dispatch(const c10::OperatorHandle& op, torch::jit::Stack* stack) const {
  using Modes = c10::impl::TorchDispatchModeTLS;
  const auto& mode = Modes::get_stack_at(Modes::stack_len() - 1);
  reinterpret_cast<Recorder*>(mode->ptr(interpreter()))->record(op, stack);
}

}  // namespace

void pushMode(Recorder* recorder) {
  using Mode = c10::impl::PyObject_TorchDispatchMode;
  c10::impl::TorchDispatchModeTLS::push_non_infra_mode_onto_stack(
      std::make_shared<Mode>(reinterpret_cast<PyObject*>(recorder), interpreter()));
}

void popMode() { c10::impl::TorchDispatchModeTLS::pop_stack(); }

}  // namespace flambeau
