"""Trains the tiny text-to-image model on scenes.

    python train.py --scenes train --checkpoint dit.pt
    torchrun --nproc-per-node 2 train.py --scenes train --checkpoint dit.pt --threads 1

The image is predicted, and the velocity's error is made small (weights 1 / t^2), above all
where objects are. A middle layer also tells which objects are where (labels.py). Hard scenes
(small or textured objects, pairs) come more often as time goes on, and noise levels move
from the noisy end, where an image's plan is made, to the middle, where its textures are.
Seed and steps alone decide what is learnt, not the clock: a run that was stopped goes on
from its checkpoint with the scenes it would have had, and several processes share the work
on each batch.
"""

import argparse
import copy
import math
import os
import pathlib
import random
import time

import numpy
import torch
from torch import distributed

import scenes
import tiny_dit as tiny
from labels import NONE, TEXTURES, error, label
from prompts import STYLE_PREFIX, short
from sample import contact_sheet, drawn

RATE = 2.5e-3
ADAM_PART = 0.4
BATCH = 56
WARM_UP = 300
DECAY = 0.3
AVERAGED = 0.9993
SAVE_MINUTES = 4
LEAST_WEIGHED = 0.1
# What telling the labels counts.
LABELLED = 0.03
# What a pixel counts beside one of the background.
SOLID_COUNTS, TEXTURED_COUNTS = 2.0, 4.0
# The mean of the logits of noise levels, how often each kind of scene is drawn, and how
# likely each texture and a small object are: at the beginning, and from EASY of all steps on.
LOGIT_MEAN = (0.7, 0.4)
KINDS = (
    {"one": 0.7, "same": 0.04, "pair": 0.26},
    {"one": 0.4, "same": 0.06, "pair": 0.54},
)
TEXTURED = (
    {"solid": 1.0, "striped": 0.04, "dotted": 0.04, "checkered": 0.04},
    {"solid": 0.6, "striped": 1.0, "dotted": 1.5, "checkered": 1.2},
)
SMALL = (0.15, 1.0)
EASY = 0.4
CURRICULUM = 20
# How often a text is the whole description, nothing, or a style's.
LONG, EMPTY, STYLED = 0.45, 0.1, 0.04
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


def between(ends, at):
    """From one number to another."""
    return ends[0] + at * (ends[1] - ends[0])


def lesson(progress):
    """How far from the first lesson (0) to the last (1) a run's progress has led."""
    return min(1.0, progress / EASY)


def weights(truths, at):
    """How likely each scene is to be drawn, from the first lesson (0) to the last (1)."""
    small = between(SMALL, at)
    textured = {t: between((TEXTURED[0][t], TEXTURED[1][t]), at) for t in TEXTURED[0]}
    kinds = [kind(truth) for truth in truths]
    value = [
        math.prod(
            textured[group["texture"]] * (small if group["size"] == "small" else 1.0)
            for group in truth["groups"]
        )
        for truth in truths
    ]
    total = dict.fromkeys(KINDS[0], 0.0)
    for k, v in zip(kinds, value):
        total[k] += v
    return torch.tensor(
        [
            between((KINDS[0][k], KINDS[1][k]), at) * v / total[k]
            for k, v in zip(kinds, value)
        ]
    )


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
        self.stage, self.likely = None, None
        self.classes, self.offsets = labelled(data.truths)

    def likely_at(self, progress):
        """The sums of the scenes' weights, which change CURRICULUM times in a run."""
        stage = int(CURRICULUM * lesson(progress))
        if stage != self.stage:
            at = stage / CURRICULUM
            self.likely = torch.cumsum(weights(self.data.truths, at).double(), 0)
            self.stage = stage
        return self.likely

    def next(self, count, progress):
        """Images (count, 3, side, side) from -1 to 1, ids (count, length), and labels. The
        texts of a batch are all short or all long, so that few tokens are padding."""
        likely = self.likely_at(progress)
        at = torch.rand(count, generator=self.generator, dtype=torch.double)
        chosen = torch.searchsorted(likely, at * likely[-1]).tolist()
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
        labels = (
            torch.from_numpy(self.classes[chosen]),
            torch.from_numpy(self.offsets[chosen]),
        )
        return pixels, ids_of(self.tokenizer, texts), *labels


def labelled(truths):
    """The labels of all scenes, for each of the model's coarse tokens."""
    size = tiny.Size()
    rows = size.side // size.patch // size.merged
    made = [label(truth, rows, scenes.SOURCE_SIDE) for truth in truths]
    classes = numpy.stack([each[0] for each in made])
    offsets = numpy.stack([each[1] for each in made])
    return (
        classes.reshape(len(truths), rows**2, -1),
        offsets.reshape(len(truths), rows**2, -1),
    )


def counted(classes, side):
    """What each pixel's error counts (batch, 1, side, side), by the labels at its place."""
    texture = classes[..., 2].long()
    counts = torch.full(texture.shape, TEXTURED_COUNTS)
    counts[texture == TEXTURES.index("solid")] = SOLID_COUNTS
    counts[texture == NONE] = 1.0
    rows = math.isqrt(counts.shape[1])
    parts = counts.view(-1, 1, rows, rows)
    return torch.nn.functional.interpolate(parts, size=(side, side), mode="nearest")


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
        self.process = int(os.environ.get("RANK", 0))
        self.processes = int(os.environ.get("WORLD_SIZE", 1))
        if self.processes > 1:
            distributed.init_process_group("gloo")
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
        if self.process == 0:
            print(
                f"parameters {count} scenes {len(self.batches.data)} step {self.step}",
                flush=True,
            )
        noted, first, measured = time.time(), self.step, None
        due = noted + 60 * SAVE_MINUTES
        while self.step < steps:
            progress = self.step / steps
            self.set_rate(progress)
            batch = self.batches.next(BATCH, progress)
            drawing, telling = self.losses(*batch, progress)
            (drawing + LABELLED * telling).backward()
            self.share_gradients()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            for stepper in self.steppers:
                stepper.step()
                stepper.zero_grad(set_to_none=True)
            self.step += 1
            self.follow()
            new = torch.stack([drawing, telling]).detach()
            measured = new if measured is None else torch.lerp(measured, new, 0.01)
            if self.process > 0:
                continue
            if self.step in (20, 100) or self.step % 250 == 0:
                speed = (self.step - first) * BATCH / (time.time() - noted)
                print(
                    f"step {self.step} of {steps} loss {measured[0]:.4f} "
                    f"labels {measured[1]:.3f} images/s {speed:.0f}",
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

    def share_gradients(self):
        """The mean of all processes' gradients."""
        if self.processes > 1:
            gradients = [p.grad for p in self.model.parameters()]
            flat = torch.cat([gradient.flatten() for gradient in gradients])
            distributed.all_reduce(flat)
            flat /= self.processes
            parts = flat.split([gradient.numel() for gradient in gradients])
            for gradient, part in zip(gradients, parts):
                gradient.copy_(part.view_as(gradient))

    def losses(self, images, ids, classes, offsets, progress):
        """How wrong the model is about this process's part of a batch: about its images,
        and about its labels."""
        count = len(images)
        noise = torch.randn(images.shape, generator=self.generator)
        logit = torch.randn(count, generator=self.generator)
        level = torch.sigmoid(logit + between(LOGIT_MEAN, lesson(progress)))
        mine = slice(self.process, count, self.processes)
        noise, level, images = noise[mine], level[mine], images[mine]
        ids, classes, offsets = ids[mine], classes[mine], offsets[mine]
        t = level.view(-1, 1, 1, 1)
        noisy = (1 - t) * images + t * noise
        # Matrices in bfloat16: twice as fast on a CPU that has it.
        with torch.autocast("cpu", torch.bfloat16):
            said, told = self.model.labelled(noisy, ids, level * 1000)
        wrong = ((said - images) / t.clamp(min=LEAST_WEIGHED)) ** 2
        counts = counted(classes, images.shape[-1])
        drawing = (wrong * counts).mean() / counts.mean()
        return drawing, error(told.float(), classes, offsets)

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
    parser.add_argument("--steps", type=int, default=21000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    Training(options).run()


if __name__ == "__main__":
    main()
