// Values as they cross the boundary. The managed side has the same layout in Value.cs.
#pragma once

#include "boundary.h"

namespace cnnviz {

enum class Kind : int32_t { None, Tensor, Int, Double, Bool, IntList, DoubleList, TensorList, String, Device, Generator };

struct Value {
  Kind kind;
  int32_t count;  // list length, text bytes, or device index
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
};

}  // namespace cnnviz
