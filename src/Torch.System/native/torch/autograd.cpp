// Gradients: backward, grad, grad mode, and a node whose backward is managed code.
#include "boundary.h"

#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>

using namespace cnnviz;
using torch::autograd::variable_list;

namespace {

variable_list borrow_all(const Handle* handles, int32_t count) {
  variable_list list;
  list.reserve(count);
  for (int32_t i = 0; i < count; i++) list.push_back(borrow(handles[i]));
  return list;
}

// The managed side: called with a gradient for each output, answers with one for each input; not 0 means it failed.
using Apply = int32_t (*)(int64_t key, const Handle* gradients, int32_t count, Handle* results, int32_t capacity);
using Forget = void (*)(int64_t key);

struct ManagedNode : torch::autograd::Node {
  int64_t key;
  int32_t inputs;
  Apply apply_managed;
  Forget forget;

  ManagedNode(int64_t key, int32_t inputs, Apply apply, Forget forget) : key(key), inputs(inputs), apply_managed(apply), forget(forget) {}
  ~ManagedNode() override { forget(key); }

  std::string name() const override { return "ManagedNode"; }

  variable_list apply(variable_list&& gradients) override {
    std::vector<Handle> given;
    for (auto& gradient : gradients) given.push_back(release(std::move(gradient)));
    std::vector<Handle> results(inputs, nullptr);
    const int32_t status = apply_managed(key, given.data(), static_cast<int32_t>(given.size()), results.data(), inputs);
    variable_list list;
    for (auto handle : results)
      list.push_back(handle == nullptr ? at::Tensor() : at::Tensor(c10::intrusive_ptr<at::TensorImpl>::reclaim(static_cast<at::TensorImpl*>(handle))));
    if (status != 0) throw std::runtime_error("managed backward " + std::to_string(key) + " failed");
    return list;
  }

  // A graph that is not retained frees what its nodes saved as soon as they were passed.
  void release_variables() override { forget(key); }
};

}  // namespace

CNNVIZ_EXPORT int32_t cnnviz_grad_enabled() { return at::GradMode::is_enabled(); }
CNNVIZ_EXPORT void cnnviz_grad_set_enabled(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }

CNNVIZ_EXPORT int32_t cnnviz_backward(const Handle* tensors, const Handle* gradients, int32_t count, int32_t retain_graph, int32_t create_graph,
                                      const Handle* inputs, int32_t input_count) {
  return guarded([&] {
    torch::autograd::backward(borrow_all(tensors, count), gradients == nullptr ? variable_list() : borrow_all(gradients, count),
                              retain_graph != 0, create_graph != 0, borrow_all(inputs, input_count));
  });
}

CNNVIZ_EXPORT int32_t cnnviz_grad(const Handle* outputs, const Handle* gradients, int32_t count, const Handle* inputs, int32_t input_count,
                                  int32_t retain_graph, int32_t create_graph, int32_t allow_unused, Handle* results) {
  return guarded([&] {
    auto list = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count),
                                      gradients == nullptr ? variable_list() : borrow_all(gradients, count), retain_graph != 0,
                                      create_graph != 0, allow_unused != 0);
    for (size_t i = 0; i < list.size(); i++) results[i] = release(std::move(list[i]));
  });
}

// Makes output the result of a managed function of the inputs: its gradient goes through apply.
CNNVIZ_EXPORT int32_t cnnviz_function_attach(const Handle* inputs, int32_t input_count, Handle output, int64_t key, Apply apply, Forget forget) {
  return guarded([&] {
    auto node = std::shared_ptr<ManagedNode>(new ManagedNode(key, input_count, apply, forget), torch::autograd::deleteNode);
    node->set_next_edges(torch::autograd::collect_next_edges(borrow_all(inputs, input_count)));
    auto tensor = borrow(output);
    torch::autograd::set_history(tensor, node);
  });
}
