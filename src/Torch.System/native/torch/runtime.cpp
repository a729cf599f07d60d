// The library as a whole: versions, threads, devices, generators.
#include "boundary.h"

#include <ATen/Context.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/Generator.h>
#include <dlfcn.h>
#include <unistd.h>

#include <string>

using namespace cnnviz;

namespace {

// The folder of the libtorch that this process has loaded.
const std::string& directory() {
  static const std::string folder = [] {
    Dl_info library;
    if (dladdr(reinterpret_cast<void*>(&at::show_config), &library) == 0 || library.dli_fname == nullptr) return std::string();
    const std::string path = library.dli_fname;
    return path.substr(0, path.find_last_of('/'));
  }();
  return folder;
}

// libtorch_cpu does not know of a graphics card until its other half is in the process.
const bool accelerated = [] {
  bool found = false;
  for (const char* name : {"/libtorch_cuda.so", "/libtorch_hip.so"}) {
    const std::string path = directory() + name;
    if (access(path.c_str(), R_OK) == 0) found |= dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr;
  }
  return found;
}();

}  // namespace

// Which libtorch this library was built against, and where the one in use lies.
CNNVIZ_EXPORT const char* cnnviz_torch_version() { return CNNVIZ_TORCH_VERSION; }
CNNVIZ_EXPORT const char* cnnviz_torch_directory() { return directory().c_str(); }

CNNVIZ_EXPORT int32_t cnnviz_describe(void (*receive)(const char* configuration, const char* threading)) {
  return guarded([&] { receive(at::show_config().c_str(), at::get_parallel_info().c_str()); });
}

CNNVIZ_EXPORT int32_t cnnviz_threads() { return at::get_num_threads(); }
CNNVIZ_EXPORT int32_t cnnviz_set_threads(int32_t count) {
  return guarded([&] { at::set_num_threads(count); });
}

CNNVIZ_EXPORT int32_t cnnviz_cuda_devices() {
  return accelerated && at::globalContext().hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
}
CNNVIZ_EXPORT int32_t cnnviz_cuda_synchronize(int32_t index) {
  return guarded([&] { at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index)); });
}

CNNVIZ_EXPORT int32_t cnnviz_generator_create(uint64_t seed, int32_t device_type, int32_t device_index, void** result) {
  return guarded([&] {
    const c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    auto generator = device.is_cpu() ? at::detail::createCPUGenerator(seed) : at::globalContext().defaultGenerator(device).clone();
    generator.set_current_seed(seed);
    *result = new at::Generator(std::move(generator));
  });
}

CNNVIZ_EXPORT void cnnviz_generator_free(void* generator) { delete static_cast<at::Generator*>(generator); }

CNNVIZ_EXPORT int32_t cnnviz_generator_seed(void* generator, uint64_t seed) {
  return guarded([&] { static_cast<at::Generator*>(generator)->set_current_seed(seed); });
}

CNNVIZ_EXPORT uint64_t cnnviz_generator_initial_seed(void* generator) { return static_cast<at::Generator*>(generator)->current_seed(); }

CNNVIZ_EXPORT int32_t cnnviz_generator_state(void* generator, Handle* state) {
  return guarded([&] { *state = release(static_cast<at::Generator*>(generator)->get_state()); });
}

CNNVIZ_EXPORT int32_t cnnviz_generator_set_state(void* generator, Handle state) {
  return guarded([&] { static_cast<at::Generator*>(generator)->set_state(borrow(state)); });
}
