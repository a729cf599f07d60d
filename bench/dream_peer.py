"""Two steps at each of four sizes of a dream of 1024 x 768 pixels by SqueezeNet 1.1 in PyTorch: the peer of the same loop in this project.

    python3 bench/dream_peer.py --threads 2 --passes 3

Google's loop of 2015: half the squared norm of features.10, a random shift, the gradient over the mean of its magnitudes, steps of 1.5 of 255, detail
carried from size to size. Random weights; prints one JSON line a pass, the first pass warms up and is not printed. --parameters: the parameters ask for
gradients, as they do unless they are told not to.
"""
import argparse
import json
import random
import time

import torch
from torch.nn.functional import interpolate
from torchvision import models

WARM_UP = 1
LAYER, STEPS, OCTAVES, SCALE, JITTER, STEP_SIZE = 10, 2, 4, 1.4, 32, 1.5 / 255
MEAN, DEVIATION = (torch.tensor(values).view(1, 3, 1, 1) for values in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]))


def dream(front, original):
    height, width = original.shape[2:]
    detail = None
    for octave in range(OCTAVES):
        size = [round(side * SCALE ** (octave + 1 - OCTAVES)) for side in (height, width)]
        base = interpolate(original, size, mode="bilinear", antialias=True)
        image = base if detail is None else base + interpolate(detail, size, mode="bilinear")
        for _ in range(STEPS):
            shift = [random.randint(-JITTER, JITTER) for _ in range(2)]
            image = image.detach().requires_grad_()
            activity = front((image.roll(shift, (2, 3)) - MEAN) / DEVIATION)
            front.zero_grad(set_to_none=True)
            (0.5 * activity.square().sum()).backward()
            with torch.no_grad():
                image = (image + STEP_SIZE * image.grad / image.grad.abs().mean()).clamp(0, 1)
        detail = image - base
    return image


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--parameters", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    front = models.squeezenet1_1(weights=None).eval().features[:LAYER + 1]
    for parameter in front.parameters():
        parameter.requires_grad_(options.parameters)
    original = torch.rand(1, 3, 768, 1024)
    for i in range(-WARM_UP, options.passes):
        processor, start = time.process_time(), time.perf_counter()
        dream(front, original)
        seconds, processor = time.perf_counter() - start, time.process_time() - processor
        if i >= 0:
            print(json.dumps({"pass": i, "seconds": seconds, "processor": processor}), flush=True)


if __name__ == "__main__":
    main()
