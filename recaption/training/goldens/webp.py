"""WebP files, still and animated, and PNGs of what Pillow reads from them as RGB.

python webp.py --output ../../src/test/resources/dev/darkroom/recaption/image/files/webp
"""

import argparse
import io
import pathlib

import numpy
from PIL import Image
from pictures import picture


def encoded(image, **options):
    file = io.BytesIO()
    image.save(file, "WEBP", **options)
    return file.getvalue()


def transparent(image):
    """Half of the picture, the rest transparent and black."""
    pixels = numpy.array(image.convert("RGBA"))
    pixels[:, pixels.shape[1] // 2 :] = 0
    return Image.fromarray(pixels)


def inset():
    """An animation whose first frame leaves a border to the canvas."""
    canvas = Image.new("RGBA", (64, 48))
    canvas.paste(picture(1).resize((30, 20)), (10, 8))
    return canvas


def files():
    small = [picture(number).resize((48, 40)) for number in range(3)]
    few = picture(4).quantize(20).convert("RGBA")
    frames = {"save_all": True, "append_images": small[1:], "duration": 40}
    return {
        "lossy": encoded(small[0], quality=60),
        "lossy-alpha": encoded(transparent(small[1]), quality=60),
        "few-colours-alpha": encoded(transparent(few), lossless=True, method=6),
        "animated": encoded(small[0], quality=70, **frames),
        "animated-inset": encoded(
            inset(),
            lossless=True,
            save_all=True,
            append_images=[picture(2).resize((64, 48)).convert("RGBA")],
            duration=40,
        ),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, required=True)
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    for name, file in files().items():
        (output / f"{name}.webp").write_bytes(file)
        Image.open(io.BytesIO(file)).convert("RGB").save(output / f"{name}.png")


if __name__ == "__main__":
    main()
