"""What diffusers draws with the tiny pipelines: the expected images of the Java tests.

python pipelines.py ../../src/test/resources/dev/darkroom/generation/pipelines

For each pipeline of tiny_pipelines.py, a folder with model/ (exported, what Java runs),
cases.json, and for each case the images that the pipeline's public call gives, as
float32 in [0, 1], little-endian, (batch, height, width, 3). Every image has its own
generator. Needs ../export/requirements.txt.
"""

import argparse
import json
import pathlib
import shutil
import sys
import tempfile

import diffusers
import numpy
import pixel_pipeline
import tiny_pipelines
import torch
import transformers

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "export"))
import diffusers_export  # noqa: E402

LONG = "one two three four five six seven eight nine ten " * 30
CIRCLE = "a small red circle to the left of a large blue square"
MIXED = {
    "prompts": ["", LONG, "  Pixel art of a DOG; it's (so) quick!"],
    "negatives": ["blurry, low quality", "", LONG],
    "seeds": [1, 2024, 4294967295],
    "width": 56,
    "height": 40,
}
ONE = {
    "prompts": [CIRCLE],
    "negatives": [""],
    "seeds": [0],
    "width": 32,
    "height": 32,
}
CASES = {
    "pixart-conditions": [
        {**ONE, "steps": 8, "guidance": 4.5},
        {**MIXED, "steps": 6, "guidance": 4.5},
        {**ONE, "steps": 5, "guidance": 1.0, "sampler": "DDIMScheduler"},
    ],
    "pixart-plain": [
        {**ONE, "steps": 8, "guidance": 4.5},
        {**MIXED, "steps": 6, "guidance": 2.0},
        {**ONE, "steps": 6, "guidance": 1.0, "sampler": "DDPMScheduler"},
    ],
    "sd15": [
        {**ONE, "steps": 8, "guidance": 7.5, "sampler": "DPMSolverMultistepScheduler"},
        # DDIM clips here; at a guidance of 7.5, 1e-7 in the noise moves pixels by 7e-4.
        {**MIXED, "steps": 6, "guidance": 2.0, "sampler": "DDIMScheduler"},
        {**ONE, "steps": 5, "guidance": 1.0, "sampler": "DPMSolverMultistepScheduler"},
    ],
    "sd2": [
        {**ONE, "steps": 8, "guidance": 7.5},
        {**MIXED, "steps": 6, "guidance": 3.0, "eta": 0.5},
        {**ONE, "steps": 5, "guidance": 1.0, "sampler": "DPMSolverMultistepScheduler"},
    ],
}


def draw(pipeline, case):
    scheduler = pipeline.scheduler
    if "sampler" in case:
        kind = getattr(diffusers, case["sampler"])
        pipeline.scheduler = kind.from_config(scheduler.config)
    settings = {"eta": case.get("eta", 0.0)}
    if isinstance(pipeline, diffusers.PixArtAlphaPipeline):
        settings |= {"clean_caption": False, "use_resolution_binning": False}
    images = pipeline(
        case["prompts"],
        negative_prompt=case["negatives"],
        num_inference_steps=case["steps"],
        guidance_scale=case["guidance"],
        width=case["width"],
        height=case["height"],
        generator=[torch.Generator("cpu").manual_seed(seed) for seed in case["seeds"]],
        output_type="np",
        **settings,
    ).images
    pipeline.scheduler = scheduler
    return images


def write(folder, cases, draw_case):
    """Writes cases and images, and says how much there is to see in them."""
    for index, case in enumerate(cases):
        images = numpy.ascontiguousarray(draw_case(case), "<f4")
        clipped = float(((images == 0) | (images == 1)).mean())
        print(
            f"{folder.name} {index}: {images.shape}, mean {images.mean():.3f},"
            f" deviation {images.std():.3f}, {clipped:.1%} clipped"
        )
        (folder / f"images-{index}.f32").write_bytes(images.tobytes())
    (folder / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("output", type=pathlib.Path)
    output = parser.parse_args().output
    torch.set_num_threads(1)
    diffusers.logging.set_verbosity_error()
    transformers.logging.set_verbosity_error()
    for name in tiny_pipelines.SHAPES:
        folder = output / name
        shutil.rmtree(folder, ignore_errors=True)
        with tempfile.TemporaryDirectory() as saved:
            source = pathlib.Path(saved)
            tiny_pipelines.save(name, source)
            diffusers_export.export(source, folder / "model")
            pipeline = diffusers.DiffusionPipeline.from_pretrained(source)
            pipeline.set_progress_bar_config(disable=True)
            write(folder, CASES[name], lambda case, p=pipeline: draw(p, case))
    folder = output / "pixels"
    shutil.rmtree(folder, ignore_errors=True)
    network = pixel_pipeline.save(folder / "model")
    write(folder, pixel_pipeline.CASES, network.draw)


if __name__ == "__main__":
    main()
