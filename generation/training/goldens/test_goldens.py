import base64
import json
import pathlib

import pytest

diffusers = pytest.importorskip("diffusers")
numpy = pytest.importorskip("numpy")

import schedulers  # noqa: E402

RESOURCES = pathlib.Path(__file__).parents[2] / "src/test/resources"
GOLDENS = json.loads(
    (RESOURCES / "dev/darkroom/generation/scheduler/goldens.json").read_text()
)
CASES = schedulers.listed()


def values(text):
    return numpy.frombuffer(base64.b64decode(text), "<f4").astype(float)


def test_there_is_a_golden_for_every_case():
    assert [golden["name"] for golden in GOLDENS] == [case["name"] for case in CASES]


@pytest.mark.parametrize("index", range(0, len(CASES), 4))
def test_diffusers_still_gives_the_goldens(index):
    golden = GOLDENS[index]
    now = schedulers.golden(CASES[index], golden["seed"])
    assert now["timesteps"] == golden["timesteps"]
    expected = values(golden["rounded"])
    difference = numpy.abs(values(now["rounded"]) - expected).max()
    assert difference <= 1e-5 * numpy.abs(expected).max()
