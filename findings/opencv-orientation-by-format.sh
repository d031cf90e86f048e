#!/usr/bin/env bash
# Whether OpenCV's imread turns a picture upright that is stored on its side (EXIF orientation 6) depends on the
# file's format and on OpenCV's major version, and a TIFF of that kind is not read at all.
#
# The pictures: 80 x 40 pixels, to be shown 40 x 80, as Pillow 12.0.0 writes them. Seen with
# opencv-python-headless 4.12.0.88 and 5.0.0.93:
# - JPEG and PNG (eXIf) are turned by both; so 40 x 80.
# - WebP is left on its side by 4.12 and turned by 5.0: the same data set has other shapes after an upgrade.
# - AVIF is left on its side by both.
# - TIFF (orientation is a tag of its own): imread returns None by both; the same file with orientation 1 is read.
# Pillow's ImageOps.exif_transpose gives 40 x 80 for all five.
#
# Needs bash and python3 with venv. Fails where anything else is seen.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > write.py <<'PY'
from PIL import Image, ImageOps

ORIENTATION = 0x0112
for orientation in (1, 6):
    picture = Image.new("RGB", (80, 40), "white")
    picture.paste("black", (0, 20, 80, 40))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    for ending in ("jpg", "png", "webp", "avif"):
        picture.save(f"{orientation}.{ending}", exif=exif)
    picture.save(f"{orientation}.tif", tiffinfo={ORIENTATION: orientation})
    for ending in ("jpg", "png", "webp", "avif", "tif"):
        shown = ImageOps.exif_transpose(Image.open(f"{orientation}.{ending}")).size
        assert shown == ((80, 40) if orientation == 1 else (40, 80)), (ending, shown)
PY
cat > read.py <<'PY'
import cv2

for ending in ("jpg", "png", "webp", "avif", "tif"):
    sizes = []
    for orientation in (1, 6):
        picture = cv2.imread(f"{orientation}.{ending}")
        sizes.append("none" if picture is None else "%dx%d" % picture.shape[1::-1])
    print(cv2.__version__, ending, *sizes)
PY

for opencv in 4.12.0.88 5.0.0.93; do
  python3 -m venv "$opencv"
  "$opencv/bin/pip" -q install pillow==12.0.0 "opencv-python-headless==$opencv"
  "$opencv/bin/python" write.py
  OPENCV_LOG_LEVEL=SILENT "$opencv/bin/python" read.py
done | tee seen

cat > expected <<'TXT'
4.12.0 jpg 80x40 40x80
4.12.0 png 80x40 40x80
4.12.0 webp 80x40 80x40
4.12.0 avif 80x40 80x40
4.12.0 tif 80x40 none
5.0.0 jpg 80x40 40x80
5.0.0 png 80x40 40x80
5.0.0 webp 80x40 40x80
5.0.0 avif 80x40 80x40
5.0.0 tif 80x40 none
TXT
diff expected seen && echo "seen as stated: what is upright depends on format and version"
