"""Exports a diffusers folder to the ONNX folder that the generation module reads.

python diffusers_export.py --pipeline PixArt-XL-2-512x512 --output pixart-512-onnx

Takes PixArtAlphaPipeline (T5EncoderModel, PixArtTransformer2DModel, AutoencoderKL) and
StableDiffusionPipeline 1.x and 2.x (CLIPTextModel, UNet2DConditionModel,
AutoencoderKL). Safety checkers, LoRA, image adapters and SDXL are left out or refused.

Writes model_index.json, text_encoder/, transformer/ or unet/, vae_decoder/ (each with
model.onnx in float32 and the original's config.json), scheduler/ as it was, tokenizer/
with tokenizer.json, and SHA256SUMS over them all. Every graph is run beside its
original; one that differs by more than 1e-3 is refused.
"""

import argparse
import hashlib
import json
import pathlib
import shutil
import sys
import warnings

import diffusers_check
import onnx
import torch
from diffusers_check import Mismatch
from diffusers_graphs import LatentDecoder, TextEncoder, Transformer, UNet
from diffusers_parts import PipelineParts, UnsupportedPipeline

OPSET = 17
IR_VERSION = 8
LARGEST_FILE = 2**31 - 2**20
MANIFEST = "SHA256SUMS"
LEFT_OUT = ("safety_checker", "feature_extractor", "image_encoder")


def write_graph(module, inputs, outputs, axes, target):
    """Traces a module; files beyond 2 GiB keep their weights beside them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            tuple(inputs.values()),
            str(target),  # Only for a str does PyTorch write more than 2 GiB.
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    model = onnx.load(target)
    model.ir_version = IR_VERSION
    weights = sum(len(weight.raw_data) for weight in model.graph.initializer)
    external = weights > LARGEST_FILE
    for leftover in target.parent.iterdir():
        if leftover != target and leftover.name != "config.json":
            leftover.unlink()
    onnx.save_model(
        model,
        target,
        save_as_external_data=external,
        location=f"{target.name}_data" if external else None,
    )
    onnx.checker.check_model(target)


def write_text_encoder(parts, target):
    ids = torch.ones(2, parts.text_length, dtype=torch.int64)
    inputs = {"input_ids": ids}
    if parts.needs_text_mask:
        inputs["attention_mask"] = torch.ones_like(ids)
    text = {0: "batch", 1: "length"}
    axes = dict.fromkeys([*inputs, "last_hidden_state"], text)
    outputs = ["last_hidden_state"]
    if not parts.is_pixart:
        outputs.append("pooler_output")
        axes["pooler_output"] = {0: "batch"}
    write_graph(
        TextEncoder(parts.text_encoder),
        inputs,
        outputs,
        axes,
        target / "text_encoder" / "model.onnx",
    )


def write_transformer(parts, target):
    config = parts.denoiser.config
    patch = config.patch_size
    sample = torch.zeros(2, config.in_channels, 3 * patch, 5 * patch)
    text = torch.zeros(2, parts.text_length, parts.text_encoder.config.hidden_size)
    inputs = diffusers_check.transformer_inputs(parts, sample, text, 1)
    latent = {0: "batch", 2: "height", 3: "width"}
    axes = {name: {0: "batch"} for name in inputs}
    axes |= {"hidden_states": latent, "out_sample": latent}
    axes["encoder_hidden_states"] = {0: "batch", 1: "length"}
    axes["encoder_attention_mask"] = {0: "batch", 1: "length"}
    write_graph(
        Transformer(parts.denoiser),
        inputs,
        ["out_sample"],
        axes,
        target / "transformer" / "model.onnx",
    )


def write_unet(parts, target):
    module = UNet(parts.denoiser)
    channels = parts.denoiser.config.in_channels
    width = parts.text_encoder.config.hidden_size
    latent = {0: "batch", 2: "height", 3: "width"}
    write_graph(
        module,
        {
            "sample": torch.zeros(2, channels, *module.traced_size),
            "timestep": torch.tensor(1),
            "encoder_hidden_states": torch.zeros(2, parts.text_length, width),
        },
        ["out_sample"],
        {
            "sample": latent,
            "encoder_hidden_states": {0: "batch", 1: "length"},
            "out_sample": latent,
        },
        target / "unet" / "model.onnx",
    )


def write_vae(parts, target):
    latent = {0: "batch", 2: "height", 3: "width"}
    write_graph(
        LatentDecoder(parts.vae),
        {"latent_sample": torch.zeros(2, parts.vae.config.latent_channels, 3, 5)},
        ["sample"],
        {"latent_sample": latent, "sample": latent},
        target / "vae_decoder" / "model.onnx",
    )


def write_tokenizer(parts, target):
    """Saves the fast form, which the pipeline's length and padding travel in."""
    parts.tokenizer.model_max_length = parts.text_length
    parts.tokenizer.save_pretrained(target / "tokenizer")
    for leftover in (target / "tokenizer").iterdir():
        if leftover.name not in ("tokenizer.json", "tokenizer_config.json"):
            leftover.unlink()


def write_settings(parts, target):
    index = {name: value for name, value in parts.index.items() if name not in LEFT_OUT}
    (target / "model_index.json").write_text(json.dumps(index, indent=2) + "\n")
    for original, name in (
        ("text_encoder", "text_encoder"),
        (parts.denoiser_name, parts.denoiser_name),
        ("vae", "vae_decoder"),
    ):
        shutil.copyfile(
            parts.folder / original / "config.json", target / name / "config.json"
        )
    (target / "scheduler").mkdir(exist_ok=True)
    settings = pathlib.PurePath("scheduler", "scheduler_config.json")
    shutil.copyfile(parts.folder / settings, target / settings)


def write_manifest(target):
    """Lines of SHA-256 and path, sorted by path, as sha256sum prints them."""
    files = {f.relative_to(target).as_posix(): f for f in target.rglob("*")}
    lines = []
    for name, file in sorted(files.items()):
        if file.is_file() and name != MANIFEST:
            with file.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            lines.append(f"{digest}  {name}\n")
    (target / MANIFEST).write_text("".join(lines))


def export(source, target, log=print):
    """Exports a folder; returns how far each graph is from its original."""
    target = pathlib.Path(target)
    parts = PipelineParts(source)
    diffusers_check.check_tokenizer(parts)
    write_text_encoder(parts, target)
    (write_transformer if parts.is_pixart else write_unet)(parts, target)
    write_vae(parts, target)
    write_tokenizer(parts, target)
    write_settings(parts, target)
    differences = []
    for check in (
        diffusers_check.check_text_encoder,
        diffusers_check.check_denoiser,
        diffusers_check.check_vae,
    ):
        difference = check(parts, target)
        log(str(difference))
        difference.check()
        differences.append(difference)
    write_manifest(target)
    return differences


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pipeline", required=True, help="a folder, as saved")
    parser.add_argument("--output", required=True, help="the folder to write")
    arguments = parser.parse_args()
    try:
        export(arguments.pipeline, arguments.output)
    except (UnsupportedPipeline, Mismatch) as e:
        sys.exit(f"export: {e}")


if __name__ == "__main__":
    main()
