"""Exports random pipelines and compares them with their originals."""

import json
import pathlib
import sys

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")
pytest.importorskip("sentencepiece")
onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "goldens")]

import diffusers_check  # noqa: E402
import diffusers_export  # noqa: E402
import tiny_pipelines  # noqa: E402
from diffusers_parts import PipelineParts, UnsupportedPipeline  # noqa: E402


@pytest.mark.parametrize("shape", sorted(tiny_pipelines.SHAPES))
def test_graphs_give_what_the_originals_give(shape, tmp_path):
    tiny_pipelines.save(shape, tmp_path / "saved", seed=5)
    lines = []
    target = tmp_path / "exported"
    differences = diffusers_export.export(tmp_path / "saved", target, lines.append)
    assert len(lines) == len(differences) == 3
    assert all(difference.largest < 1e-4 for difference in differences)
    assert all(difference.scale > 0.5 for difference in differences)
    for difference in differences:
        model = onnx.load(target / difference.graph / "model.onnx")
        assert model.ir_version <= 10
        assert max(o.version for o in model.opset_import if not o.domain) <= 22
    listed = {
        line.split("  ")[1] for line in (target / "SHA256SUMS").read_text().splitlines()
    }
    present = {
        file.relative_to(target).as_posix()
        for file in target.rglob("*")
        if file.is_file()
    }
    assert present == listed | {"SHA256SUMS"}
    assert {"tokenizer/tokenizer.json", "scheduler/scheduler_config.json"} <= listed


def test_a_graph_that_differs_is_refused(tmp_path):
    tiny_pipelines.save("sd15", tmp_path / "saved", seed=5)
    parts = PipelineParts(tmp_path / "saved")
    diffusers_export.write_vae(parts, tmp_path)
    diffusers_check.check_vae(parts, tmp_path).check()
    parts.vae.decoder.conv_out.bias.data += 0.1
    with pytest.raises(diffusers_check.Mismatch, match="vae_decoder: at most 1.0"):
        diffusers_check.check_vae(parts, tmp_path).check()


def test_unknown_pipelines_are_refused(tmp_path):
    with pytest.raises(UnsupportedPipeline, match="has no model_index.json"):
        PipelineParts(tmp_path)
    tiny_pipelines.save("sd15", tmp_path)
    index = tmp_path / "model_index.json"
    content = json.loads(index.read_text())
    content["text_encoder"][1] = "T5EncoderModel"
    index.write_text(json.dumps(content))
    with pytest.raises(UnsupportedPipeline, match="text_encoder is T5EncoderModel"):
        PipelineParts(tmp_path)
    content["_class_name"] = "StableDiffusionXLPipeline"
    index.write_text(json.dumps(content))
    with pytest.raises(UnsupportedPipeline, match="StableDiffusionXLPipeline"):
        PipelineParts(tmp_path)
