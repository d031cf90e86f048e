"""Greedy captions of a LLaVA checkpoint by transformers' own generate.

Tells what a server of the same checkpoint should answer. Prints a JSON array with one
text for each image.

    python reference.py CHECKPOINT PROMPT MAX_NEW_TOKENS IMAGE...
"""

import json
import sys

import torch
from PIL import Image
from transformers import AutoProcessor, LlavaForConditionalGeneration


@torch.inference_mode()
def captions(checkpoint, prompt, max_new_tokens, images):
    processor = AutoProcessor.from_pretrained(checkpoint)
    model = LlavaForConditionalGeneration.from_pretrained(checkpoint).eval()
    content = [{"type": "text", "text": prompt}, {"type": "image"}]
    text = processor.apply_chat_template(
        [{"role": "user", "content": content}], add_generation_prompt=True
    )
    for image in images:
        with Image.open(image) as pixels:
            inputs = processor(
                images=pixels.convert("RGB"), text=text, return_tensors="pt"
            )
        ids = model.generate(**inputs, max_new_tokens=max_new_tokens, do_sample=False)
        answer = ids[0, inputs["input_ids"].shape[1] :]
        yield processor.decode(answer, skip_special_tokens=True).strip()


if __name__ == "__main__":
    checkpoint, prompt, limit, *files = sys.argv[1:]
    json.dump(list(captions(checkpoint, prompt, int(limit), files)), sys.stdout)
