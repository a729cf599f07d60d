"""Draws the pictures of this folder with Pillow and NumPy, and the numbers of resize.json and resize-levels.json; see README.md."""
import json
import struct
import zlib
import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

W, H = 12, 8
y, x = np.mgrid[0:H, 0:W]
rgb = np.stack([x * 255 // (W - 1), y * 255 // (H - 1), (x + y) % 2 * 200], -1).astype(np.uint8)
picture = Image.fromarray(rgb)
grey = Image.fromarray((x * 20 + y).astype(np.uint8))

picture.save("rgb.png")
picture.save("rgb.bmp")
picture.save("rgb.tiff", compression="tiff_lzw")
picture.save("rgb.webp", lossless=True)
picture.save("rgb.jpg", quality=95, subsampling=0)
picture.save("progressive.jpg", quality=95, subsampling=0, progressive=True)
grey.save("grey.png")
grey.save("grey.jpg", quality=95)
picture.quantize(16).save("palette.png")
picture.convert("CMYK").save("cmyk.jpg", quality=95)
Image.fromarray((x % 2 * 255).astype(np.uint8)).convert("1").save("bilevel.png")

deep = (x * 5000 + y * 7).astype(np.uint16)
Image.fromarray(deep).save("grey16.png")
Image.fromarray(deep).save("grey16.tiff")



def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, width, height, depth, kind, rows):
    """A PNG that Pillow does not write: 16-bit RGB, and one that only claims to be large."""
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row.astype(">u2").tobytes() for row in rows))
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b""))


png("rgb16.png", W, H, 16, 2, np.stack([deep, deep // 2, deep // 3], -1))
png("bomb.png", 100_000, 100_000, 16, 2, [])

alpha = np.dstack([np.zeros((H, W, 3), np.uint8), (x * 255 // (W - 1)).astype(np.uint8)])
Image.fromarray(alpha, "RGBA").save("alpha.png")
Image.fromarray(alpha[..., 2:], "LA").save("grey-alpha.png")

# The same upright picture under each orientation: a red corner at the upper left, 12 wide and 8 high.
upright = Image.new("RGB", (W, H), "white")
upright.paste("red", (0, 0, 4, 4))
UNDO = {1: None, 2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE,
        6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}
for orientation, undo in UNDO.items():
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = upright if undo is None else upright.transpose(undo)
    stored.save(f"orientation{orientation}.jpg", quality=95, subsampling=0, exif=exif)

frames = [Image.new("RGB", (W, H), colour) for colour in ("red", "lime", "blue")]
frames[0].save("animation.gif", save_all=True, append_images=frames[1:], duration=100, loop=0)
frames[0].save("animation.webp", save_all=True, append_images=frames[1:], duration=100, lossless=True)

text = PngInfo()
text.add_text("Author", "Zażółć", zip=False)  # Pillow makes this an iTXt chunk
text.add_text("Title", "plain")
text.add_text("Comment", "compressed " * 20, zip=True)
picture.save("text.png", pnginfo=text)
picture.save("comment.jpg", quality=95, comment=b"a comment by another program")

np.save("fortran.npy", np.asfortranarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4)))
np.save("bytes.npy", rgb)
np.save("double.npy", np.linspace(0, 1, 6).reshape(2, 3))
np.save("long.npy", np.array([-3, 0, 4_000_000_000]))

# Pillow resizes float pictures without rounding to 8 bits: these are its weights.
source = np.random.default_rng(0).random((11, 7), np.float32).round(6)
MODES = {"Bilinear": Image.BILINEAR, "Bicubic": Image.BICUBIC, "Box": Image.BOX, "Nearest": Image.NEAREST}
cases = []
for name, mode in MODES.items():
    for height, width in [(5, 3), (11, 4), (4, 7), (13, 9), (1, 1)]:
        out = np.asarray(Image.fromarray(source).resize((width, height), mode))
        cases.append({"interpolation": name, "height": height, "width": width, "values": [round(float(v), 5) for v in out.ravel()]})
json.dump({"height": 11, "width": 7, "values": [round(float(v), 6) for v in source.ravel()], "cases": cases}, open("resize.json", "w"))

# Pillow resizes pictures of 8 bits in fixed point and rounds after each pass.
levels = np.random.default_rng(5).integers(0, 256, (13, 17), dtype=np.uint8)
cases = []
for height, width, name in [(5, 7, "Bilinear"), (13, 6, "Bilinear"), (6, 17, "Bilinear"), (20, 29, "Bilinear"), (5, 7, "Bicubic"), (20, 29, "Bicubic"),
                            (4, 9, "Box"), (6, 31, "Nearest")]:
    out = np.asarray(Image.fromarray(levels).resize((width, height), MODES[name]))
    cases.append({"interpolation": name, "height": height, "width": width, "levels": out.ravel().tolist()})
json.dump({"height": 13, "width": 17, "levels": levels.ravel().tolist(), "cases": cases}, open("resize-levels.json", "w"))
