// What every exported function shares: visibility, the error text, and tensors as raw handles.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <cstdint>
#include <exception>
#include <string>

#define CNNVIZ_EXPORT extern "C" __attribute__((visibility("default")))

namespace cnnviz {

// A handle is a TensorImpl that the other side owns one reference of; null is "no tensor".
using Handle = void*;

inline at::Tensor borrow(Handle handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<at::TensorImpl>::unsafe_reclaim_from_nonowning(static_cast<at::TensorImpl*>(handle)));
}

inline Handle release(at::Tensor&& tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

void set_error(const std::string& text);

// Runs the body; an exception becomes status 1 and a text that cnnviz_error() gives to the same thread.
template <typename Body>
int32_t guarded(Body&& body) noexcept {
  try {
    body();
    return 0;
  } catch (const c10::Error& error) {
    set_error(error.what_without_backtrace());
  } catch (const std::exception& error) {
    set_error(error.what());
  } catch (...) {
    set_error("unknown native exception");
  }
  return 1;
}

}  // namespace cnnviz
