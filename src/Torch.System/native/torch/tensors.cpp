// A tensor's own facts, read without the dispatcher.
#include "boundary.h"

#include <ATen/ATen.h>

using namespace cnnviz;

namespace {
at::TensorImpl& impl(Handle handle) { return *static_cast<at::TensorImpl*>(handle); }
}

CNNVIZ_EXPORT void cnnviz_tensor_free(Handle handle) {
  c10::intrusive_ptr<at::TensorImpl>::reclaim(static_cast<at::TensorImpl*>(handle));
}

CNNVIZ_EXPORT Handle cnnviz_tensor_alias(Handle handle) { return release(borrow(handle)); }

CNNVIZ_EXPORT int64_t cnnviz_tensor_dim(Handle handle) { return impl(handle).dim(); }
CNNVIZ_EXPORT int64_t cnnviz_tensor_numel(Handle handle) { return impl(handle).numel(); }
CNNVIZ_EXPORT int32_t cnnviz_tensor_dtype(Handle handle) { return static_cast<int32_t>(c10::typeMetaToScalarType(impl(handle).dtype())); }
CNNVIZ_EXPORT int32_t cnnviz_tensor_device_type(Handle handle) { return static_cast<int32_t>(impl(handle).device().type()); }
CNNVIZ_EXPORT int32_t cnnviz_tensor_device_index(Handle handle) { return impl(handle).device().index(); }
CNNVIZ_EXPORT int32_t cnnviz_tensor_is_contiguous(Handle handle) { return impl(handle).is_contiguous(); }
CNNVIZ_EXPORT int64_t cnnviz_tensor_element_size(Handle handle) { return static_cast<int64_t>(impl(handle).itemsize()); }
CNNVIZ_EXPORT int32_t cnnviz_tensor_requires_grad(Handle handle) { return impl(handle).requires_grad(); }

CNNVIZ_EXPORT void cnnviz_tensor_sizes(Handle handle, int64_t* sizes, int64_t* strides) {
  auto shape = impl(handle).sizes();
  auto steps = impl(handle).strides();
  for (size_t i = 0; i < shape.size(); i++) {
    sizes[i] = shape[i];
    strides[i] = steps[i];
  }
}

CNNVIZ_EXPORT int32_t cnnviz_tensor_data(Handle handle, void** data) {
  return guarded([&] { *data = borrow(handle).data_ptr(); });
}

CNNVIZ_EXPORT int32_t cnnviz_tensor_set_requires_grad(Handle handle, int32_t value) {
  return guarded([&] { borrow(handle).set_requires_grad(value != 0); });
}

CNNVIZ_EXPORT int32_t cnnviz_tensor_is_leaf(Handle handle) { return borrow(handle).is_leaf(); }

CNNVIZ_EXPORT int32_t cnnviz_tensor_grad(Handle handle, Handle* grad) {
  return guarded([&] { *grad = release(at::Tensor(borrow(handle).grad())); });
}

CNNVIZ_EXPORT int32_t cnnviz_tensor_set_grad(Handle handle, Handle grad) {
  return guarded([&] { borrow(handle).mutable_grad() = borrow(grad); });
}
