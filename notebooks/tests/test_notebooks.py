"""Each notebook runs, and what it finds is right."""

import base64
import io
import re

from PIL import Image


def shown(notebook):
    """The images that a notebook shows: the first word of the text, and pixels."""
    pattern = r'alt="([^":]*)[^"]*"[^>]*src="data:image/png;base64,([^"]+)"'
    html = "".join(
        output.data.get("text/html", "")
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type in ("display_data", "execute_result")
    )
    return {
        label: Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
        for label, data in re.findall(pattern, html)
    }


def charts(notebook):
    return [
        output.data["image/svg+xml"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "image/svg+xml" in output.get("data", {})
    ]


def recaptioned(execute):
    return execute("02-recaption")


def test_quick_start(execute):
    notebook, found = execute("01-quick-start")
    assert found["scenes"] == found["damaged_told"] == found["rows_in_delta"] == 12
    assert found["nouns_in_descriptions"] > 2 * found["nouns_in_captions"] > 0
    assert {image.size for image in shown(notebook).values()} == {(128, 128)}


def test_recaption(execute):
    notebook, found = recaptioned(execute)
    assert found["captions"] == 12
    assert found["looked_at"] == found["same_in_table"] == 6
    assert found["first"].startswith("The image features three medium striped purple")
    assert len(shown(notebook)) == 6


def test_noun_density(execute):
    recaptioned(execute)
    notebook, found = execute("03-noun-density", threshold=2, top=5)
    assert found["captions"] == 12
    assert found["average_after"] > 2 * found["average_before"] > 0
    assert found["valid_after"] > found["valid_before"]
    assert len(found["top"]) == 5
    assert "image" in found["top"]
    density, nouns, ranks = charts(notebook)
    assert "distinct nouns (DN)" in density
    assert all(noun in nouns for noun in found["top"])
    assert "occurrences" in ranks


def test_compressed_lake(execute):
    originals = shown(recaptioned(execute)[0])
    notebook, found = execute("04-compressed-lake", sample=12)
    assert sum(found["images"].values()) == 12
    assert found["images"]["iflow"] > 0
    assert found["bytes_after"] < found["bytes_before"]
    decoded = shown(notebook)
    assert decoded.keys() == found["shown"].keys()
    assert len(decoded) == 12 - found["images"].get("zstd", 0)
    compared = decoded.keys() & originals.keys()
    assert {found["shown"][name] for name in compared} == {"iflow", "stored"}
    for name in compared:
        assert originals[name].tobytes() == decoded[name].tobytes(), name


def test_generate_and_score(execute):
    prompts = ["a red circle", "a blue square above a green star"]
    notebook, found = execute(
        "05-generate-and-score", prompts=prompts, seeds="0..1", steps=8
    )
    assert found["images"] == 4
    assert found["prompts"] == sorted(prompts)
    assert {"color", "shape", "spatial"} <= found["scores"].keys()
    assert all(0 <= score <= 1 for score in found["scores"].values())
    assert found["scores"]["shape"] > 0
    assert {image.size for image in shown(notebook).values()} == {(48, 48)}
    (chart,) = charts(notebook)
    assert "mean score" in chart
