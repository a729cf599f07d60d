"""Attacks in plain PyTorch: the peers of the same attacks in this project.

    python3 bench/attack_peer.py pgd --threads 2 --passes 3                                 ten steps on 16 pictures of 224 x 224 by SqueezeNet 1.1
    python3 bench/attack_peer.py minimal --data MNIST_FOLDER --weights mnist_cnn.pt          Carlini and Wagner, and DeepFool, on the first 100 test digits

pgd makes the calls that torchattacks makes: the model in eval mode with parameters as torchvision gives them, a layer that normalises in front, the gradient of
the cross-entropy to the pictures alone. Random weights; one JSON line a pass, the first pass warms up and is not printed.
minimal follows the papers: an Adam search in the space of tanh with a binary search over the constant for each picture; and steps to the nearest border.
One JSON line a method with the L2 distance of each digit, null where it is not fooled.
"""
import argparse
import gzip
import json
import os
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torchvision import models

WARM_UP = 1
STEPS, SEARCH, CONSTANT, STEP_SIZE, LARGEST = 200, 9, 1e-3, 0.01, 1e10
CHECKS, PROGRESS = 10, 0.9999
DEEPFOOL_STEPS, OVERSHOOT = 50, 0.02


class Normalize(nn.Module):
    def __init__(self, mean, deviation):
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean).view(1, -1, 1, 1))
        self.register_buffer("deviation", torch.tensor(deviation).view(1, -1, 1, 1))

    def forward(self, x):
        return (x - self.mean) / self.deviation


class MnistCnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2, self.fc1, self.fc2 = nn.Conv2d(1, 20, 5), nn.Conv2d(20, 50, 5), nn.Linear(800, 500), nn.Linear(500, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.fc2(F.relu(self.fc1(x)))


def pgd(model, images, labels, epsilon, alpha, steps):
    adversarial = images.clone().detach()
    for _ in range(steps):
        adversarial.requires_grad = True
        cost = nn.CrossEntropyLoss()(model(adversarial), labels)
        gradient = torch.autograd.grad(cost, adversarial, retain_graph=False, create_graph=False)[0]
        adversarial = adversarial.detach() + alpha * gradient.sign()
        delta = torch.clamp(adversarial - images, min=-epsilon, max=epsilon)
        adversarial = torch.clamp(images + delta, min=0, max=1).detach()
    return adversarial


def distance(x, y):
    return (x - y).flatten(1).norm(dim=1)


def carlini_wagner(model, x, y):
    """Section VI.A of the paper, with the code's early end: the search asks ten times whether the loss still falls."""
    one_hot = F.one_hot(y, 10).bool()
    start = torch.atanh((2 * x - 1) * 0.999999)
    best, found = x.clone(), torch.full((len(x),), float("inf"))
    lower, upper, constant = torch.zeros(len(x)), torch.full((len(x),), LARGEST), torch.full((len(x),), CONSTANT)
    for _ in range(SEARCH):
        w = start.clone().requires_grad_()
        adam = torch.optim.Adam([w], lr=STEP_SIZE)
        fooled, last = torch.zeros(len(x), dtype=torch.bool), float("inf")
        for step in range(STEPS):
            pixels = (torch.tanh(w) + 1) / 2
            logits = model(pixels)
            lead = logits[one_hot] - logits.masked_fill(one_hot, -float("inf")).amax(1)
            length = (pixels - x).square().flatten(1).sum(1)
            loss = (length + constant * lead.clamp(min=0)).sum()
            with torch.no_grad():
                fools = lead < 0
                fooled |= fools
                nearer = fools & (length < found)
                found = torch.where(nearer, length, found)
                best[nearer] = pixels[nearer].detach()
            w.grad = torch.autograd.grad(loss, w)[0]
            adam.step()
            if (step + 1) % (STEPS // CHECKS) == 0:
                if loss.item() > last * PROGRESS:
                    break
                last = loss.item()
        upper = torch.where(fooled, torch.minimum(upper, constant), upper)
        lower = torch.where(fooled, lower, torch.maximum(lower, constant))
        constant = torch.where(upper < LARGEST, (lower + upper) / 2, constant * 10)
    return best


def deepfool(model, x, y):
    """Algorithm 2 of the paper, for one picture after another; the picture that is judged is cut to [0,1]."""
    results = []
    for picture, label in zip(x.split(1), y.tolist()):
        change, current = torch.zeros_like(picture), picture.clone()
        for _ in range(DEEPFOOL_STEPS):
            pixels = current.clone().requires_grad_()
            logits = model(pixels)[0]
            if logits.argmax().item() != label:
                break
            own = torch.autograd.grad(logits[label], pixels, retain_graph=True)[0]
            moves = []
            for other in range(len(logits)):
                if other == label:
                    continue
                slope = torch.autograd.grad(logits[other], pixels, retain_graph=True)[0] - own
                lead, length = (logits[other] - logits[label]).abs().item(), slope.norm()
                moves.append((lead / length, (lead + 1e-4) * slope / length ** 2))
            change = change + min(moves, key=lambda move: move[0])[1]
            current = (picture + (1 + OVERSHOOT) * change).clamp(0, 1)
        results.append(current)
    return torch.cat(results)


def digits(folder, count):
    def raw(name, offset):
        with gzip.open(os.path.join(folder, name)) as file:
            return np.frombuffer(file.read(), np.uint8, offset=offset)
    images = raw("t10k-images-idx3-ubyte.gz", 16).reshape(-1, 1, 28, 28)[:count].astype(np.float32) / 255
    return torch.from_numpy(images), torch.from_numpy(raw("t10k-labels-idx1-ubyte.gz", 8)[:count].astype(np.int64))


def minimal(options):
    net = MnistCnn()
    net.load_state_dict(torch.load(options.weights, map_location="cpu"))
    model = nn.Sequential(Normalize([0.1307], [0.3081]), net).eval().requires_grad_(False)
    x, y = digits(options.data, options.count)
    for name, attack in (("CarliniWagner", carlini_wagner), ("DeepFool", deepfool)):
        start = time.perf_counter()
        adversarial = attack(model, x, y)
        seconds = time.perf_counter() - start
        saved = torch.round(adversarial * 255) / 255
        with torch.no_grad():
            right, fools, survives = model(x).argmax(1) == y, model(adversarial).argmax(1) != y, model(saved).argmax(1) != y
        lengths, rounded = distance(adversarial, x), distance(saved, x)
        print(json.dumps({
            "method": name, "seconds": seconds,
            "l2": [lengths[i].item() if right[i] and fools[i] else None for i in range(len(x))],
            "saved": [rounded[i].item() if right[i] and survives[i] else None for i in range(len(x))],
        }), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["pgd", "minimal"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--data")
    parser.add_argument("--weights")
    parser.add_argument("--count", type=int, default=100)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    if options.what == "minimal":
        minimal(options)
        return
    model = nn.Sequential(Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]), models.squeezenet1_1(weights=None)).eval()
    images = torch.rand(16, 3, 224, 224)
    labels = torch.arange(16)
    for i in range(-WARM_UP, options.passes):
        processor, start = time.process_time(), time.perf_counter()
        pgd(model, images, labels, 8 / 255, 2 / 255, 10)
        seconds, processor = time.perf_counter() - start, time.process_time() - processor
        if i >= 0:
            print(json.dumps({"pass": i, "seconds": seconds, "processor": processor}), flush=True)


if __name__ == "__main__":
    main()
