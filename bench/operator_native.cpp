// What a call of a small operator costs in libtorch itself, from C++: the floor under C# and Python.
// Same operators, loops and JSON lines as operator_peer.py. Build against the libtorch that the others use:
//
//     g++ -O2 -std=c++17 bench/operator_native.cpp -o /tmp/operator_native -ltorch -ltorch_cpu -lc10
//
// (-std=c++14 is enough for libtorch 1.13; add -I and -L for one that is not in the system's own folders.)
#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

namespace {
constexpr int Calls = 10000;
constexpr int Repeats = 15;

// Median over the repeats of the microseconds of one call, freeing the result included.
template <typename Call>
double Microseconds(const Call& call) {
    std::vector<double> times;
    for (int repeat = 0; repeat <= Repeats; ++repeat) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < Calls; ++i) {
            const at::Tensor result = call();
        }
        const std::chrono::duration<double, std::micro> elapsed = std::chrono::steady_clock::now() - start;
        if (repeat > 0) {  // the first repeat warms up
            times.push_back(elapsed.count() / Calls);
        }
    }
    std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
    return times[times.size() / 2];
}

void Print(const char* name, bool grad, double microseconds) {
    std::printf("{\"operator\": \"%s\", \"grad\": %s, \"microseconds\": %.3f}\n", name, grad ? "true" : "false",
                microseconds);
    std::fflush(stdout);
}
}  // namespace

int main() {
    at::set_num_threads(1);
    for (const bool grad : {false, true}) {
        const at::AutoGradMode mode(grad);
        const auto ones = [grad](at::IntArrayRef shape) { return at::ones(shape).set_requires_grad(grad); };
        const at::Tensor one = ones({1}), other = ones({1});
        const at::Tensor square = ones({32, 32}), square2 = ones({32, 32});
        const at::Tensor matrix = ones({8, 8}), matrix2 = ones({8, 8});
        Print("add 1", grad, Microseconds([&] { return at::add(one, other); }));
        Print("add 32x32", grad, Microseconds([&] { return at::add(square, square2); }));
        Print("relu 32x32", grad, Microseconds([&] { return at::relu(square); }));
        Print("matmul 8x8", grad, Microseconds([&] { return at::matmul(matrix, matrix2); }));
    }
}
