// Any ATen operator by its name: arguments are matched to the schema by name once, and converted by the schema's own types at each call,
// which absorbs what differs between libtorch versions (new optional arguments, SymInt, int for int[2], int for float).
#include "operators.h"

#include <ATen/core/Generator.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include <memory>
#include <sstream>
#include <vector>

using namespace cnnviz;

namespace {

struct Slot {
  std::string name;
  c10::TypePtr type;      // without the Optional around it
  c10::TypeKind kind;
  c10::TypeKind element;  // of a list
  int64_t repeat;         // n of int[n]: a single number stands for n of them
  bool optional;
  bool optional_elements;
  int source;             // index into the call's values, or -1
  c10::optional<c10::IValue> fallback;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Slot> slots;
  size_t returns;
};

[[noreturn]] void mismatch(const Operator& op, const Slot& slot, const char* found) {
  std::ostringstream text;
  text << op.handle.operator_name() << ": argument '" << slot.name << "' expects " << slot.type->str() << ", got " << found;
  throw std::invalid_argument(text.str());
}

Slot make_slot(const c10::Argument& argument) {
  Slot slot{argument.name(), argument.type(), {}, c10::TypeKind::AnyType, 0, false, false, -1, argument.default_value()};
  if (auto optional = slot.type->cast<c10::OptionalType>()) {
    slot.optional = true;
    slot.type = optional->getElementType();
  }
  slot.kind = slot.type->kind();
  if (auto list = slot.type->cast<c10::ListType>()) {
    c10::TypePtr element = list->getElementType();
    if (auto optional = element->cast<c10::OptionalType>()) {
      slot.optional_elements = true;
      element = optional->getElementType();
    }
    slot.element = element->kind();
    slot.repeat = argument.N().value_or(0);
  }
  return slot;
}

c10::IValue convert_list(const Operator& op, const Slot& slot, const Value& value) {
  const bool single = value.kind == Kind::Int || value.kind == Kind::Double;
  const int64_t count = single ? slot.repeat : value.count;
  if (single && count == 0) mismatch(op, slot, "one number");
  if (slot.element == c10::TypeKind::IntType || slot.element == c10::TypeKind::SymIntType) {
    c10::List<int64_t> list;
    list.reserve(count);
    for (int64_t i = 0; i < count; i++) {
      if (value.kind == Kind::Int) list.push_back(value.integer);
      else if (value.kind == Kind::IntList) list.push_back(static_cast<const int64_t*>(value.pointer)[i]);
      else mismatch(op, slot, "no integers");
    }
    return list;
  }
  if (slot.element == c10::TypeKind::FloatType) {
    c10::List<double> list;
    list.reserve(count);
    for (int64_t i = 0; i < count; i++) {
      if (value.kind == Kind::Double) list.push_back(value.real);
      else if (value.kind == Kind::Int) list.push_back(static_cast<double>(value.integer));
      else if (value.kind == Kind::DoubleList) list.push_back(static_cast<const double*>(value.pointer)[i]);
      else mismatch(op, slot, "no numbers");
    }
    return list;
  }
  if (slot.element == c10::TypeKind::TensorType && value.kind == Kind::TensorList) {
    auto handles = static_cast<const Handle*>(value.pointer);
    if (slot.optional_elements) {
      c10::List<c10::optional<at::Tensor>> list;
      for (int64_t i = 0; i < count; i++)
        list.push_back(handles[i] == nullptr ? c10::optional<at::Tensor>() : c10::optional<at::Tensor>(borrow(handles[i])));
      return list;
    }
    c10::List<at::Tensor> list;
    list.reserve(count);
    for (int64_t i = 0; i < count; i++) {
      if (handles[i] == nullptr) mismatch(op, slot, "a list with a missing tensor");
      list.push_back(borrow(handles[i]));
    }
    return list;
  }
  mismatch(op, slot, "a value of another type");
}

c10::IValue convert(const Operator& op, const Slot& slot, const Value& value) {
  if (value.kind == Kind::None) {
    if (slot.optional) return c10::IValue();
    if (slot.fallback) return *slot.fallback;
    mismatch(op, slot, "nothing");
  }
  switch (slot.kind) {
    case c10::TypeKind::TensorType:
      if (value.kind == Kind::Tensor) return borrow(value.pointer);
      break;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType:
      if (value.kind == Kind::Int) return value.integer;
      if (value.kind == Kind::Bool) return static_cast<int64_t>(value.integer != 0);
      break;
    case c10::TypeKind::FloatType:
      if (value.kind == Kind::Double) return value.real;
      if (value.kind == Kind::Int) return static_cast<double>(value.integer);
      break;
    case c10::TypeKind::NumberType:
      if (value.kind == Kind::Int) return value.integer;
      if (value.kind == Kind::Double) return value.real;
      if (value.kind == Kind::Bool) return value.integer != 0;
      break;
    case c10::TypeKind::BoolType:
      if (value.kind == Kind::Bool || value.kind == Kind::Int) return value.integer != 0;
      break;
    case c10::TypeKind::StringType:
      if (value.kind == Kind::String) return std::string(static_cast<const char*>(value.pointer), value.count);
      break;
    case c10::TypeKind::DeviceObjType:
      if (value.kind == Kind::Device)
        return c10::Device(static_cast<c10::DeviceType>(value.integer), static_cast<c10::DeviceIndex>(value.count));
      break;
    case c10::TypeKind::GeneratorType:
      if (value.kind == Kind::Generator) return *static_cast<at::Generator*>(value.pointer);
      break;
    case c10::TypeKind::ListType:
      return convert_list(op, slot, value);
    default:
      break;
  }
  mismatch(op, slot, "a value of another type");
}

Value give(c10::IValue&& result) {
  Value value{Kind::None, 0, {0}};
  if (result.isTensor()) {
    value.pointer = release(std::move(result).toTensor());
    value.kind = value.pointer == nullptr ? Kind::None : Kind::Tensor;
  } else if (result.isTensorList()) {
    auto list = result.toTensorVector();
    auto handles = std::make_unique<Handle[]>(list.size());
    for (size_t i = 0; i < list.size(); i++) handles[i] = release(std::move(list[i]));
    value.kind = Kind::TensorList;
    value.count = static_cast<int32_t>(list.size());
    value.pointer = handles.release();
  } else if (result.isBool()) {
    value.kind = Kind::Bool;
    value.integer = result.toBool();
  } else if (result.isInt()) {
    value.kind = Kind::Int;
    value.integer = result.toInt();
  } else if (result.isDouble()) {
    value.kind = Kind::Double;
    value.real = result.toDouble();
  } else if (!result.isNone()) {
    throw std::runtime_error("a result of type " + result.tagKind() + " cannot cross the boundary");
  }
  return value;
}

}  // namespace

// Finds an operator such as "aten::add" with overload "Tensor" and matches the named arguments (separated by blanks) to its schema.
CNNVIZ_EXPORT int32_t cnnviz_operator_find(const char* name, const char* overload, const char* arguments, void** result) {
  return guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle)
      throw std::runtime_error(std::string("libtorch " CNNVIZ_TORCH_VERSION " has no operator ") + name + (*overload ? "." : "") + overload);
    auto op = std::make_unique<Operator>(Operator{*handle, {}, handle->schema().returns().size()});
    for (const auto& argument : handle->schema().arguments()) op->slots.push_back(make_slot(argument));
    std::istringstream words(arguments);
    std::string word;
    for (int index = 0; words >> word; index++) {
      bool found = false;
      for (auto& slot : op->slots) {
        if (slot.name != word) continue;
        slot.source = index;
        found = true;
      }
      if (!found) throw std::runtime_error(std::string(name) + "." + overload + " of libtorch " CNNVIZ_TORCH_VERSION " has no argument '" + word + "'");
    }
    for (const auto& slot : op->slots)
      if (slot.source < 0 && !slot.fallback && !slot.optional)
        throw std::runtime_error(std::string(name) + "." + overload + " of libtorch " CNNVIZ_TORCH_VERSION " needs argument '" + slot.name + "'");
    *result = op.release();
  });
}

// Calls it. Results are written to results, at most capacity; a tensor or list result belongs to the caller.
CNNVIZ_EXPORT int32_t cnnviz_operator_call(void* pointer, const Value* values, Value* results, int32_t capacity) {
  return guarded([&] {
    const auto& op = *static_cast<Operator*>(pointer);
    torch::jit::Stack stack;
    stack.reserve(op.slots.size());
    for (const auto& slot : op.slots) {
      if (slot.source >= 0) stack.push_back(convert(op, slot, values[slot.source]));
      else if (slot.fallback) stack.push_back(*slot.fallback);
      else stack.emplace_back();
    }
    op.handle.callBoxed(&stack);
    if (stack.size() > static_cast<size_t>(capacity)) throw std::runtime_error("more results than the caller expects");
    for (size_t i = 0; i < stack.size(); i++) results[i] = give(std::move(stack[i]));
  });
}

// The schema as libtorch prints it.
CNNVIZ_EXPORT int32_t cnnviz_operator_schema(void* pointer, void (*receive)(const char*)) {
  return guarded([&] {
    std::ostringstream text;
    text << static_cast<Operator*>(pointer)->handle.schema();
    receive(text.str().c_str());
  });
}

CNNVIZ_EXPORT void cnnviz_list_free(void* handles) { delete[] static_cast<Handle*>(handles); }
