"""Draws the images of this folder with Pillow and NumPy, and the numbers of resize.json and resize-levels.json; see README.md."""
import json
import os
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


# Pixels as Pillow decodes them: each file of pixels/ stands beside a PNG with what Pillow reads of it.
w, h = 19, 13
v, u = np.mgrid[0:h, 0:w]
waves = np.stack([128 + 127 * np.sin(u * 0.9 + v * 0.4), 128 + 127 * np.cos(v * 1.1 - u * 0.3), u * v % 7 * 40], -1)
scene = Image.fromarray(waves.clip(0, 255).astype(np.uint8))
dim = scene.convert("L")
opacity = (u * 255 // (w - 1)).astype(np.uint8)
veiled = Image.fromarray(np.dstack([np.asarray(scene), opacity]), "RGBA")


def keep(name, upright=None, mode="RGB"):
    """Writes the pixels of pixels/name, or those of upright, beside it."""
    image = Image.open(f"pixels/{name}")
    (upright or image.convert(image.mode if image.mode in ("L", "RGBA") else mode)).save(f"pixels/{name}.png")


def turned(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


TURN = {2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE,
        6: Image.ROTATE_270, 7: Image.TRANSVERSE, 8: Image.ROTATE_90}


def write(name, data):
    with open(f"pixels/{name}", "wb") as file:
        file.write(data)
    keep(name)


os.makedirs("pixels", exist_ok=True)
for name, subsampling in {"444": 0, "422": 1, "420": 2}.items():
    for quality in (40, 92):
        scene.save(f"pixels/{name}-{quality}.jpg", quality=quality, subsampling=subsampling)
        keep(f"{name}-{quality}.jpg")
scene.save("pixels/progressive.jpg", quality=80, progressive=True)
keep("progressive.jpg")
dim.save("pixels/grey.jpg", quality=80)
dim.save("pixels/grey-progressive.jpg", quality=80, progressive=True)
keep("grey.jpg")
keep("grey-progressive.jpg")
for orientation, turn in TURN.items():
    for name, source in (("420", scene), ("grey", dim)):
        file = f"{name}-orientation{orientation}.jpg"
        source.save(f"pixels/{file}", quality=80, exif=turned(orientation))
        keep(file, Image.open(f"pixels/{file}").transpose(turn))

# CMYK as Photoshop writes it (inverted, with Adobe's segment), without that segment, and as YCCK.
inks = np.asarray(scene.convert("CMYK")).copy()
inks[..., 3] = u * 12
Image.fromarray(inks, "CMYK").save("pixels/cmyk.jpg", quality=90)
keep("cmyk.jpg")
jpeg = open("pixels/cmyk.jpg", "rb").read()
start = jpeg.index(b"\xff\xee")
write("cmyk-plain.jpg", jpeg[:start] + jpeg[start + 16:])
write("ycck.jpg", jpeg[:start + 15] + b"\2" + jpeg[start + 16:])

# The same scan read as RGB, behind a preview, and behind fill bytes.
jpeg = open("pixels/420-92.jpg", "rb").read()
write("adobe-rgb.jpg", jpeg[:2] + b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0" + jpeg[2:])
preview = open("pixels/444-40.jpg", "rb").read()
write("preview.jpg", jpeg[:2] + b"\xff\xe2" + struct.pack(">H", len(preview) + 2) + preview + jpeg[2:])
write("filled.jpg", jpeg[:2] + b"\xff\xff" + jpeg[2:])

scene.save("pixels/lossy.webp", quality=70)
veiled.save("pixels/lossy-alpha.webp", quality=70)
veiled.save("pixels/lossless-alpha.webp", lossless=True, exact=True)
veiled.save("pixels/animated-alpha.webp", save_all=True, append_images=[scene.convert("RGBA")], lossless=True, exact=True)
scene.save("pixels/animated.webp", save_all=True, append_images=[scene.rotate(180)], quality=70)
scene.save("pixels/orientation6.webp", lossless=True, exif=turned(6))
for name in ("lossy", "lossy-alpha", "lossless-alpha", "animated-alpha", "animated"):
    keep(f"{name}.webp")
keep("orientation6.webp", scene.transpose(Image.ROTATE_270))

few = scene.quantize(8)
few.save("pixels/transparent.gif", transparency=2)
keep("transparent.gif", mode="RGBA")
scene.save("pixels/animated.gif", save_all=True, append_images=[scene.rotate(180), scene.rotate(90)])
keep("animated.gif")

black = dim.convert("1")
for name, compression in {"fax3": "group3", "fax4": "group4"}.items():
    black.save(f"pixels/{name}.tiff", compression=compression)
    keep(f"{name}.tiff", black.convert("L"))
few.save("pixels/palette.tiff")
scene.save("pixels/pages.tiff", save_all=True, append_images=[dim.resize((5, 5))])
veiled.save("pixels/alpha.tiff")
for name in ("palette", "pages", "alpha"):
    keep(f"{name}.tiff")
# Pillow 9.4 turns a TIFF when it loads it, so that what was stored is turned here.
scene.save("pixels/orientation8.tiff", tiffinfo={0x0112: 8})
keep("orientation8.tiff", scene.transpose(Image.ROTATE_90))

for bits in (1, 2, 4):
    indices = np.asarray(dim) >> (8 - bits)
    rows = []
    for row in indices:
        text = "".join(format(index, f"0{bits}b") for index in row)
        text += "0" * (-len(text) % 8)
        rows.append(bytes(int(text[at:at + 8], 2) for at in range(0, len(text), 8)))
    header = struct.pack(">IIBBBBB", w, h, bits, 3, 0, 0, 0)
    colours = np.random.default_rng(bits).integers(0, 256, (1 << bits, 3), dtype=np.uint8)
    body = zlib.compress(b"".join(b"\0" + row for row in rows))
    write(f"palette{bits}.png", b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"PLTE", colours.tobytes())
          + chunk(b"IDAT", body) + chunk(b"IEND", b""))

# The fourth byte of a bitmap without masks is undefined; with an alpha mask it is alpha.
bgra = np.dstack([np.asarray(scene)[::-1, :, ::-1], opacity]).tobytes()
for name, size, compression in (("undefined", 40, 0), ("alpha", 108, 3)):
    header = struct.pack("<IiiHHIIiiII", size, w, h, 1, 32, compression, len(bgra), 0, 0, 0, 0)
    if size > 40:
        header += struct.pack("<IIII", 0xff0000, 0xff00, 0xff, 0xff000000) + bytes(size - 56)
    header = b"BM" + struct.pack("<IHHI", 14 + size + len(bgra), 0, 0, 14 + size) + header
    write(f"{name}.bmp", header + bgra)


def tiff(name, order, samples):
    """A TIFF of 16 bits, grey or RGB, in one strip: Pillow writes no such colour, and grey in one byte order alone."""
    channels = samples.shape[2]
    data = samples.astype(order + "u2").tobytes()
    entries = [(256, 4, 1, W), (257, 4, 1, H), (258, 3, channels, 16 if channels == 1 else 8), (259, 3, 1, 1),
               (262, 3, 1, 1 if channels == 1 else 2), (273, 4, 1, 14), (277, 3, 1, channels), (278, 4, 1, H), (279, 4, 1, len(data))]
    directory = struct.pack(order + "H", len(entries))
    for tag, kind, count, value in entries:
        packed = struct.pack(order + ("I" if kind == 4 or count > 1 else "HH"), *([value] if kind == 4 or count > 1 else [value, 0]))
        directory += struct.pack(order + "HHI", tag, kind, count) + packed
    with open(name, "wb") as file:
        file.write((b"II" if order == "<" else b"MM") + struct.pack(order + "HIHHH", 42, 14 + len(data), 16, 16, 16) + data)
        file.write(directory + struct.pack(order + "I", 0))


for order, end in (("<", "le"), (">", "be")):
    tiff(f"grey16-{end}.tiff", order, deep[..., None])
    tiff(f"rgb16-{end}.tiff", order, np.stack([deep, deep // 2, deep // 3], -1))
