"""Random checkpoints in ONNX, and the greedy tokens that transformers gives for them.

python captions.py --output ../../src/test/resources/dev/darkroom/recaption/llava

With --checkpoint it gives those of a checkpoint that is there, and writes no ONNX.
Rows are generated one by one and as a left-padded batch, and have to agree. Their
end-of-sequence tokens are chosen so that some rows end early, each at its own time.
"""

import argparse
import json
import pathlib
import sys
import tempfile

import torch
from transformers import AutoProcessor, LlavaForConditionalGeneration

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "export"))

import checkpoints
import export
from pictures import SIZES, picture

MAX_NEW_TOKENS = 24
PROMPTS = [
    "Describe this image and its style in a very detailed manner.",
    "What is in the picture?",
    "Give the caption of this image 'a photo: café, 100 % wool', describe it.",
    "Colours?\nAnd shapes?",
]


def rows():
    return [(i, PROMPTS[i % len(PROMPTS)]) for i in range(len(SIZES))]


def inputs(processor, indices):
    texts = [
        processor.apply_chat_template(
            [
                {
                    "role": "user",
                    "content": [{"type": "image"}, {"type": "text", "text": prompt}],
                }
            ],
            add_generation_prompt=True,
        )
        for _, prompt in indices
    ]
    images = [[picture(i)] for i, _ in indices]
    return processor(images=images, text=texts, padding=True, return_tensors="pt")


def generate(model, processor, chosen, ends, **options):
    """The new tokens of each row, up to and with its end."""
    batch = inputs(processor, chosen)
    tokens = model.generate(
        **batch,
        do_sample=False,
        max_new_tokens=options.pop("max_new_tokens", MAX_NEW_TOKENS),
        eos_token_id=ends,
        pad_token_id=0,
        **options,
    )[:, batch["input_ids"].shape[1] :].tolist()
    prompts = [
        row[mask.bool()].tolist()
        for row, mask in zip(batch["input_ids"], batch["attention_mask"], strict=True)
    ]
    return [
        (prompt, cut(answer, ends))
        for prompt, answer in zip(prompts, tokens, strict=True)
    ]


def cut(answer, ends):
    for index, token in enumerate(answer):
        if token in ends:
            return answer[: index + 1]
    return answer


def early_end(answers):
    """A token that ends some rows, at different times, and not all."""
    tokens = {token for answer in answers for token in answer}

    def score(token):
        places = [answer.index(token) for answer in answers if token in answer]
        ended = len(places)
        return (0 < ended < len(answers), len(set(places)), max(places) > 3)

    return max(sorted(tokens), key=score)


def golden(model, processor, ends):
    alone = [generate(model, processor, [row], ends)[0] for row in rows()]
    together = generate(model, processor, rows(), ends)
    if alone != together:
        raise SystemExit("rows differ alone and in a batch; take another seed")
    return [
        {
            "image": f"picture-{index}.png",
            "question": question,
            "prompt": prompt,
            "answer": answer,
            "text": processor.tokenizer.decode(answer, skip_special_tokens=True),
        }
        for (index, question), (prompt, answer) in zip(rows(), alone, strict=True)
    ]


def write(name, folder, seed):
    with tempfile.TemporaryDirectory() as source:
        checkpoints.save(name, source, seed)
        model, processor = load(source)
        answers = [a for _, a in generate(model, processor, rows(), [2])]
        ends = [2, early_end(answers)]
        model.generation_config.eos_token_id = ends
        model.generation_config.save_pretrained(source)
        export.export(source, folder, log=lambda line: print(f"{name}: {line}"))
        result = golden(model, processor, ends)
    write_goldens(name, result, folder)


def write_goldens(name, result, folder):
    folder.mkdir(parents=True, exist_ok=True)
    print(f"{name}: answers of {[len(row['answer']) for row in result]} tokens")
    text = json.dumps(result, ensure_ascii=False, indent=1)
    (folder / "greedy.json").write_text(text + "\n", encoding="utf-8")


def load(source):
    model = LlavaForConditionalGeneration.from_pretrained(source).eval()
    return model, AutoProcessor.from_pretrained(source, use_fast=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", required=True, type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1, help="of the random weights")
    parser.add_argument("--checkpoint", help="a folder that save_pretrained wrote")
    arguments = parser.parse_args()
    output = arguments.output
    if arguments.checkpoint:
        model, processor = load(arguments.checkpoint)
        ends = [model.generation_config.eos_token_id]
        write_goldens("checkpoint", golden(model, processor, ends), output)
        return
    torch.manual_seed(0)
    (output / "pictures").mkdir(parents=True, exist_ok=True)
    for index in range(len(SIZES)):
        picture(index).save(output / "pictures" / f"picture-{index}.png", optimize=True)
    for name in checkpoints.SHAPES:
        write(name, output / name, arguments.seed)


if __name__ == "__main__":
    main()
