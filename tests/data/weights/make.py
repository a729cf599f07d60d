"""Writes the weight files beside it, with PyTorch 1.13.1: python3 make.py.

They are committed, so that tests need no Python. What is in them is said in README.md; every value follows from a formula.
"""
import collections
import io
import os
import pickle
import unittest.mock
import zipfile

import torch
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))


def at(name):
    return os.path.join(HERE, name)


def both(value, name, protocol=2):
    """The same object in the format since 1.6 and in the older one."""
    torch.save(value, at(f"{name}.pth"), pickle_protocol=protocol)
    torch.save(value, at(f"{name}-old.pth"), pickle_protocol=protocol, _use_new_zipfile_serialization=False)


class Net(nn.Module):
    """A module whose file is its class and not its weights."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(2))


class Call:
    """Pickles as a call of any function of Python."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def types():
    values = torch.arange(-3, 4)
    return collections.OrderedDict(
        (str(kind).split(".")[1], (values if kind.is_signed else values.abs()).to(kind) * (1 if not kind.is_floating_point else 0.5))
        for kind in (torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8)
    ) | {"bool": values > 0, "number": torch.tensor(7), "empty": torch.zeros(0, 3)}


def views():
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    return {
        "base": base, "same": base, "row": base[2], "column": base[:, 1], "turned": base.t(), "part": base[1:3, 2:5],
        "every other": base[::2, ::3], "repeated": torch.tensor([5.0]).expand(3, 2), "parameter": nn.Parameter(base[0] * 2),
    }


def lenet_like():
    """The entries of LeNet-5 as a checkpoint of a wrapped model has them: before 0.4.1, so without num_batches_tracked."""
    shapes = {
        "conv1.weight": (6, 1, 5, 5), "conv1.bias": (6,), "bn1.weight": (6,), "bn1.bias": (6,), "bn1.running_mean": (6,), "bn1.running_var": (6,),
        "conv2.weight": (16, 6, 5, 5), "conv2.bias": (16,), "bn2.weight": (16,), "bn2.bias": (16,), "bn2.running_mean": (16,), "bn2.running_var": (16,),
        "fc1.weight": (400, 400), "fc1.bias": (400,), "fc2.weight": (120, 400), "fc2.bias": (120,), "fc3.weight": (84, 120), "fc3.bias": (84,),
        "fc4.weight": (3, 84), "fc4.bias": (3,),
    }
    # Expanded from one number each, so that the file stays small.
    return collections.OrderedDict(
        ("module." + name, torch.tensor([0.5 + index]).expand(shape)) for index, (name, shape) in enumerate(shapes.items()))


def packed(name, value):
    """The archive with its files compressed, as torch.save never writes it."""
    content = io.BytesIO()
    torch.save(value, content)
    with zipfile.ZipFile(at(name), "w", zipfile.ZIP_DEFLATED) as archive, zipfile.ZipFile(content) as plain:
        for file in plain.namelist():
            archive.writestr(zipfile.ZipInfo(file), plain.read(file), zipfile.ZIP_DEFLATED)


def main():
    both(types(), "types")
    both(types(), "types-protocol4", 4)
    both(views(), "views")

    layer = nn.Conv2d(1, 2, 3)
    with torch.no_grad():
        layer.weight.copy_(torch.arange(18).reshape(2, 1, 3, 3))
        layer.bias.copy_(torch.tensor([0.25, -0.25]))
    optimiser = torch.optim.Adam(layer.parameters())
    layer(torch.ones(1, 1, 3, 3)).sum().backward()
    optimiser.step()
    both({"epoch": 12, "best_prec1": 91.25, "arch": "net", "history": [1.5, 2 ** 40, None, True], "optimizer": optimiser.state_dict(),
          "scheduler": {"milestones": collections.Counter([30, 60]), "type": torch.float32, "device": torch.device("cpu")},
          "state_dict": layer.state_dict()}, "checkpoint")

    torch.save(Net(), at("module.pth"))
    with unittest.mock.patch("inspect.getsourcefile", return_value="make.py"):  # The older format notes where a class was defined.
        torch.save(Net(), at("module-old.pth"), _use_new_zipfile_serialization=False)
    torch.jit.save(torch.jit.script(nn.Conv2d(1, 2, 3)), at("script.pt"))
    torch.save({"weight": torch.ones(2), "harm": Call(os.system, "echo harm > harm.txt")}, at("system.pth"))
    torch.save({"weight": torch.ones(2), "harm": Call(os.system, "echo harm > harm.txt")}, at("system-old.pth"), _use_new_zipfile_serialization=False)
    with open(at("system-root.pkl"), "wb") as file:
        pickle.dump(Call(eval, "open('harm.txt', 'w')"), file, 2)
    torch.save(torch.ones(2), at("single.pth"))

    packed("packed.pth", {"weight": torch.arange(2.0)})
    packed("bomb.pth", {"weight": torch.zeros(250_000)})
    # A kilobyte of values, seen as four thousand million of them.
    torch.save({"weight": torch.ones(256).expand(1 << 24, 256)}, at("swelling.pth"))

    both(lenet_like(), "wrapped")


if __name__ == "__main__":
    main()
