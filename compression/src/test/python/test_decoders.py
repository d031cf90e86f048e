"""Every decoder against a second implementation: libpng, libtiff, libjpeg-turbo and libwebp,
through Pillow, tifffile and imagecodecs."""

import os
import pathlib
import subprocess

import files
import numpy
import pytest

SEED = 20_260


@pytest.fixture(scope="session")
def decode(tmp_path_factory):
    """Decodes cases by Darkroom: samples or a reason, by name."""

    def run(cases):
        source = tmp_path_factory.mktemp("files")
        target = tmp_path_factory.mktemp("samples")
        for case in cases:
            (source / case.name).write_bytes(case.file)
        done = subprocess.run(
            [
                "java",
                "-cp",
                os.environ["DARKROOM_JAR"],
                str(pathlib.Path(__file__).with_name("Decode.java")),
                str(source),
                str(target),
            ],
            check=True,
            capture_output=True,
            text=True,
        )
        results = {}
        for line in done.stdout.splitlines():
            name, *facts = line.split(" ")
            if facts[0] == "failed":
                results[name] = " ".join(facts)
                continue
            width, height, channels, depth = map(int, facts[:4])
            samples = numpy.fromfile(target / name, ">u2" if depth == 16 else "u1")
            shape = (height, width, channels)
            results[name] = samples.reshape(shape).astype(
                numpy.uint16 if depth == 16 else numpy.uint8
            )
        return results

    return run


def difference(case, samples):
    """What is wrong with samples; nothing where they are as near as the case asks."""
    if case.kept:
        kept = isinstance(samples, str) and samples.startswith("failed NOT_ONE_RASTER")
        return None if kept else "decoded, or failed otherwise"
    if isinstance(samples, str):
        return samples
    expected, found = files.rgba(case.samples), files.rgba(samples)
    if expected.shape != found.shape or expected.dtype != found.dtype:
        return f"{found.shape} {found.dtype}, not {expected.shape} {expected.dtype}"
    off = numpy.abs(expected.astype(int) - found.astype(int))
    if off.max() > case.levels:
        return f"off by up to {off.max()}, in {(off.max(-1) > case.levels).mean():.1%}"
    return None


@pytest.mark.parametrize("form", files.FORMATS)
def test_decoder_gives_the_samples_of_a_second_one(form, decode):
    cases = list(files.FORMATS[form](numpy.random.default_rng(SEED)))
    results = decode(cases)
    assert len(results) == len(cases) > 60
    wrong = {case.name: difference(case, results[case.name]) for case in cases}
    wrong = {name: reason for name, reason in wrong.items() if reason}
    assert not wrong, f"{len(wrong)} of {len(cases)}: {wrong}"
