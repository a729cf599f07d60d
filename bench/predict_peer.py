"""The predictions of MobileNetV2 for a folder of pictures in PyTorch: decode with Pillow, preprocess with torchvision, forward in batches of 16."""
import argparse
import glob
import json
import os
import time

import torch
from PIL import Image
from torchvision import models, transforms

BATCH = 16


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", required=True)
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = models.mobilenet_v2()
    model.load_state_dict(torch.load(options.weights))
    model.eval()
    prepare = transforms.Compose([
        transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(),
        transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])
    paths = sorted(glob.glob(os.path.join(options.pictures, "*")))
    with torch.no_grad():
        model(torch.zeros(BATCH, 3, 224, 224))
        start = time.perf_counter()
        for first in range(0, len(paths), BATCH):
            batch = torch.stack([prepare(Image.open(path).convert("RGB")) for path in paths[first:first + BATCH]])
            model(batch).softmax(1).topk(5)
        print(json.dumps({"seconds": time.perf_counter() - start, "threads": options.threads, "pictures": len(paths)}))


if __name__ == "__main__":
    main()
