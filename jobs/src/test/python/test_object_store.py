"""An archive on an object store: made, its originals deleted, and restored, by bin/darkroom in
Spark's local mode."""

import io
import json
import os

import numpy
import pytest
from commands import output
from object_store import KEYS
from PIL import Image

PICTURES = 3


def picture(number):
    y, x = numpy.mgrid[0:40, 0:56]
    planes = [(x * (number + 1) + y * plane) % 256 for plane in (1, 2, 3)]
    return numpy.stack(planes, -1).astype(numpy.uint8)


@pytest.fixture
def darkroom(root, store, tmp_path):
    """Runs a command and returns its closing summary."""
    conf = tmp_path / "s3.conf"
    conf.write_text(store.properties(root / "jobs/src/main/conf/local.conf"))
    environment = {
        **os.environ,
        **KEYS,
        "DARKROOM_CONF": str(conf),
        "DARKROOM_HEAP": "2g",
    }

    def run(*arguments):
        command = [root / "bin/darkroom", *arguments, "--json"]
        return json.loads(output(command, environment))

    return run


def test_an_archive_is_made_and_restored_when_its_originals_are_gone(store, darkroom):
    for i in range(PICTURES):
        file = io.BytesIO()
        Image.fromarray(picture(i)).save(file, "PNG")
        store.put(f"photos/photo {i}.png", file.getvalue())

    arguments = (
        "compress",
        "--input=s3a://lake/photos",
        "--output=s3a://lake/photo-archive",
    )
    assert darkroom(*arguments)["listed"] == PICTURES
    assert darkroom(*arguments)["skipped"] == PICTURES

    darkroom(
        "verify", "--input=s3a://lake/photo-archive", "--outcomes=s3a://lake/verified"
    )
    prune = (
        "prune",
        "--images=s3a://lake/photos",
        "--archive=s3a://lake/photo-archive",
        "--listing=s3a://lake/originals",
    )
    listed = darkroom(*prune, "--outcomes=s3a://lake/verified")
    assert (listed["may_be_deleted"], listed["kept"]) == (PICTURES, {})
    assert len(store.keys("photos/photo")) == PICTURES
    assert darkroom(*prune, "--delete")["deleted"] == PICTURES
    assert not store.keys("photos/photo")

    darkroom(
        "restore", "--input=s3a://lake/photo-archive", "--output=s3a://lake/restored"
    )
    for i in range(PICTURES):
        restored = Image.open(io.BytesIO(store.get(f"restored/photo {i}.png")))
        assert numpy.array_equal(numpy.asarray(restored), picture(i)), i
