"""A random text-to-image model in pixel space, without an autoencoder, for one size.

No diffusers pipeline is like it; draw() is the plain loop around diffusers'
flow-matching scheduler. The word "void" has an infinite embedding: what a damaged
weight does to an image.
"""

import json
import pathlib
import sys

import torch
from diffusers import FlowMatchEulerDiscreteScheduler
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "export"))
import diffusers_export  # noqa: E402

SIZE = 16
LENGTH = 12
WIDTH = 8
WORDS = "<pad> <unk> a red green blue circle square left right of the void".split()
CASES = [
    {
        "prompts": ["a red circle"],
        "negatives": [""],
        "seeds": [7],
        "steps": 6,
        "guidance": 3.0,
        "width": SIZE,
        "height": SIZE,
    },
    {
        "prompts": ["", "a Green square left of the blue circle " * 3, "unheard of"],
        "negatives": ["red", "", ""],
        "seeds": [7, 8, 9],
        "steps": 4,
        "guidance": 1.5,
        "width": SIZE,
        "height": SIZE,
    },
    {
        "prompts": ["a red circle"],
        "negatives": ["ignored"],
        "seeds": [7],
        "steps": 5,
        "guidance": 1.0,
        "width": SIZE,
        "height": SIZE,
    },
]


class TextEncoder(nn.Module):
    """input_ids (B, L), attention_mask (B, L) to last_hidden_state (B, L, D)."""

    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(len(WORDS), WIDTH)
        self.places = nn.Parameter(torch.randn(LENGTH, WIDTH))
        with torch.no_grad():
            self.table.weight[WORDS.index("void")] = float("inf")

    def forward(self, input_ids, attention_mask):
        states = torch.tanh(self.table(input_ids) * 2) + self.table(input_ids) * 0.1
        return (states + self.places) * attention_mask[..., None]


class Denoiser(nn.Module):
    """Two convolutions, between them text and time as shifts; gives the velocity."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 16, 3, padding=1)
        self.second = nn.Conv2d(16, 3, 3, padding=1)
        self.text = nn.Linear(WIDTH, 16)
        self.time = nn.Linear(2, 16)

    def forward(
        self, hidden_states, encoder_hidden_states, timestep, encoder_attention_mask
    ):
        mask = encoder_attention_mask[..., None]
        count = torch.clamp(mask.sum(1), min=1)
        pooled = (encoder_hidden_states * mask).sum(1) / count
        angle = timestep[:, None] * 0.0015
        time = torch.cat((torch.sin(angle), torch.cos(angle)), 1)
        shift = self.text(pooled) + self.time(time)
        states = self.first(hidden_states) + shift[:, :, None, None]
        return self.second(torch.tanh(states)) + hidden_states


class PixelPipeline:
    def __init__(self):
        torch.manual_seed(3)
        self.tokenizer = Tokenizer(
            models.WordLevel(
                {word: index for index, word in enumerate(WORDS)}, unk_token="<unk>"
            )
        )
        self.tokenizer.normalizer = normalizers.Lowercase()
        self.tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        self.tokenizer.enable_truncation(LENGTH)
        self.tokenizer.enable_padding(length=LENGTH, pad_id=0, pad_token="<pad>")
        self.text_encoder = TextEncoder().eval()
        self.denoiser = Denoiser().eval()
        self.scheduler = FlowMatchEulerDiscreteScheduler(shift=3.0)

    def encode(self, texts):
        encodings = self.tokenizer.encode_batch(texts)
        mask = torch.tensor([encoding.attention_mask for encoding in encodings])
        ids = torch.tensor([encoding.ids for encoding in encodings])
        return self.text_encoder(ids, mask), mask

    @torch.no_grad()
    def draw(self, case):
        text, mask = self.encode(case["prompts"])
        negative, negative_mask = self.encode(case["negatives"])
        guided = case["guidance"] > 1
        sample = torch.cat(
            [
                torch.randn(
                    1, 3, SIZE, SIZE, generator=torch.Generator("cpu").manual_seed(seed)
                )
                for seed in case["seeds"]
            ]
        )
        self.scheduler.set_timesteps(case["steps"])
        for timestep in self.scheduler.timesteps:
            time = timestep.expand(len(sample))
            velocity = self.denoiser(sample, text, time, mask)
            if guided:
                without = self.denoiser(sample, negative, time, negative_mask)
                velocity = without + case["guidance"] * (velocity - without)
            sample = self.scheduler.step(velocity, timestep, sample).prev_sample
        return (sample / 2 + 0.5).clamp(0, 1).permute(0, 2, 3, 1).numpy()


def save(target):
    """Writes the folder and returns what it was made from."""
    pipeline = PixelPipeline()
    ids = torch.ones(2, LENGTH, dtype=torch.int64)
    diffusers_export.write_graph(
        pipeline.text_encoder,
        {"input_ids": ids, "attention_mask": ids},
        ["last_hidden_state"],
        {
            name: {0: "batch"}
            for name in ("input_ids", "attention_mask", "last_hidden_state")
        },
        target / "text_encoder" / "model.onnx",
    )
    inputs = {
        "hidden_states": torch.zeros(2, 3, SIZE, SIZE),
        "encoder_hidden_states": torch.zeros(2, LENGTH, WIDTH),
        "timestep": torch.zeros(2),
        "encoder_attention_mask": ids,
    }
    diffusers_export.write_graph(
        pipeline.denoiser,
        inputs,
        ["out_sample"],
        {name: {0: "batch"} for name in [*inputs, "out_sample"]},
        target / "transformer" / "model.onnx",
    )
    (target / "tokenizer").mkdir()
    pipeline.tokenizer.save(str(target / "tokenizer" / "tokenizer.json"))
    pipeline.scheduler.save_pretrained(target / "scheduler")
    sizes = {"sample_size": SIZE, "in_channels": 3, "out_channels": 3}
    (target / "transformer" / "config.json").write_text(json.dumps(sizes) + "\n")
    (target / "model_index.json").write_text(
        json.dumps({"_class_name": "PixelPipeline"}) + "\n"
    )
    diffusers_export.write_manifest(target)
    return pipeline
