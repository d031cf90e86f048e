"""Measures a model on scenes that it was not trained on, attribute by attribute.

python evaluate.py --model tiny-llava --scenes test --count 2000
"""

import argparse
from collections import Counter

import torch
from transformers import AutoProcessor, LlavaForConditionalGeneration

import scenes
import statements
from answering import descriptions
from score import Score


def by_layout(said, data):
    """Lines of a Markdown table: descriptions that are right word for word."""
    right, total = Counter(), Counter()
    for text, wanted, truth in zip(said, data.descriptions, data.truths):
        kind = f"{truth['layout']}, groups: {len(truth['groups'])}"
        total[kind] += 1
        right[kind] += text == wanted
    lines = ["", "| layout | right | of | accuracy |", "|---|---|---|---|"]
    for kind in sorted(total):
        part = right[kind] / total[kind]
        lines.append(f"| {kind} | {right[kind]} | {total[kind]} | {part:.1%} |")
    return lines


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", required=True, help="folder of the model")
    parser.add_argument("--scenes", required=True, help="folder of prepare.py")
    parser.add_argument("--count", type=int, default=2000, help="scenes to ask about")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    processor = AutoProcessor.from_pretrained(options.model, use_fast=False)
    llava = LlavaForConditionalGeneration.from_pretrained(options.model)
    data = scenes.load(options.scenes).first(options.count)
    without = [None] * len(data)
    for prompt, captions in (("detailed", without), ("grounded", data.captions)):
        said = descriptions(llava, processor.tokenizer, data.images, captions)
        score = Score()
        for text, truth in zip(said, data.truths):
            score.add(
                statements.of_description(text),
                statements.of_truth(truth, scenes.SOURCE_SIDE),
            )
        same = sum(a == b for a, b in zip(said, data.descriptions))
        print(f"\nPrompt {prompt}, {len(data)} scenes\n")
        print("\n".join(score.table()))
        print(f"| word for word the reference | {same} | {len(data)} | ", end="")
        print(f"{same / len(data):.1%} |")
        print("\n".join(by_layout(said, data)))


if __name__ == "__main__":
    main()
