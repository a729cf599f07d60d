"""Compares decoded pixels and preprocessed images with Pillow and torchvision, on a folder of photos.

    python3 tests/real/photos.py PHOTOS [--pwsh PATH]

PHOTOS holds image files; subfolders are not read. The module must have been built; Pillow, NumPy and torchvision are
needed. For each photo it prints the largest deviation of the pixels in levels of 255, and of the 224 × 224 image that
a network of ImageNet gets, against Resize(256), CenterCrop(224), ToTensor. It fails if one is not 0.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image, ImageOps
from torchvision import transforms

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPORT = """
param($Module, $Photos, $Folder)
$ErrorActionPreference = 'Stop'
Import-Module $Module
$model = Import-CnnModel squeezenet1_1
foreach ($photo in Get-ChildItem -LiteralPath $Photos -File | Sort-Object Name) {
    $image = Import-CnnImage -LiteralPath $photo.FullName
    $image | Export-CnnImage -Path "$Folder/$($photo.Name).pixels.npy"
    $prediction = $image | Get-CnnPrediction -Model $model -Top 1
    $prediction.Image | Export-CnnImage -Path "$Folder/$($photo.Name).input.npy"
}
"""


def is_opaque(image):
    return image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info


def pixels_of(image):
    """The pixels in [0,1], channels first; transparency laid on white."""
    if is_opaque(image):
        levels = np.asarray(image if image.mode == "L" else image.convert("RGB"), np.float32)
        return levels[None] / np.float32(255) if levels.ndim == 2 else levels.transpose(2, 0, 1) / np.float32(255)
    levels = np.asarray(image.convert("RGBA"), np.float32) / 255
    return (levels[..., :3] * levels[..., 3:] + 1 - levels[..., 3:]).transpose(2, 0, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", type=pathlib.Path)
    parser.add_argument("--pwsh", default="pwsh")
    arguments = parser.parse_args()
    prepare = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor()])
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder, "export.ps1")
        script.write_text(EXPORT)
        module = ROOT / "CnnViz.psd1"
        subprocess.run([arguments.pwsh, "-NoProfile", "-File", script, module, arguments.photos, folder], check=True)
        for photo in sorted(path for path in arguments.photos.iterdir() if path.is_file()):
            image = ImageOps.exif_transpose(Image.open(photo))
            pixels = 255 * np.abs(np.load(f"{folder}/{photo.name}.pixels.npy") - pixels_of(image)).max()
            taken = np.load(f"{folder}/{photo.name}.input.npy")
            deviation = np.abs(taken - prepare(image.convert("RGB")).numpy()).max()
            note = "" if is_opaque(image) else "  (transparent; torchvision drops alpha)"
            print(f"{photo.name:45} {image.mode:5} pixels {pixels:.5f}  input {deviation:.7f}{note}")
            failures += pixels > 1e-4 or (is_opaque(image) and pixels + deviation > 0)
    print(f"{failures} photos deviate")
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
