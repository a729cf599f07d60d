"""What a call of a small operator costs from Python: the peer of the same calls from C#.

Each operator runs in a loop on one thread; its line is the median over the repeats of the time of one call in
microseconds, freeing the result included. With grad the inputs require it, so that a node is recorded; nothing is
propagated back.

    python3 bench/operator_peer.py
"""
import argparse
import json
import statistics
import time

import torch


def operators(grad):
    one = [torch.ones(1, requires_grad=grad) for _ in range(2)]
    square = [torch.ones(32, 32, requires_grad=grad) for _ in range(2)]
    matrix = [torch.ones(8, 8, requires_grad=grad) for _ in range(2)]
    return {
        "add 1": lambda: torch.add(one[0], one[1]),
        "add 32x32": lambda: torch.add(square[0], square[1]),
        "relu 32x32": lambda: torch.relu(square[0]),
        "matmul 8x8": lambda: torch.matmul(matrix[0], matrix[1]),
    }


def microseconds(call, calls, repeats):
    """Median time of one call over the repeats."""
    times = []
    for _ in range(repeats + 1):
        start = time.perf_counter()
        for _ in range(calls):
            call()
        times.append((time.perf_counter() - start) / calls * 1e6)
    return statistics.median(times[1:])  # the first repeat warms up


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=10000)
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()

    torch.set_num_threads(1)
    for grad in (False, True):
        with torch.set_grad_enabled(grad):
            for name, call in operators(grad).items():
                cost = microseconds(call, options.calls, options.repeats)
                print(json.dumps({"operator": name, "grad": grad, "microseconds": round(cost, 3)}), flush=True)


if __name__ == "__main__":
    main()
