"""Steps of a style transfer with VGG-19 in PyTorch: the peer of the same step in this project.

    python3 bench/style_peer.py --size 256 --threads 2 --passes 5 [--gradients]

Random weights, Adam over the picture, content of relu4_2 and Gram matrices of relu1_1 to relu5_1 as neural-style has them (means of squares of
G / (C H W)), total variation. --gradients: the parameters take part in the way back, as they do where nobody tells them not to. Prints one JSON line a
step: its wall time, and the largest resident memory so far; the first two steps warm up and are not printed.
"""
import argparse
import json
import resource
import time

import torch
from torch.nn import functional as F
from vgg19_peer import vgg19

WARM_UP = 2
STYLE, CONTENT = (1, 6, 11, 20, 29), 22
MEAN, DEVIATION = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--gradients", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    network = vgg19().requires_grad_(options.gradients)
    layers = list(network)[:max(STYLE) + 1]
    mean, deviation = (torch.tensor(values).view(1, 3, 1, 1) for values in (MEAN, DEVIATION))

    def activations(image):
        x, found = (image - mean) / deviation, {}
        for i, layer in enumerate(layers):
            x = layer(x)
            if i in STYLE or i == CONTENT:
                found[i] = x
        return found

    def gram(maps):
        vectors = maps.flatten(2)[0]
        return vectors @ vectors.T / vectors.numel()

    content, style = torch.rand(1, 3, options.size, options.size), torch.rand(1, 3, options.size, options.size)
    with torch.no_grad():
        wanted = activations(content)[CONTENT]
        grams = {i: gram(maps) for i, maps in activations(style).items() if i in STYLE}
    image = content.clone().requires_grad_()
    optimizer = torch.optim.Adam([image], lr=0.02)
    for index in range(WARM_UP + options.passes):
        start = time.perf_counter()
        optimizer.zero_grad()
        found = activations(image)
        loss = 5 * F.mse_loss(found[CONTENT], wanted) + 100 * sum(F.mse_loss(gram(found[i]), grams[i]) for i in STYLE)
        loss = loss + 0.255 * ((image[..., 1:, :] - image[..., :-1, :]).abs().sum() + (image[..., 1:] - image[..., :-1]).abs().sum())
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            image.clamp_(0, 1)
        seconds = time.perf_counter() - start
        if index >= WARM_UP:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
            print(json.dumps({"pass": index - WARM_UP + 1, "seconds": round(seconds, 4), "peak_mb": round(peak)}), flush=True)


if __name__ == "__main__":
    main()
