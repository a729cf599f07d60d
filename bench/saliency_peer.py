"""One saliency map of one 224 x 224 picture by captum or pytorch-grad-cam: the peer of the same map in this project.

    PYTHONPATH=CAPTUM:PYTORCH_GRAD_CAM python3 bench/saliency_peer.py ig --threads 2 --passes 5

Random weights; prints one JSON line a pass, the first pass warms up and is not printed. --chunk is how many altered copies go through the
network together (captum's internal_batch_size, nt_samples_batch_size, perturbations_per_eval; pytorch-grad-cam's batch_size).
"""
import argparse
import importlib.abc
import importlib.machinery
import json
import sys
import time
from unittest.mock import MagicMock

import torch
from torchvision import models

WARM_UP = 1
NETWORKS = {"saliency": "vgg19", "guided": "vgg19", "gradcam": "vgg19"}
LAYERS = {"vgg19": "features.35", "squeezenet1_1": "features.12"}
CHUNKS = {"ig": 10, "smoothgrad": 10, "occlusion": 8, "scorecam": 16, "ablationcam": 32}


class Absent(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands in for packages that the peers import and these maps do not need."""
    names = ("tqdm", "matplotlib", "mpl_toolkits", "scipy", "sklearn", "ttach")

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in self.names:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = MagicMock()
        module.__path__ = []
        module.__spec__ = spec
        if spec.name == "tqdm":
            module.tqdm = module.auto.tqdm = lambda items, *_, **__: items
        return module

    def exec_module(self, module):
        pass


def grad_cam(name, model, layer, x, chunk):
    import pytorch_grad_cam
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
    kind = getattr(pytorch_grad_cam, {"gradcam": "GradCAM", "scorecam": "ScoreCAM", "ablationcam": "AblationCAM"}[name])

    def run():
        with kind(model=model, target_layers=[layer]) as cam:
            cam.batch_size = chunk
            cam(input_tensor=x, targets=[ClassifierOutputTarget(3)])
    return run


def attribution(name, model, x, chunk):
    from captum import attr
    if name == "saliency":
        return lambda: attr.Saliency(model).attribute(x, 3)
    if name == "guided":
        return lambda: attr.GuidedBackprop(model).attribute(x, 3)
    if name == "ig":
        return lambda: attr.IntegratedGradients(model).attribute(x, torch.zeros_like(x), 3, n_steps=50, internal_batch_size=chunk)
    if name == "smoothgrad":
        deviation = 0.15 * float(x.max() - x.min())
        return lambda: attr.NoiseTunnel(attr.Saliency(model)).attribute(x, nt_samples=50, nt_samples_batch_size=chunk, stdevs=deviation, target=3)
    return lambda: attr.Occlusion(model).attribute(x, (3, 32, 32), (3, 16, 16), 0.0, 3, perturbations_per_eval=chunk)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("method", choices=["saliency", "saliency-bfloat16", "guided", "gradcam", "ig", "smoothgrad", "occlusion", "scorecam", "ablationcam"])
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--passes", type=int, default=5)
    parser.add_argument("--chunk", type=int)
    options = parser.parse_args()
    # The peers compute in float32.
    options.method = options.method.removesuffix("-bfloat16")
    sys.meta_path.append(Absent())
    torch.set_num_threads(options.threads)
    name = NETWORKS.get(options.method, "squeezenet1_1")
    model = getattr(models, name)(weights=None).eval()
    for module in model.modules():
        if isinstance(module, torch.nn.ReLU) and options.method == "guided":
            module.inplace = False
    for parameter in model.parameters():
        parameter.requires_grad_("cam" in options.method)
    x = torch.rand(1, 3, 224, 224) - 0.5
    chunk = options.chunk or CHUNKS.get(options.method)
    if "cam" in options.method:
        run = grad_cam(options.method, model, dict(model.named_modules())[LAYERS[name]], x, chunk or 32)
    else:
        run = attribution(options.method, model, x, chunk)
    for i in range(-WARM_UP, options.passes):
        processor, start = time.process_time(), time.perf_counter()
        run()
        seconds, processor = time.perf_counter() - start, time.process_time() - processor
        if i >= 0:
            print(json.dumps({"pass": i, "seconds": seconds, "processor": processor}), flush=True)


if __name__ == "__main__":
    main()
