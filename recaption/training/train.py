"""Trains the tiny LLaVA on scenes, in three stages of so many steps each.

1. tower: the vision tower alone learns to tell what is in each patch, from the truth.
2. text: projector and decoder learn to describe, the tower stands still.
3. all: everything together, the tower's first task kept beside.

    python train.py --scenes train --held-out test --checkpoint tiny.pt \\
        --output tiny-llava

Seed and steps alone decide what is learnt, not the clock: a run that was stopped goes on
from its checkpoint with the scenes it would have had.
"""

import argparse
import math
import pathlib
import time

import numpy
import torch
from torch.nn import functional

import labels
import tiny_llava as tiny
import scenes
import statements
from answering import descriptions
from prompts import BEFORE, after_image, answer
from score import Score
from tower import Heads, features, pixel_values, worth_seeing

STAGES = ("tower", "text", "all")
RATE = {"tower": 4e-3, "text": 4e-3, "all": 1.2e-3}
BATCH = {"tower": 64, "text": 64, "all": 32}
STEPS = {"tower": 8000, "text": 800, "all": 2500}
KEPT = 28
SAVE_MINUTES = 3
WARM_UP = 100
ADAM_PART = 0.4


class Targets:
    """Labels of all scenes, made when they are first asked for."""

    def __init__(self, truths):
        made = [labels.of_truth(truth) for truth in truths]
        self.patches = torch.from_numpy(numpy.stack([m[0] for m in made]))
        self.offsets = torch.from_numpy(numpy.stack([m[1] for m in made]))
        self.images = torch.from_numpy(numpy.stack([m[2] for m in made]))

    def at(self, chosen):
        return self.patches[chosen], self.offsets[chosen], self.images[chosen]


class Conversations:
    """Prompts and answers as token ids; the image's own tokens are put in between later."""

    def __init__(self, data, tokenizer):
        self.before = tokenizer(BEFORE)["input_ids"]
        self.plain = tokenizer(after_image())["input_ids"]
        self.grounded = tokenizer([after_image(c) for c in data.captions])["input_ids"]
        texts = [answer(d) for d in data.descriptions]
        self.answers = tokenizer(texts)["input_ids"]
        self.end = tokenizer.eos_token_id
        self.pad = tokenizer.pad_token_id

    def at(self, chosen, grounded):
        """Token ids after the image (batch, length) and which of them are answers."""
        rows, starts = [], []
        for i in chosen.tolist():
            asked = self.grounded[i] if grounded else self.plain
            rows.append(asked + self.answers[i] + [self.end])
            starts.append(len(asked))
        ids = torch.full((len(rows), max(map(len, rows))), self.pad)
        answers = torch.zeros(ids.shape, dtype=torch.bool)
        for k, (row, start) in enumerate(zip(rows, starts)):
            ids[k, : len(row)] = torch.tensor(row)
            answers[k, start : len(row)] = True
        return ids, answers


def text_loss(llava, hidden, kept, before, ids, answers):
    """Cross-entropy of the answers' tokens, and the part of them that is foreseen. Rows are
    padded at their ends, which a causal decoder never looks back from."""
    embed = llava.get_input_embeddings()
    image = llava.model.multi_modal_projector(hidden)
    head = embed(torch.tensor(before)).expand(len(ids), -1, -1)
    inputs = torch.cat([head, image, embed(ids)], 1)
    lead = inputs.shape[1] - ids.shape[1]
    count = llava.config.image_seq_length
    if kept is None:
        kept = torch.arange(count).expand(len(ids), -1)
    positions = torch.cat(
        [
            torch.arange(len(before)).expand(len(ids), -1),
            len(before) + kept,
            len(before) + count + torch.arange(ids.shape[1]).expand(len(ids), -1),
        ],
        1,
    )
    states = llava.model.language_model(
        inputs_embeds=inputs,
        position_ids=positions,
        attention_mask=torch.ones(positions.shape, dtype=torch.long),
    ).last_hidden_state
    logits = llava.lm_head(states[:, lead - 1 : -1][answers])
    wanted = ids[answers]
    right = (logits.detach().argmax(-1) == wanted).float().mean().item()
    return functional.cross_entropy(logits, wanted), right


def trained(llava, heads, stage):
    """The parameters that a stage changes."""
    tower = [*llava.model.vision_tower.parameters(), *heads.parameters()]
    kept = {id(p) for p in tower}
    text = [p for p in llava.parameters() if id(p) not in kept]
    return {"tower": tower, "text": text, "all": tower + text}[stage]


def optimizers(llava, parameters, rate):
    """Muon for the matrices inside, AdamW for everything else."""
    outer = {
        id(llava.get_input_embeddings().weight),
        id(llava.lm_head.weight),
        id(llava.model.vision_tower.vision_model.embeddings.position_embedding.weight),
    }
    inner = [
        p
        for p in parameters
        if p.ndim == 2 and id(p) not in outer and min(p.shape) >= 100
    ]
    chosen = {id(p) for p in inner}
    other = [p for p in parameters if id(p) not in chosen]
    return [
        torch.optim.Muon(
            inner, lr=rate, weight_decay=0.05, adjust_lr_fn="match_rms_adamw"
        ),
        torch.optim.AdamW(
            other, lr=rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
        ),
    ]


class Training:
    """The state of a run: model, heads, stage, and how far it is."""

    def __init__(self, options):
        self.options = options
        self.path = pathlib.Path(options.checkpoint)
        torch.manual_seed(options.seed)
        self.data = scenes.load(options.scenes)
        self.held_out = scenes.load(options.held_out)
        self.tokenizer = tiny.train_tokenizer(
            [*self.data.descriptions[:20000], *self.data.captions[:20000]]
        )
        self.llava = tiny.model(self.tokenizer)
        width = self.llava.config.vision_config.hidden_size
        self.heads = Heads(width)
        self.targets = Targets(self.data.truths)
        self.talks = Conversations(self.data, self.tokenizer)
        self.generator = torch.Generator().manual_seed(options.seed)
        self.order = torch.empty(0, dtype=torch.long)
        self.stage, self.step, self.saved = 0, 0, {}
        if self.path.exists():
            self.saved = torch.load(self.path, weights_only=True)
            self.llava.load_state_dict(self.saved["llava"])
            self.heads.load_state_dict(self.saved["heads"])
            self.stage, self.step = self.saved["stage"], self.saved["step"]
            self.generator.set_state(self.saved["generator"])
            self.order = self.saved["order"]

    def run(self):
        count = sum(p.numel() for p in self.llava.parameters())
        print(f"parameters {count} scenes {len(self.data)}", flush=True)
        while self.stage < len(STAGES):
            self.run_stage(STAGES[self.stage])
            self.stage, self.step, self.saved = self.stage + 1, 0, {}
            self.save([])
            tiny.save(self.llava, self.tokenizer, self.options.output)

    def run_stage(self, stage):
        steps = getattr(self.options, stage)
        parameters = trained(self.llava, self.heads, stage)
        for p in [*self.llava.parameters(), *self.heads.parameters()]:
            p.requires_grad_(False)
        for p in parameters:
            p.requires_grad_(True)
        steppers = optimizers(self.llava, parameters, RATE[stage])
        for stepper, state in zip(steppers, self.saved.get("optimizers", [])):
            stepper.load_state_dict(state)
        noted, first, measured = time.time(), self.step, {}
        due = noted + 60 * SAVE_MINUTES
        self.llava.train()
        while (progress := self.step / steps) < 1:
            rate = RATE[stage] * min(1, (self.step + 1) / WARM_UP)
            rate *= 0.5 + 0.5 * math.cos(math.pi * progress) + 0.005
            for stepper, part in zip(steppers, (1, ADAM_PART)):
                for group in stepper.param_groups:
                    group["lr"] = part * rate
                stepper.zero_grad(set_to_none=True)
            # Towards the end every patch is seen, as it will be in use.
            whole = stage == "all" and self.chance() < progress * 1.5
            loss, figures = self.loss(stage, whole, self.next_batch(BATCH[stage]))
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            for stepper in steppers:
                stepper.step()
            self.step += 1
            for name, value in figures.items():
                old = measured.get(name, value)
                measured[name] = old + 0.02 * (value - old)
            if self.step in (20, 100) or self.step % 200 == 0:
                speed = (self.step - first) * BATCH[stage] / (time.time() - noted)
                print(
                    f"{stage} step {self.step} of {steps} "
                    f"rate {rate:.1e} images/s {speed:.0f} "
                    + " ".join(f"{k} {v:.3f}" for k, v in measured.items()),
                    flush=True,
                )
                first, noted = self.step, time.time()
            if time.time() >= due:
                due = time.time() + 60 * SAVE_MINUTES
                self.save([stepper.state_dict() for stepper in steppers])
                if stage != "tower":
                    self.report()
                    tiny.save(self.llava, self.tokenizer, self.options.output)
                    self.llava.train()

    def chance(self):
        return torch.rand(1, generator=self.generator).item()

    def loss(self, stage, whole, chosen):
        images = pixel_values(torch.from_numpy(self.data.images[chosen.numpy()]))
        targets = self.targets.at(chosen)
        kept = None
        if not whole:
            kept = worth_seeing(targets[0], KEPT, self.generator)
        with torch.set_grad_enabled(stage != "text"):
            hidden = features(self.llava, images, kept)
        figures, total = {}, 0.0
        if stage != "text":
            total, right = self.heads.loss(hidden, *targets, kept)
            figures = {"heads": total.item(), **right}
        if stage != "tower":
            grounded = self.chance() < 0.35
            ids, answers = self.talks.at(chosen, grounded)
            told, right = text_loss(
                self.llava, hidden, kept, self.talks.before, ids, answers
            )
            figures |= {"text": told.item(), "tokens": right}
            total = told + 0.1 * total
        return total, figures

    def next_batch(self, count):
        if len(self.order) < count:
            self.order = torch.randperm(len(self.data), generator=self.generator)
        chosen, self.order = self.order[:count], self.order[count:]
        return chosen.sort().values

    def save(self, states):
        state = {
            "llava": self.llava.state_dict(),
            "heads": self.heads.state_dict(),
            "optimizers": states,
            "stage": self.stage,
            "step": self.step,
            "generator": self.generator.get_state(),
            "order": self.order,
        }
        fresh = self.path.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(self.path)

    def report(self, count=200):
        some = self.held_out.first(count)
        score = Score()
        said = descriptions(self.llava, self.tokenizer, some.images, [None] * count)
        for text, truth in zip(said, some.truths):
            score.add(
                statements.of_description(text),
                statements.of_truth(truth, scenes.SOURCE_SIDE),
            )
        print(f"held out: {score.line()}\n  {said[0]}", flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenes", required=True, help="folder of prepare.py")
    parser.add_argument(
        "--held-out", required=True, help="another, never trained on, to look at"
    )
    parser.add_argument(
        "--checkpoint", required=True, help="file to write; training resumes from it"
    )
    parser.add_argument("--output", required=True, help="folder for the model")
    for stage in STAGES:
        parser.add_argument(
            f"--{stage}", type=int, default=STEPS[stage], help="steps of this stage"
        )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    Training(options).run()


if __name__ == "__main__":
    main()
