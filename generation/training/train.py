"""Trains the tiny text-to-image model on scenes.

    python train.py --scenes train --checkpoint dit.pt

The image is predicted, the velocity's error is made small (weights 1 / t^2), and noise
levels are drawn with a bias to the noisy end. Seed and steps alone decide what is learnt,
not the clock: a run that was stopped goes on from its checkpoint with the scenes it would
have had.
"""

import argparse
import copy
import math
import pathlib
import random
import time

import numpy
import torch

import scenes
import tiny_dit as tiny
from prompts import STYLE_PREFIX, short
from sample import contact_sheet, drawn

RATE = 2.5e-3
ADAM_PART = 0.4
BATCH = 40
WARM_UP = 300
DECAY = 0.3
AVERAGED = 0.9993
SAVE_MINUTES = 4
LEAST_WEIGHED = 0.1
LOGIT_MEAN = 1.0
# How often each kind of scene is drawn, and how often a text is what it is.
KINDS = {"one": 0.36, "same": 0.12, "pair": 0.52}
SOLID, TEXTURED = 1.0, 0.35
LONG, EMPTY, STYLED = 0.3, 0.1, 0.06
LOOKED_AT = (
    "a red circle in the top left corner",
    "a striped blue star on the right",
    "a green heart",
    "a large dotted orange square in the center on a navy background",
    "a blue square left of a red triangle",
    "a purple ring above a yellow diamond",
    "a white cross below a pink heart",
    "a black star to the right of a green circle",
    "two brown squares in a row",
    "two red hearts in a column on a white background",
    "pixel art of a red circle above a blue star",
    "The image features a small solid red square and a large striped blue circle. The red "
    "square is to the left of the blue circle. The background is mint, and the style is "
    "flat.",
)


def kind(truth):
    if len(truth["groups"]) == 2:
        return "pair"
    return "one" if truth["groups"][0]["count"] == 1 else "same"


def weights(truths):
    """How likely each scene is to be drawn."""
    kinds = [kind(truth) for truth in truths]
    value = [
        math.prod(
            SOLID if group["texture"] == "solid" else TEXTURED
            for group in truth["groups"]
        )
        for truth in truths
    ]
    total = dict.fromkeys(KINDS, 0.0)
    for k, v in zip(kinds, value):
        total[k] += v
    return torch.tensor([KINDS[k] * v / total[k] for k, v in zip(kinds, value)])


def optimizers(model, rate):
    """Muon for the matrices inside, AdamW for everything else."""
    outer = {
        id(model.text_encoder.embedding.weight),
        id(model.text_encoder.position),
        id(model.transformer.input.weight),
        id(model.transformer.output.weight),
    }
    inner = [
        p
        for p in model.parameters()
        if p.ndim == 2 and id(p) not in outer and min(p.shape) >= 90
    ]
    chosen = {id(p) for p in inner}
    other = [p for p in model.parameters() if id(p) not in chosen]
    return [
        torch.optim.Muon(
            inner, lr=rate, weight_decay=0.02, adjust_lr_fn="match_rms_adamw"
        ),
        torch.optim.AdamW(
            other, lr=rate, betas=(0.9, 0.98), weight_decay=0.0, fused=True
        ),
    ]


class Batches:
    """Images and token ids, drawn by weight."""

    def __init__(self, data, tokenizer, generator):
        self.data = data
        self.tokenizer = tokenizer
        self.generator = generator
        self.likely = torch.cumsum(weights(data.truths).double(), 0)

    def next(self, count):
        """Images (count, 3, side, side) from -1 to 1, and ids (count, length). The texts
        of a batch are all short or all long, so that few tokens are padding."""
        at = torch.rand(count, generator=self.generator, dtype=torch.double)
        chosen = torch.searchsorted(self.likely, at * self.likely[-1]).tolist()
        chance = random.Random(
            torch.randint(2**31, (1,), generator=self.generator).item()
        )
        long = chance.random() < LONG
        images = self.data.images[chosen].astype(numpy.float32) / 127.5 - 1
        texts = []
        for row, i in enumerate(chosen):
            if long:
                text = self.data.descriptions[i]
            else:
                text = short(self.data.truths[i], scenes.SOURCE_SIDE, chance)
            if chance.random() < STYLED:
                images[row] = pixelated(images[row])
                text = f"{STYLE_PREFIX} {text}"
            texts.append("" if chance.random() < EMPTY else text)
        pixels = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous()
        return pixels, ids_of(self.tokenizer, texts)


def pixelated(image, block=4):
    """An image (side, side, 3) of blocks of one colour each, the mean of what they cover."""
    side = image.shape[0] // block
    means = image.reshape(side, block, side, block, 3).mean((1, 3))
    return means.repeat(block, 0).repeat(block, 1)


def ids_of(tokenizer, texts):
    rows = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    return ids


class Training:
    """The state of a run."""

    def __init__(self, options):
        self.options = options
        self.path = pathlib.Path(options.checkpoint)
        torch.manual_seed(options.seed)
        self.tokenizer = tiny.tokenizer()
        self.model = tiny.TinyDit(tiny.Size(), self.tokenizer.get_vocab_size())
        self.average = copy.deepcopy(self.model).requires_grad_(False)
        self.steppers = optimizers(self.model, RATE)
        self.generator = torch.Generator().manual_seed(options.seed)
        self.step = 0
        if self.path.exists():
            saved = torch.load(self.path, weights_only=True)
            self.model.load_state_dict(saved["model"])
            self.average.load_state_dict(saved["average"])
            for stepper, state in zip(self.steppers, saved["optimizers"]):
                stepper.load_state_dict(state)
            self.generator.set_state(saved["generator"])
            self.step = saved["step"]
        self.batches = Batches(
            scenes.load(options.scenes), self.tokenizer, self.generator
        )

    def run(self):
        steps = self.options.steps
        count = sum(p.numel() for p in self.model.parameters())
        print(
            f"parameters {count} scenes {len(self.batches.data)} step {self.step}",
            flush=True,
        )
        noted, first, measured = time.time(), self.step, None
        due = noted + 60 * SAVE_MINUTES
        while self.step < steps:
            self.set_rate(self.step / steps)
            loss = self.loss(*self.batches.next(BATCH))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            for stepper in self.steppers:
                stepper.step()
                stepper.zero_grad(set_to_none=True)
            self.step += 1
            self.follow()
            measured = measured or loss.item()
            measured += 0.01 * (loss.item() - measured)
            if self.step in (20, 100) or self.step % 250 == 0:
                speed = (self.step - first) * BATCH / (time.time() - noted)
                print(
                    f"step {self.step} of {steps} loss {measured:.4f} "
                    f"images/s {speed:.0f}",
                    flush=True,
                )
                first, noted = self.step, time.time()
            if time.time() >= due or self.step == steps:
                due = time.time() + 60 * SAVE_MINUTES
                self.save()

    def set_rate(self, progress):
        """Rises, stays, and falls in a straight line at the end."""
        rate = RATE * min(1, (self.step + 1) / WARM_UP)
        rate *= min(1, max(0.01, (1 - progress) / DECAY))
        for stepper, part in zip(self.steppers, (1, ADAM_PART)):
            for group in stepper.param_groups:
                group["lr"] = part * rate

    def loss(self, images, ids):
        count = len(images)
        noise = torch.randn(images.shape, generator=self.generator)
        level = torch.sigmoid(torch.randn(count, generator=self.generator) + LOGIT_MEAN)
        t = level.view(-1, 1, 1, 1)
        said = self.model((1 - t) * images + t * noise, ids, level * 1000)
        return (((said - images) / t.clamp(min=LEAST_WEIGHED)) ** 2).mean()

    def follow(self):
        """The average follows the weights, faster at the beginning."""
        part = 1 - min(AVERAGED, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(
                list(self.average.parameters()), list(self.model.parameters()), part
            )

    def save(self):
        state = {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizers": [stepper.state_dict() for stepper in self.steppers],
            "generator": self.generator.get_state(),
            "step": self.step,
        }
        fresh = self.path.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self.path)
        images = drawn(
            self.average,
            ids_of(self.tokenizer, LOOKED_AT * 2),
            ids_of(self.tokenizer, [""]),
        )
        contact_sheet(images, len(LOOKED_AT)).save(self.path.with_suffix(".png"))


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenes", required=True, help="folder of prepare.py")
    parser.add_argument(
        "--checkpoint", required=True, help="file to write; training resumes from it"
    )
    parser.add_argument("--steps", type=int, default=16000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    Training(options).run()


if __name__ == "__main__":
    main()
