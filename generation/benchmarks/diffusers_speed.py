"""How fast Python draws with the small model: images/s, to hold beside GenerateReport's.

    python diffusers_speed.py --model <folder> --prompts prompts.txt --seeds 8
    python diffusers_speed.py --model <folder> --checkpoint dit.pt --prompts ...

The loop is that of diffusers' pipelines: its flow-matching scheduler, guidance, a batch of
[negative, positive] at each step. The graphs run in onnxruntime, or, with the checkpoint of
training, the modules in torch; both on as many threads as the machine has cores.
"""

import argparse
import json
import os
import pathlib
import sys
import time

import numpy
import torch
from diffusers import FlowMatchEulerDiscreteScheduler
from tokenizers import Tokenizer

BATCH = 8


class OnnxModel:
    """The exported graphs."""

    def __init__(self, folder, threads):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.text, self.denoiser = (
            onnxruntime.InferenceSession(str(folder / part / "model.onnx"), options)
            for part in ("text_encoder", "transformer")
        )

    def encode(self, ids, mask):
        inputs = {"input_ids": ids.numpy(), "attention_mask": mask.numpy()}
        return torch.from_numpy(self.text.run(None, inputs)[0])

    def velocity(self, latents, text, mask, timestep):
        inputs = {
            "hidden_states": latents.numpy(),
            "encoder_hidden_states": text.numpy(),
            "timestep": numpy.full(len(latents), timestep, numpy.float32),
            "encoder_attention_mask": mask.numpy(),
        }
        return torch.from_numpy(self.denoiser.run(None, inputs)[0])


class TorchModel:
    """The modules as they were trained."""

    def __init__(self, checkpoint):
        training = pathlib.Path(__file__).resolve().parent.parent / "training"
        sys.path.insert(0, str(training))
        import tiny_dit

        model = tiny_dit.TinyDit(tiny_dit.Size(), tiny_dit.tokenizer().get_vocab_size())
        model.load_state_dict(torch.load(checkpoint, weights_only=True)["average"])
        self.text = model.text_encoder.eval()
        self.denoiser = tiny_dit.Velocity(model.transformer).eval()

    def encode(self, ids, mask):
        return self.text(ids, mask)

    def velocity(self, latents, text, mask, timestep):
        return self.denoiser(latents, text, torch.full((len(latents),), timestep), mask)


def tokens(tokenizer, texts, length):
    ids = torch.zeros(len(texts), length, dtype=torch.long)
    for row, encoding in enumerate(tokenizer.encode_batch(texts)):
        ids[row, : len(encoding.ids)] = torch.tensor(encoding.ids)
    return ids


@torch.no_grad()
def draw(model, tokenizer, config, index, side, length, requests):
    """Bytes (batch, side, side, 3)."""
    scheduler = FlowMatchEulerDiscreteScheduler.from_config(config)
    scheduler.set_timesteps(index["num_inference_steps"])
    texts = [""] * len(requests) + [prompt for prompt, _ in requests]
    ids = tokens(tokenizer, texts, length)
    mask = (ids > 0).long()
    text = model.encode(ids, mask)
    latents = torch.stack(
        [
            torch.randn(3, side, side, generator=torch.Generator().manual_seed(seed))
            for _, seed in requests
        ]
    )
    for timestep in scheduler.timesteps:
        said = model.velocity(
            torch.cat([latents, latents]), text, mask, timestep.item()
        )
        without, with_prompt = said.chunk(2)
        said = without + index["guidance_scale"] * (with_prompt - without)
        latents = scheduler.step(said, timestep, latents).prev_sample
    pixels = (latents / 2 + 0.5).clamp(0, 1).permute(0, 2, 3, 1)
    return (pixels * 255).round().byte().numpy()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", required=True, help="folder that bundle.py wrote")
    parser.add_argument("--checkpoint", help="file that train.py wrote: use torch")
    parser.add_argument("--prompts", required=True, help="text file, one a line")
    parser.add_argument("--seeds", type=int, default=4, help="images of each prompt")
    options = parser.parse_args()

    cores = os.cpu_count()
    torch.set_num_threads(cores)
    folder = pathlib.Path(options.model)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer" / "tokenizer.json"))
    length = json.loads((folder / "tokenizer" / "tokenizer_config.json").read_text())
    config = json.loads((folder / "scheduler" / "scheduler_config.json").read_text())
    index = json.loads((folder / "model_index.json").read_text())
    side = json.loads((folder / "transformer" / "config.json").read_text())
    model = (
        TorchModel(options.checkpoint)
        if options.checkpoint
        else OnnxModel(folder, cores)
    )
    prompts = pathlib.Path(options.prompts).read_text().splitlines()
    requests = [(prompt, seed) for prompt in prompts for seed in range(options.seeds)]

    def all_of(some):
        for i in range(0, len(some), BATCH):
            draw(
                model,
                tokenizer,
                config,
                index,
                side["sample_size"],
                length["model_max_length"],
                some[i : i + BATCH],
            )

    all_of(requests[: 2 * BATCH])
    started = time.time()
    all_of(requests)
    seconds = time.time() - started
    engine = "torch" if options.checkpoint else "onnxruntime"
    print(f"{engine}: {len(requests)} images, {len(requests) / seconds:.2f} images/s")


if __name__ == "__main__":
    main()
