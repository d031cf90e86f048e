"""Exports what train.py has learnt to the folder that the pipeline loads.

    python bundle.py --checkpoint dit.pt --output tiny

The averaged weights are taken; the graphs are checked against them, and the scheduler is the
stock one for flow matching: the prediction of the image is turned into a velocity inside the
graph.
"""

import argparse
import hashlib
import json
import pathlib

import numpy
import torch

import tiny_dit as tiny
from prompts import OTHER_WORDS

OPSET = 17
TOLERANCE = 2e-3
SHIFT = 3.0
STEPS = 20
GUIDANCE = 3.0


def write_json(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def write_configurations(folder, size):
    write_json(
        folder / "model_index.json",
        {
            "_class_name": "TinyDitPipeline",
            "num_inference_steps": STEPS,
            "guidance_scale": GUIDANCE,
        },
    )
    write_json(
        folder / "scheduler" / "scheduler_config.json",
        {
            "_class_name": "FlowMatchEulerDiscreteScheduler",
            "num_train_timesteps": 1000,
            "shift": SHIFT,
        },
    )
    write_json(
        folder / "transformer" / "config.json",
        {
            "sample_size": size.side,
            "in_channels": size.channels,
            "out_channels": size.channels,
            "patch_size": size.patch,
        },
    )
    tokenizer = folder / "tokenizer"
    tokenizer.mkdir(parents=True, exist_ok=True)
    tiny.tokenizer().save(str(tokenizer / "tokenizer.json"))
    write_json(
        tokenizer / "tokenizer_config.json",
        {"model_max_length": size.tokens, "pad_token": tiny.PAD},
    )


def export(module, inputs, names, output, path, dynamic):
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        module,
        inputs,
        str(path),
        input_names=names,
        output_names=[output],
        dynamic_axes=dynamic,
        opset_version=OPSET,
        dynamo=False,
    )


def check(path, inputs, names, expected):
    """Compares a graph with what torch says."""
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path))
    said = session.run(None, {n: i.numpy() for n, i in zip(names, inputs)})[0]
    difference = numpy.abs(said - expected.numpy()).max()
    print(f"{path.parent.name}: differs by {difference:.1e} at most")
    if not difference <= TOLERANCE:
        raise SystemExit(f"{path} is not what torch computes.")


@torch.no_grad()
def write_graphs(folder, model, size):
    batch = 3
    generator = torch.Generator().manual_seed(1)
    lengths = torch.tensor([[2], [9], [size.tokens]])
    mask = (torch.arange(size.tokens) < lengths).long()
    ids = torch.randint(
        3, 3 + len(OTHER_WORDS), (batch, size.tokens), generator=generator
    )
    ids = ids * mask
    names = ["input_ids", "attention_mask"]
    states = model.text_encoder(ids, mask)
    path = folder / "text_encoder" / "model.onnx"
    rows = {0: "batch"}
    export(
        model.text_encoder,
        (ids, mask),
        names,
        "last_hidden_state",
        path,
        {name: rows for name in [*names, "last_hidden_state"]},
    )
    check(path, (ids, mask), names, states)

    velocity = tiny.Velocity(model.transformer)
    noisy = torch.randn(batch, size.channels, size.side, size.side, generator=generator)
    inputs = (noisy, states, torch.tensor([1000.0, 500.0, 20.0]), mask)
    names = [
        "hidden_states",
        "encoder_hidden_states",
        "timestep",
        "encoder_attention_mask",
    ]
    expected = velocity(*inputs)
    path = folder / "transformer" / "model.onnx"
    export(
        velocity,
        inputs,
        names,
        "out_sample",
        path,
        {name: rows for name in [*names, "out_sample"]},
    )
    check(path, inputs, names, expected)


def write_manifest(folder):
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    )
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n"
        for path in files
    ]
    (folder / "SHA256SUMS").write_text(
        "".join(sorted(lines, key=lambda line: line[66:])), encoding="utf-8"
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", required=True, help="file that train.py wrote")
    parser.add_argument("--output", required=True, help="folder to write")
    options = parser.parse_args()

    size = tiny.Size()
    model = tiny.TinyDit(size, tiny.tokenizer().get_vocab_size())
    saved = torch.load(options.checkpoint, weights_only=True)
    model.load_state_dict(saved["average"])
    model.eval()
    folder = pathlib.Path(options.output)
    write_configurations(folder, size)
    write_graphs(folder, model, size)
    write_manifest(folder)
    print(f"step {saved['step']}: {folder}")


if __name__ == "__main__":
    main()
