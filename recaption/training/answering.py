"""Asks a model, many images at a time."""

import torch

from prompts import BEFORE, after_image
from tower import pixel_values


@torch.no_grad()
def descriptions(llava, tokenizer, images, captions, batch=100):
    """Greedy answers about images (count, 64, 64, 3); captions[i] may be None."""
    llava.eval()
    answers = []
    placeholder = llava.config.image_token_index
    count = llava.config.image_seq_length
    before = tokenizer(BEFORE)["input_ids"] + [placeholder] * count
    for start in range(0, len(images), batch):
        rows = [
            before + tokenizer(after_image(caption))["input_ids"]
            for caption in captions[start : start + batch]
        ]
        width = max(map(len, rows))
        pad = [width - len(row) for row in rows]
        ids = torch.tensor(
            [[tokenizer.pad_token_id] * p + row for p, row in zip(pad, rows)]
        )
        mask = torch.tensor([[0] * p + [1] * (width - p) for p in pad])
        pixels = pixel_values(torch.from_numpy(images[start : start + batch].copy()))
        said = llava.generate(
            input_ids=ids, attention_mask=mask, pixel_values=pixels, do_sample=False
        )
        texts = tokenizer.batch_decode(said[:, width:], skip_special_tokens=True)
        answers += [text.strip() for text in texts]
    return answers
