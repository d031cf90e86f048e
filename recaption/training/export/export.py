"""Exports a LLaVA checkpoint to ONNX, in the layout that transformers.js reads.

python export.py --checkpoint llava-1.5-7b-hf --output llava-1.5-7b-onnx [--int8]

With --manifest the folder gets the SHA256SUMS that models in resources need.

Takes LlavaForConditionalGeneration (llava-1.5, llava-interleave, nanoLLaVA's kin) with
a Llama, Mistral or Qwen2 decoder and any vision tower, and of
LlavaOnevisionForConditionalGeneration the base view: an image is seen whole at the
tower's size, as in prompts with several images, without the tiles that a single image
gets there. LLaVA-NeXT, video and sliding-window attention are refused.

Writes onnx/{vision_encoder,embed_tokens,decoder_model_merged}.onnx in float32, with
--int8 also the same names ending in _int8, beside the checkpoint's own configuration
and tokenizer, and compares their image features and logits with the original's.
"""

import argparse
import hashlib
import pathlib
import shutil
import sys
import warnings

import onnx
import torch
from checkpoint import Checkpoint, UnsupportedCheckpoint
from graphs import Decoder, TokenEmbedding, VisionEncoder
from onnxruntime.quantization import QuantType, quantize_dynamic
from verify import compare

OPSET = 17
IR_VERSION = 8
LARGEST_FILE = 2**31 - 2**20
COPIED = [
    "config.json",
    "generation_config.json",
    "preprocessor_config.json",
    "processor_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "chat_template.json",
    "chat_template.jinja",
]
GRAPHS = ("vision_encoder", "embed_tokens", "decoder_model_merged")
TOLERANCE = 1e-3
MANIFEST = "SHA256SUMS"


def write_graph(module, inputs, names, outputs, axes, target):
    """Traces a module; files beyond 2 GiB keep their weights beside them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            inputs,
            str(target),  # Only for a str does PyTorch write more than 2 GiB.
            input_names=names,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    model = onnx.load(target)
    model.ir_version = IR_VERSION
    weights = sum(len(weight.raw_data) for weight in model.graph.initializer)
    external = weights > LARGEST_FILE
    for leftover in target.parent.glob(f"{target.name}_*"):
        leftover.unlink()
    onnx.save_model(
        model,
        target,
        save_as_external_data=external,
        location=f"{target.name}_data" if external else None,
    )
    onnx.checker.check_model(target)


def write_vision_encoder(checkpoint, folder):
    size = checkpoint.image_size
    write_graph(
        VisionEncoder(checkpoint),
        (torch.zeros(2, 3, size, size),),
        ["pixel_values"],
        ["image_features"],
        {"pixel_values": {0: "batch"}, "image_features": {0: "batch"}},
        folder / "vision_encoder.onnx",
    )


def write_embedding(checkpoint, folder):
    axes = {0: "batch", 1: "length"}
    write_graph(
        TokenEmbedding(checkpoint),
        (torch.ones(2, 3, dtype=torch.int64),),
        ["input_ids"],
        ["inputs_embeds"],
        {"input_ids": axes, "inputs_embeds": axes},
        folder / "embed_tokens.onnx",
    )


def write_decoder(checkpoint, folder):
    text = checkpoint.text
    decoder = Decoder(checkpoint)
    attention = decoder.layers[0].attention
    batch, length, past = 2, 3, 4
    cache = torch.zeros(batch, attention.groups, past, attention.width)
    parts = [
        f"{i}.{p}" for i in range(text.num_hidden_layers) for p in ("key", "value")
    ]
    axes = {
        "inputs_embeds": {0: "batch", 1: "length"},
        "attention_mask": {0: "batch", 1: "total"},
        "position_ids": {0: "batch", 1: "length"},
        "logits": {0: "batch", 1: "kept"},
    }
    axes |= {f"past_key_values.{part}": {0: "batch", 2: "past"} for part in parts}
    axes |= {f"present.{part}": {0: "batch", 2: "total"} for part in parts}
    write_graph(
        decoder,
        (
            torch.zeros(batch, length, text.hidden_size),
            torch.ones(batch, past + length, dtype=torch.int64),
            torch.arange(past, past + length).expand(batch, length).contiguous(),
            torch.tensor(1),
            *[cache] * len(parts),
        ),
        ["inputs_embeds", "attention_mask", "position_ids", "num_logits_to_keep"]
        + [f"past_key_values.{part}" for part in parts],
        ["logits"] + [f"present.{part}" for part in parts],
        axes,
        folder / "decoder_model_merged.onnx",
    )


def quantize(folder):
    """8-bit weights of one scale for each column; activations are scaled as they come.

    Weights keep to 7 bits: without VNNI, products of unsigned and signed bytes
    saturate.
    """
    for name in GRAPHS:
        target = folder / f"{name}_int8.onnx"
        quantize_dynamic(
            folder / f"{name}.onnx",
            target,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )


def write_manifest(target):
    """Lines of SHA-256 and path, sorted by path, as sha256sum prints them."""
    files = sorted(f for f in target.rglob("*") if f.is_file() and f.name != MANIFEST)
    lines = [
        f"{hashlib.sha256(f.read_bytes()).hexdigest()}"
        f"  {f.relative_to(target).as_posix()}\n"
        for f in files
    ]
    (target / MANIFEST).write_text("".join(lines))


def export(source, target, int8=False, log=print):
    """Exports a folder and returns how the float32 graphs differ from the original."""
    source, target = pathlib.Path(source), pathlib.Path(target)
    checkpoint = Checkpoint(source)
    folder = target / "onnx"
    write_vision_encoder(checkpoint, folder)
    write_embedding(checkpoint, folder)
    write_decoder(checkpoint, folder)
    for name in COPIED:
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)
    difference = compare(checkpoint, target)
    log(f"float32: {difference}")
    if int8:
        quantize(folder)
        log(f"int8: {compare(checkpoint, target, '_int8')}")
    return difference


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--checkpoint", required=True, help="a folder, as saved")
    parser.add_argument("--output", required=True, help="the folder to write")
    parser.add_argument("--int8", action="store_true", help="8-bit weights as well")
    parser.add_argument("--manifest", action="store_true", help="write SHA256SUMS")
    arguments = parser.parse_args()
    try:
        difference = export(arguments.checkpoint, arguments.output, arguments.int8)
    except UnsupportedCheckpoint as e:
        sys.exit(f"export: {e}")
    allowed = TOLERANCE * max(1.0, difference.scale)
    if difference.logits > allowed:
        sys.exit(
            f"export: the exported logits differ from the original's by more than"
            f" {allowed:.1e}; do not use them"
        )
    if arguments.manifest:
        write_manifest(pathlib.Path(arguments.output))


if __name__ == "__main__":
    main()
