"""Images as a notebook shows them."""

import base64
import html
from collections.abc import Iterable

from IPython.display import HTML

_TYPES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
    b"BM": "image/bmp",
}


def show_images(
    images: Iterable[tuple[bytes, str]], width: int = 128, columns: int = 4
) -> HTML:
    """Shows images side by side, each over its text.

    Args:
        images: file and text of each; any format that browsers know.
        width: of each image on the page, in CSS pixels.
        columns: images to a row.
    """
    figures = "".join(_figure(bytes(file), text, width) for file, text in images)
    return HTML(
        f'<div style="display:grid;gap:12px;grid-template-columns:'
        f'repeat({columns},{width + 24}px)">{figures}</div>'
    )


def _figure(file: bytes, text: str, width: int) -> str:
    kind = next(
        (name for start, name in _TYPES.items() if file.startswith(start)),
        "application/octet-stream",
    )
    data = base64.b64encode(file).decode("ascii")
    label = html.escape(text)
    return (
        f'<figure style="margin:0"><img width="{width}" alt="{label}" '
        f'style="image-rendering:pixelated" src="data:{kind};base64,{data}">'
        f'<figcaption style="font-size:small">{label}</figcaption></figure>'
    )
