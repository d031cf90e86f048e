"""Exports random checkpoints and compares them with their originals."""

import json
import pathlib
import sys

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
onnx = pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "goldens")]

import checkpoints  # noqa: E402
import export  # noqa: E402
import verify  # noqa: E402
from checkpoint import Checkpoint, UnsupportedCheckpoint  # noqa: E402


@pytest.mark.parametrize("shape", sorted(checkpoints.SHAPES))
def test_logits_are_the_originals(shape, tmp_path):
    checkpoints.save(shape, tmp_path / "checkpoint", seed=4)
    lines = []
    difference = export.export(
        tmp_path / "checkpoint", tmp_path / "exported", int8=True, log=lines.append
    )
    assert difference.features < 1e-3
    assert difference.logits < 1e-3 * difference.scale
    assert difference.agreeing == difference.compared == 2 * verify.STEPS
    assert [line.split(":")[0] for line in lines] == ["float32", "int8"]
    for graph in export.GRAPHS:
        for suffix in ("", "_int8"):
            model = onnx.load(tmp_path / "exported" / "onnx" / f"{graph}{suffix}.onnx")
            assert model.ir_version <= 10
            assert max(o.version for o in model.opset_import if not o.domain) <= 22
    for name in ("config.json", "tokenizer.json", "preprocessor_config.json"):
        assert (tmp_path / "exported" / name).is_file()


def onevision(folder):
    vision = transformers.SiglipVisionConfig(
        hidden_size=24,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=2,
        image_size=28,
        patch_size=14,
        vision_use_head=False,
    )
    text = transformers.Qwen2Config(
        vocab_size=64,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
    )
    config = transformers.LlavaOnevisionConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=3,
        image_grid_pinpoints=[[28, 28], [28, 56]],
    )
    torch.manual_seed(2)
    model = transformers.LlavaOnevisionForConditionalGeneration(config)
    torch.nn.init.normal_(model.model.image_newline)
    model.save_pretrained(folder)


def test_onevision_sees_the_base_view(tmp_path):
    onevision(tmp_path / "checkpoint")
    difference = export.export(
        tmp_path / "checkpoint", tmp_path / "exported", log=lambda line: None
    )
    assert difference.features < 1e-4
    assert difference.logits < 1e-3 * difference.scale
    with torch.no_grad():
        features = Checkpoint(tmp_path / "checkpoint").features(
            torch.zeros(2, 3, 28, 28)
        )
    assert features.shape == (2, 5, 32)


def changed(folder, change):
    config = json.loads((folder / "config.json").read_text())
    change(config)
    (folder / "config.json").write_text(json.dumps(config))


def test_unknown_checkpoints_are_refused(tmp_path):
    with pytest.raises(UnsupportedCheckpoint, match="has no config.json"):
        Checkpoint(tmp_path)
    checkpoints.save("siglip-qwen", tmp_path)
    changed(
        tmp_path,
        lambda config: config["text_config"].update(
            rope_scaling={"rope_type": "dynamic", "factor": 2.0}
        ),
    )
    with pytest.raises(UnsupportedCheckpoint, match="of type dynamic"):
        Checkpoint(tmp_path)
    changed(
        tmp_path,
        lambda config: config["text_config"].update(
            rope_scaling=None,
            use_sliding_window=True,
            max_window_layers=0,
            layer_types=["sliding_attention"] * 2,
        ),
    )
    with pytest.raises(UnsupportedCheckpoint, match="sliding-window"):
        Checkpoint(tmp_path)
    changed(tmp_path, lambda config: config.update(model_type="llava_next"))
    with pytest.raises(UnsupportedCheckpoint, match="model_type is llava_next"):
        Checkpoint(tmp_path)
