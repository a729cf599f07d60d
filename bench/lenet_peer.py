"""LeNet-5 training the natural PyTorch way: the peer of `cnnviz` training in a side-by-side benchmark.

The network is the Thesis variant: 28x28 digits in [0, 1], conv 6@5x5 with padding 2, batch norm, tanh, max-pool 2,
conv 16@5x5, batch norm, tanh, max-pool 2, dropout 0.4 and 0.3, dense 400-120-84-10 with tanh between; softmax
cross-entropy, Adam 1e-3, batch 256, a new random order every epoch. The images lie in memory as one float tensor.

Prints one JSON line an epoch: seconds is the wall time of its training steps alone (no loading, no testing), loss the
mean over its images, test_accuracy the share of test digits whose largest logit is the label.

    python3 bench/lenet_peer.py --data MNIST_FOLDER --threads 2 --epochs 5 --seed 0
"""
import argparse
import gzip
import json
import os
import time

import numpy
import torch
from torch import nn


def read_idx(path):
    """The array of unsigned bytes in a gzipped IDX file."""
    with gzip.open(path) as file:
        content = file.read()
    dimensions = content[3]
    shape = numpy.frombuffer(content, ">i4", dimensions, 4)
    return torch.from_numpy(numpy.frombuffer(content, numpy.uint8, offset=4 + 4 * dimensions).reshape(shape).copy())


def read_set(folder, name):
    """Images N x 1 x 28 x 28 in [0, 1] and labels of one set: train or t10k."""
    images = read_idx(os.path.join(folder, f"{name}-images-idx3-ubyte.gz"))
    labels = read_idx(os.path.join(folder, f"{name}-labels-idx1-ubyte.gz"))
    return images.unsqueeze(1).float() / 255, labels.long()


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.BatchNorm2d(6), nn.Tanh(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.BatchNorm2d(16), nn.Tanh(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.4), nn.Dropout(0.3),
        nn.Linear(400, 400), nn.Tanh(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10))


def train_epoch(network, optimizer, images, labels, batch):
    """One pass over the images in random order; returns the mean loss."""
    network.train()
    total = 0.0
    order = torch.randperm(len(images))
    for start in range(0, len(images), batch):
        chosen = order[start:start + batch]
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(images[chosen]), labels[chosen])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(chosen)
    return total / len(images)


@torch.no_grad()
def accuracy(network, images, labels):
    network.eval()
    right = sum((network(x).argmax(1) == y).sum().item() for x, y in zip(images.split(1000), labels.split(1000)))
    return right / len(images)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, help="folder of the gzipped MNIST IDX files")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    images, labels = read_set(options.data, "train")
    test_images, test_labels = read_set(options.data, "t10k")
    network = lenet()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    for epoch in range(1, options.epochs + 1):
        start = time.perf_counter()
        loss = train_epoch(network, optimizer, images, labels, options.batch)
        seconds = time.perf_counter() - start
        print(json.dumps({"epoch": epoch, "seconds": round(seconds, 3), "loss": round(loss, 5),
                          "test_accuracy": accuracy(network, test_images, test_labels)}), flush=True)


if __name__ == "__main__":
    main()
