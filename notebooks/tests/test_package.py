"""The package's parts that need no Spark."""

import pytest

from darkroom.display import show_images
from darkroom.jobs import _arguments
from darkroom.places import place
from darkroom.session import jar


def test_options_are_those_of_the_command_line():
    options = {"bytes_column": "x", "column": ["a", "b"], "grid": True, "model": None}
    assert _arguments(options) == [
        "--bytes-column=x",
        "--column=a",
        "--column=b",
        "--grid",
    ]


def test_places_are_absolute(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert place("work", "images") == str(tmp_path / "work" / "images")
    assert place("s3a://bucket/x/", "images") == "s3a://bucket/x/images"


def test_text_beside_images_is_no_html():
    page = show_images([(b"\xff\xd8\xff", '<b>"')]).data
    assert "&lt;b&gt;&quot;" in page
    assert "<b>" not in page
    assert "data:image/jpeg;base64,/9j/" in page


def test_a_missing_jar_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("DARKROOM_JAR", str(tmp_path / "no.jar"))
    with pytest.raises(FileNotFoundError, match="set DARKROOM_JAR"):
        jar()
