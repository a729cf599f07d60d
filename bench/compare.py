"""Compares CnnViz with PyTorch on this machine, in turns: ours, the peer, ours, the peer … so that both see the same weather.

    python3 bench/compare.py lenet --data MNIST_FOLDER     an epoch of LeNet-5
    python3 bench/compare.py vgg19                         a forward pass of VGG-19
    python3 bench/compare.py saliency --method ig          a map by captum or pytorch-grad-cam (PYTHONPATH: where they lie); bench/saliency_peer.py names the methods
    python3 bench/compare.py dream                         eight steps of a dream at 1024 x 768; --method parameters: PyTorch with gradients of the parameters, too
    python3 bench/compare.py style                         a step of style transfer with VGG-19 at 256 x 256, and the memory of one at 512 x 512
    python3 bench/compare.py attacks                       ten steps of PGD on 16 pictures of 224 x 224 by SqueezeNet 1.1
    python3 bench/compare.py minimal --data MNIST_FOLDER --weights mnist_cnn.pt    the smallest changes by Carlini and Wagner's search and by DeepFool, 100 digits
    python3 bench/compare.py operators                     a call of a small operator
    python3 bench/compare.py plain --data MNIST_FOLDER     all but operators, load and memory against plain loops over TorchSharp, in one process each
    python3 bench/compare.py load --data FOLDER            an import of VGG-19's weights (bench/load_peer.py write FOLDER)
    python3 bench/compare.py memory                        300 passes in a loop, and the peak of ten saliency maps
    python3 bench/compare.py predict --weights mobilenet_v2.pth --data PICTURES     MobileNetV2's answers for a folder of pictures, in pwsh

The peer counts at its best of 1 and 2 threads. Prints a line a turn and at the end the median of the ratios with its quartiles.
Build first: dotnet build bench/CnnViz.Bench -c Release. python3 must have torch.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = os.path.join(HERE, "CnnViz.Bench", "bin", "Release", "net10.0", "CnnViz.Bench")


def lines(command):
    """The JSON lines that a command prints."""
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def seconds(command):
    """The median seconds of the lines that a command prints."""
    return statistics.median(line["seconds"] for line in lines(command))


def peer(script, *arguments):
    return [sys.executable, os.path.join(HERE, script), *map(str, arguments)]


def ratios(ours, theirs, turns):
    """Runs ours and the peers in turns; each ratio is the best of ours over the best of theirs in one turn."""
    found = []
    for turn in range(turns):
        mine = min(seconds(command) for command in ours)
        other = min(seconds(command) for command in theirs)
        found.append(mine / other)
        print(f"turn {turn + 1}: ours {mine:.3f} s, PyTorch {other:.3f} s, ratio {mine / other:.2f}", flush=True)
    low, middle, high = statistics.quantiles(found, n=4) if len(found) > 1 else found * 3
    print(f"median ratio {middle:.2f} (quartiles {low:.2f} to {high:.2f})")


def operators(turns):
    costs = {}
    for _ in range(turns):
        for who, command in (("ours", [OURS, "operators"]), ("python", peer("operator_peer.py"))):
            for line in lines(command):
                key = f"{line['operator']}{' with grad' if line['grad'] else ''}"
                costs.setdefault(key, {}).setdefault(who, []).append(line["microseconds"])
    for key, by_whom in costs.items():
        ours, python = (statistics.median(by_whom[who]) for who in ("ours", "python"))
        print(f"{key:22} ours {ours:6.2f} µs, PyTorch {python:6.2f} µs, ratio {ours / python:.2f}")


def plain(folder, turns):
    """The same work as a plain loop over TorchSharp, in turns within one process, on one thread and on two."""
    for what in ("lenet", "vgg19", "saliency", "gradcam", "pgd", "dream", "style"):
        for threads in ("1", "2"):
            found = lines([OURS, "plain", what, threads, str(turns), *([folder] if what == "lenet" else [])])
            low, middle, high = statistics.quantiles([line["ratio"] for line in found], n=4)
            ours, other = (statistics.median(line[who] for line in found) for who in ("ours", "plain"))
            print(f"{what:9} {threads} threads: ours {ours:.3f} s, plain {other:.3f} s, ratio {middle:.2f} (quartiles {low:.2f} to {high:.2f})", flush=True)


def style(turns):
    """Ours in float32 and, last, in bfloat16 against PyTorch without and with gradients of the parameters; memory against the latter."""
    ours = {precision: [[OURS, "style", precision, "256", threads, "3"] for threads in ("1", "2")] for precision in ("float32", "bfloat16")}
    theirs = {name: [peer("style_peer.py", "--threads", threads, "--passes", 3, *options) for threads in (1, 2)]
              for name, options in (("without gradients of parameters", ()), ("with gradients of parameters", ("--gradients",)))}
    for precision, name in (("float32", "without gradients of parameters"), ("float32", "with gradients of parameters"),
                            ("bfloat16", "without gradients of parameters")):
        print(f"ours in {precision}, PyTorch {name}")
        ratios(ours[precision], theirs[name], turns)
    mine = lines([OURS, "style", "float32", "512", "2", "2"])[-1]["peak_mb"]
    other = lines(peer("style_peer.py", "--size", 512, "--threads", 2, "--passes", 2, "--gradients"))[-1]["peak_mb"]
    print(f"peak memory at 512 x 512: ours {mine} MB, PyTorch with gradients of parameters {other} MB, ratio {mine / other:.2f}")


def minimal(folder, weights):
    """L2 where both fool: ours of the picture as a file keeps it, the peer's of the picture as it is (what survives rounding is less)."""
    ours = {line["method"]: line for line in lines([OURS, "minimal", folder, weights, "100"])}
    theirs = {line["method"]: line for line in lines(peer("attack_peer.py", "minimal", "--data", folder, "--weights", weights))}
    for method, mine in ours.items():
        other = theirs[method]
        pairs = [pair for pair in zip(mine["saved"], other["l2"]) if None not in pair]
        means = [statistics.mean(values) for values in zip(*pairs)]
        print(f"{method}: ours fools {sum(length is not None for length in mine['saved'])} as saved in {mine['seconds']:.0f} s, "
              f"PyTorch {sum(length is not None for length in other['l2'])}, as saved {sum(length is not None for length in other['saved'])}, "
              f"in {other['seconds']:.0f} s; mean L2 of {len(pairs)}: ours {means[0]:.4f}, PyTorch {means[1]:.4f}, ratio {means[0] / means[1]:.3f}")


def load(folder, turns):
    """Both of our formats against torch.load and load_state_dict, without and with the construction of the network that they need."""
    pth = os.path.join(folder, "vgg19.pth")
    commands = {"safetensors": [OURS, "load", os.path.join(folder, "vgg19.safetensors")], "pth": [OURS, "load", pth], "PyTorch": peer("load_peer.py", pth)}
    found = {who: [] for who in commands}
    for turn in range(turns):
        for who, command in commands.items():
            found[who] += lines(command)
        print(f"turn {turn + 1}: " + ", ".join(f"{who} {found[who][-1]['seconds']:.3f} s" for who in found), flush=True)
    for who in ("safetensors", "pth"):
        pairs = list(zip(found[who], found["PyTorch"]))
        plain = statistics.median(ours["seconds"] / theirs["seconds"] for ours, theirs in pairs)
        processor = statistics.median(ours["processor"] / theirs["processor"] for ours, theirs in pairs)
        whole = statistics.median(ours["seconds"] / (theirs["seconds"] + theirs["construction"]) for ours, theirs in pairs)
        print(f"{who}: ratio {plain:.2f}, of processor time {processor:.2f}, with PyTorch's construction of the network {whole:.2f}, "
              f"peak memory {max(ours['peak_over_file'] for ours in found[who]):.2f} of the file "
              f"(PyTorch {max(theirs['peak_over_file'] for theirs in found['PyTorch']):.2f})")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["lenet", "vgg19", "saliency", "dream", "style", "attacks", "minimal", "operators", "plain", "load", "memory", "predict"])
    parser.add_argument("--data", help="folder with MNIST's IDX files, with pictures, or with vgg19.safetensors and vgg19.pth")
    parser.add_argument("--weights", help="MobileNetV2's weights, as torchvision has them; for minimal those of the MNIST network")
    parser.add_argument("--method", default="saliency", help="the method of saliency maps; for a dream, 'parameters'")
    parser.add_argument("--epochs", type=int, default=1, help="epochs of LeNet-5 in a turn, of which the median counts")
    parser.add_argument("--turns", type=int, help="how often each runs")
    options = parser.parse_args()
    if options.what == "lenet":
        ratios([[OURS, "lenet", options.data, threads, str(options.epochs)] for threads in ("1", "2")],
               [peer("lenet_peer.py", "--data", options.data, "--threads", threads, "--epochs", options.epochs) for threads in (1, 2)], options.turns or 5)
    elif options.what == "vgg19":
        ratios([[OURS, "vgg19", "1", "5"], [OURS, "vgg19", "2", "5"]],
               [peer("vgg19_peer.py", "--threads", threads, "--passes", 5) for threads in (1, 2)], options.turns or 15)
    elif options.what == "saliency":
        ratios([[OURS, "saliency", options.method, threads, "3"] for threads in ("1", "2")],
               [peer("saliency_peer.py", options.method, "--threads", threads, "--passes", 3) for threads in (1, 2)], options.turns or 5)
    elif options.what == "dream":
        keep = ["--parameters"] if options.method == "parameters" else []
        ratios([[OURS, "dream", threads, "1"] for threads in ("1", "2")],
               [peer("dream_peer.py", "--threads", threads, "--passes", 1, *keep) for threads in (1, 2)], options.turns or 5)
    elif options.what == "style":
        style(options.turns or 5)
    elif options.what == "attacks":
        ratios([[OURS, "attacks", threads, "3"] for threads in ("1", "2")],
               [peer("attack_peer.py", "pgd", "--threads", threads, "--passes", 3) for threads in (1, 2)], options.turns or 5)
    elif options.what == "minimal":
        minimal(options.data, options.weights)
    elif options.what == "load":
        load(options.data, options.turns or 5)
    elif options.what == "predict":
        ours = ["pwsh", "-NoProfile", os.path.join(HERE, "predict.ps1"), options.weights, options.data]
        ratios([["env", f"OMP_NUM_THREADS={threads}", *ours] for threads in (1, 2)],
               [peer("predict_peer.py", "--weights", options.weights, "--pictures", options.data, "--threads", threads) for threads in (1, 2)],
               options.turns or 3)
    elif options.what == "plain":
        plain(options.data, options.turns or 5)
    elif options.what == "operators":
        operators(options.turns or 5)
    else:
        for line in lines([OURS, "memory"]):
            print(line)
        ours, other = (lines([OURS, "peak", "saliency", side, "2", "10"])[0]["peak_mb"] for side in ("ours", "plain"))
        print(f"peak memory of VGG-19's saliency: ours {ours} MB, plain {other} MB, ratio {ours / other:.2f}")


if __name__ == "__main__":
    main()
