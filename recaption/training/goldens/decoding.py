"""What transformers' logits processors make of random scores, and which tokens follow.

python decoding.py --output ../../src/test/resources/dev/darkroom/recaption/decoding

Samplers draw from SplitMix64 here as there: the first token, in order of falling
probability, at which the summed probabilities pass the drawn number. Mirostat, which
transformers lacks, is written out from algorithm 2 of Basu et al. 2021.
"""

import argparse
import json
import math
import pathlib

import numpy
import torch
from transformers.generation.logits_process import (
    LogitsProcessorList,
    NoRepeatNGramLogitsProcessor,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

VOCABULARY = 48
STEPS = 40
MASK = 2**64 - 1
DEFAULTS = {
    "temperature": 0.0,
    "topK": 0,
    "topP": 1.0,
    "repetitionPenalty": 1.0,
    "noRepeatNgramSize": 0,
    "mirostat": None,
}
CASES = {
    "greedy": {},
    "repetition penalty": {"repetitionPenalty": 1.3},
    "reward": {"repetitionPenalty": 0.8},
    "unigrams once": {"noRepeatNgramSize": 1},
    "bigrams once": {"noRepeatNgramSize": 2, "repetitionPenalty": 1.1},
    "trigrams once": {"noRepeatNgramSize": 3},
    "plain sampling": {"temperature": 1.0},
    "cold": {"temperature": 0.2},
    "hot": {"temperature": 1.7},
    "top-k": {"temperature": 1.0, "topK": 5},
    "top-k beyond the vocabulary": {"temperature": 1.0, "topK": 100},
    "top-p": {"temperature": 1.0, "topP": 0.8},
    "narrow top-p": {"temperature": 0.9, "topP": 0.01},
    "everything": {
        "temperature": 0.7,
        "topK": 20,
        "topP": 0.9,
        "repetitionPenalty": 1.2,
        "noRepeatNgramSize": 2,
    },
    "mirostat": {"temperature": 1.0, "mirostat": [3.0, 0.1]},
    "tight mirostat": {"temperature": 1.2, "mirostat": [0.5, 0.4]},
    "penalised mirostat": {
        "temperature": 0.8,
        "repetitionPenalty": 1.2,
        "mirostat": [2.0, 1.0],
    },
}


class SplitMix64:
    def __init__(self, seed):
        self.state = seed & MASK

    def long(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def uniform(self):
        return (self.long() >> 11) * 2.0**-53


def processors(case):
    """In the order of GenerationMixin."""
    result = LogitsProcessorList()
    if case["repetitionPenalty"] != 1:
        result.append(RepetitionPenaltyLogitsProcessor(case["repetitionPenalty"]))
    if case["noRepeatNgramSize"]:
        result.append(NoRepeatNGramLogitsProcessor(case["noRepeatNgramSize"]))
    if case["temperature"] not in (0, 1):
        result.append(TemperatureLogitsWarper(case["temperature"]))
    if case["topK"]:
        result.append(TopKLogitsWarper(case["topK"]))
    if case["topP"] < 1:
        result.append(TopPLogitsWarper(case["topP"]))
    return result


def pick(probabilities, uniform):
    left = uniform * sum(probabilities)
    for rank, probability in enumerate(probabilities[:-1]):
        left -= probability
        if left < 0:
            return rank
    return len(probabilities) - 1


class Sampler:
    def __init__(self, case, seed):
        self.case = case
        self.random = SplitMix64(seed)
        self.limit = 2 * case["mirostat"][0] if case["mirostat"] else None

    def sample(self, scores):
        if self.case["temperature"] == 0:
            return int(scores.argmax())
        probabilities = scores.double().softmax(-1)
        order = torch.sort(scores, descending=True, stable=True).indices.tolist()
        ranked = [float(probabilities[t]) for t in order if probabilities[t] > 0]
        if self.limit is None:
            return order[pick(ranked, self.random.uniform())]
        kept = [p for p in ranked if -math.log2(p) <= self.limit] or ranked[:1]
        rank = pick(kept, self.random.uniform())
        target, rate = self.case["mirostat"]
        self.limit -= rate * (-math.log2(ranked[rank]) - target)
        return order[rank]


def scores_of(seed, step):
    """The same numbers in Java: spread over about twelve, no two the same."""
    random = SplitMix64(seed * 1_000_003 + step)
    return torch.tensor(
        [
            (random.long() >> 40) % 97 / 8.0 - 6.0 + token / 1024.0
            for token in range(VOCABULARY)
        ]
    )


def golden(name, case, seed):
    case = {**DEFAULTS, **case}
    history = [3, 5, 3, 5, 7, 0, 0, 0]
    chain, sampler = processors(case), Sampler(case, seed)
    tokens, kept = [], []
    for step in range(STEPS):
        ids = torch.tensor([history])
        scores = chain(ids, scores_of(seed, step)[None].clone())[0]
        kept.append(int(torch.isfinite(scores).sum()))
        tokens.append(sampler.sample(scores))
        history.append(tokens[-1])
    return {"name": name, **case, "seed": seed, "tokens": tokens, "kept": kept}


def processed():
    """Single processors on one vector of scores without ties."""
    rng = numpy.random.default_rng(3)
    scores = torch.from_numpy(rng.permutation(64).astype("f4") / 5 - 6)
    history = torch.tensor([[1, 2, 3, 1, 2, 9, 1, 2]])
    single = {
        "RepetitionPenalty 1.5": RepetitionPenaltyLogitsProcessor(1.5),
        "NoRepeatNgram 1": NoRepeatNGramLogitsProcessor(1),
        "NoRepeatNgram 3": NoRepeatNGramLogitsProcessor(3),
        "Temperature 0.7": TemperatureLogitsWarper(0.7),
        "TopK 7": TopKLogitsWarper(7),
        "TopP 0.6": TopPLogitsWarper(0.6),
        "TopP 0.95": TopPLogitsWarper(0.95),
    }
    return {
        "history": history[0].tolist(),
        "scores": scores.tolist(),
        "processed": {
            name: [
                None if math.isinf(score) else score
                for score in processor(history, scores[None].clone())[0].tolist()
            ]
            for name, processor in single.items()
        },
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", required=True, type=pathlib.Path)
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    goldens = {
        "single": processed(),
        "chains": [
            golden(name, case, seed)
            for seed, (name, case) in enumerate(CASES.items(), start=11)
        ],
    }
    (output / "goldens.json").write_text(json.dumps(goldens) + "\n")


if __name__ == "__main__":
    main()
