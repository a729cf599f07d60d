// Memory of large tensors is kept when they are freed and given to the next of the same size. The C library gives it back to the system instead,
// and every page of it then costs a fault when the next step of a training, or the next picture, takes it again. What is kept never makes the process
// larger than its tensors alone once were, but for a little: at the peak of a pass nothing lies idle.
#include "boundary.h"

#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <list>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace {

constexpr std::size_t kSmallest = std::size_t{64} << 10;  // below, the C library's own lists are as good
constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kLimit = std::size_t{256} << 20;    // what is kept at most while nobody uses it
constexpr std::size_t kAlways = std::size_t{32} << 20;    // what is kept even where it adds to the peak: small networks work within it
constexpr std::size_t kMapped = 2 * kHugePage;            // from here on blocks are mapped one by one, so that freed ones do not stay in the C library's heap

// In front of the values, and as long as a cache line so that they stay aligned.
struct alignas(64) Header {
  std::size_t size;
};

class Store {
 public:
  Header* take(std::size_t size) {
    std::size_t most_before = 0;
    if (size >= kSmallest) {
      const std::lock_guard<std::mutex> lock(mutex_);
      most_before = most_;
      used_ += size;
      most_ = std::max(most_, used_);
      // The newest block of that size: it is the likeliest to be in the processor's cache.
      const auto found = by_size_.find(size);
      if (found != by_size_.end()) {
        const auto entry = found->second.back();
        Header* block = *entry;
        forget(entry);
        return block;
      }
      shrink(allowed());
    }
    void* block = allocate(size);
    if (block == nullptr) {
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        shrink(0);
      }
      block = allocate(size);
      if (block == nullptr && size >= kSmallest) {
        const std::lock_guard<std::mutex> lock(mutex_);
        used_ -= size;
        most_ = std::max(most_before, used_);  // it never was
      }
      TORCH_CHECK(block != nullptr, "not enough memory: you tried to allocate ", size, " bytes");
    }
    return new (block) Header{size};
  }

  void give(Header* block) {
    if (block->size < kSmallest) {
      release(block);
      return;
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    used_ -= block->size;
    if (block->size > allowed()) {
      release(block);
      return;
    }
    shrink(allowed() - block->size);
    by_size_[block->size].push_back(by_age_.insert(by_age_.end(), block));
    kept_ += block->size;
  }

 private:
  using Entry = std::list<Header*>::iterator;

  static void* allocate(std::size_t size) {
    void* block = nullptr;
    if (size < kMapped) return posix_memalign(&block, alignof(Header), size) == 0 ? block : nullptr;
    // Larger than asked for by a huge page, so that it can begin at one.
    block = mmap(nullptr, size + kHugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) return nullptr;
    const auto begin = reinterpret_cast<std::uintptr_t>(block);
    const auto aligned = (begin + kHugePage - 1) / kHugePage * kHugePage;
    if (aligned > begin) munmap(block, aligned - begin);
    if (begin + kHugePage > aligned) munmap(reinterpret_cast<void*>(aligned + size), begin + kHugePage - aligned);
    madvise(reinterpret_cast<void*>(aligned), size / kHugePage * kHugePage, MADV_HUGEPAGE);
    return reinterpret_cast<void*>(aligned);
  }

  static void release(Header* block) {
    if (block->size < kMapped)
      std::free(block);
    else
      munmap(block, block->size);
  }

  // What may lie idle now.
  std::size_t allowed() const { return std::min(kLimit, std::max(kAlways, most_ - used_)); }

  // Frees the oldest blocks until no more than this is kept: what the present work needs is younger.
  void shrink(std::size_t limit) {
    while (kept_ > limit) {
      Header* block = by_age_.front();
      forget(by_age_.begin());
      release(block);
    }
  }

  void forget(Entry entry) {
    const auto found = by_size_.find((*entry)->size);
    auto& entries = found->second;
    entries.erase(std::find(entries.begin(), entries.end(), entry));
    if (entries.empty()) by_size_.erase(found);
    kept_ -= (*entry)->size;
    by_age_.erase(entry);
  }

  std::mutex mutex_;
  std::list<Header*> by_age_;
  std::map<std::size_t, std::vector<Entry>> by_size_;
  std::size_t kept_ = 0;
  std::size_t used_ = 0;
  std::size_t most_ = 0;
};

Store& store() {
  static Store* instance = new Store;  // never destroyed: tensors may outlive the end of main
  return *instance;
}

// Eight sizes for each doubling, so that at most an eighth lies idle.
std::size_t rounded(std::size_t size) {
  std::size_t step = 1;
  while (step * 16 <= size) step *= 2;
  return (size + step - 1) / step * step;
}

// The base class changed its signatures between 1.13 and 2.x; what is declared here fits all of them.
class KeepingAllocator final : public c10::Allocator {
 public:
  c10::DataPtr allocate(std::size_t bytes) const { return make(bytes); }
  c10::DataPtr allocate(std::size_t bytes) { return make(bytes); }
  void copy_data(void* target, const void* source, std::size_t bytes) const { std::memcpy(target, source, bytes); }

  c10::DeleterFnPtr raw_deleter() const { return free; }

 private:
  static c10::DataPtr make(std::size_t bytes) {
    const c10::Device device(c10::DeviceType::CPU);
    if (bytes == 0) return {nullptr, nullptr, free, device};
    void* values = store().take(rounded(bytes + sizeof(Header))) + 1;
    return {values, values, free, device};
  }

  static void free(void* values) {
    if (values != nullptr) store().give(static_cast<Header*>(values) - 1);
  }
};

const bool registered = [] {
  c10::SetCPUAllocator(new KeepingAllocator, 1);
  return true;
}();

}  // namespace
