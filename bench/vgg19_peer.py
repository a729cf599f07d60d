"""VGG-19 forward in PyTorch: the peer of the same pass in this project.

Random weights, one 224 x 224 picture, torch.no_grad, torchvision's layers without batch norm. Prints one JSON line a
pass: seconds is the wall time of the pass alone; two passes before the first line warm up and are not printed.

    python3 bench/vgg19_peer.py --threads 2 --passes 15
"""
import argparse
import json
import time

import torch
from torch import nn

CHANNELS = [64, 64, "pool", 128, 128, "pool", 256, 256, 256, 256, "pool",
            512, 512, 512, 512, "pool", 512, 512, 512, 512, "pool"]
WARM_UP = 2


def vgg19():
    layers, width = [], 3
    for channels in CHANNELS:
        if channels == "pool":
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(width, channels, 3, padding=1), nn.ReLU(inplace=True)]
            width = channels
    return nn.Sequential(
        *layers, nn.Flatten(),
        nn.Linear(512 * 7 * 7, 4096), nn.ReLU(inplace=True), nn.Dropout(),
        nn.Linear(4096, 4096), nn.ReLU(inplace=True), nn.Dropout(), nn.Linear(4096, 1000)).eval()


@torch.no_grad()
def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--passes", type=int, default=15)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    network, image = vgg19(), torch.rand(1, 3, 224, 224)
    for index in range(WARM_UP + options.passes):
        start = time.perf_counter()
        network(image)
        seconds = time.perf_counter() - start
        if index >= WARM_UP:
            print(json.dumps({"pass": index - WARM_UP + 1, "seconds": round(seconds, 4)}), flush=True)


if __name__ == "__main__":
    main()
