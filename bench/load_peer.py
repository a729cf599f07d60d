"""VGG-19's weights into PyTorch: the peer of the same import in this project.

    python3 bench/load_peer.py write FOLDER     writes vgg19.pth and vgg19.safetensors, 575 MB each, with formula weights
    python3 bench/load_peer.py FOLDER/vgg19.pth

Prints one JSON line: seconds is torch.load and load_state_dict, processor the time of all its threads meanwhile, construction is torchvision's vgg19() with the random weights that it fills in
and load_state_dict overwrites; peak_over_file is the peak memory above that before torch.load, the constructed network counted.
"""
import argparse
import json
import os
import struct
import time

import torch
import torchvision


def status(key):
    with open("/proc/self/status") as file:
        return 1024 * next(int(line.split()[1]) for line in file if line.startswith(key))


def write(folder):
    with torch.no_grad():
        state = torchvision.models.vgg19(init_weights=False).state_dict()
        for value in state.values():
            value.copy_(torch.arange(float(value.numel())).mul_(0.618).remainder_(1).sub_(0.5).mul_(0.02).reshape(value.shape))
    torch.save(state, os.path.join(folder, "vgg19.pth"))
    header, start = {}, 0
    for name, value in state.items():
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [start, start + 4 * value.numel()]}
        start += 4 * value.numel()
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(folder, "vgg19.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for value in state.values():
            file.write(value.numpy().data)


def load(path):
    before = status("VmRSS:")
    start = time.perf_counter()
    network = torchvision.models.vgg19()
    construction = time.perf_counter() - start
    start, processor = time.perf_counter(), time.process_time()
    network.load_state_dict(torch.load(path))
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    print(json.dumps({"seconds": round(seconds, 4), "processor": round(processor, 4), "construction": round(construction, 4),
                      "peak_over_file": round((status("VmHWM:") - before) / os.path.getsize(path), 3)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", nargs="+")
    what = parser.parse_args().what
    if what[0] == "write":
        write(what[1])
    else:
        load(what[0])


if __name__ == "__main__":
    main()
