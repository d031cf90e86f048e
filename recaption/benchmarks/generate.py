"""Prints how fast transformers captions a folder of images greedily: images and generated
tokens per second, from files to text, as CaptionReport does for the engine.

python generate.py MODEL IMAGES BATCH_SIZE THREADS NEW_TOKENS PASSES

The model is a folder that save_pretrained wrote; passes come before the one that counts.
"""

import io
import pathlib
import sys
import time

import torch
from PIL import Image
from transformers import AutoProcessor, LlavaForConditionalGeneration

PROMPT = "Describe this image and its style in a very detailed manner."


class Captioner:
    def __init__(self, folder, new_tokens):
        self.model = LlavaForConditionalGeneration.from_pretrained(folder).eval()
        self.processor = AutoProcessor.from_pretrained(folder, use_fast=False)
        self.new_tokens = new_tokens
        turn = [{"type": "image"}, {"type": "text", "text": PROMPT}]
        self.text = self.processor.apply_chat_template(
            [{"role": "user", "content": turn}], add_generation_prompt=True
        )
        ends = self.model.generation_config.eos_token_id
        self.ends = {ends} if isinstance(ends, int) else set(ends)

    def caption(self, files):
        """Texts, and how many tokens they are of, ends included."""
        images = [[Image.open(io.BytesIO(file)).convert("RGB")] for file in files]
        inputs = self.processor(
            images=images,
            text=[self.text] * len(images),
            padding=True,
            return_tensors="pt",
        )
        output = self.model.generate(
            **{k: v for k, v in inputs.items() if k != "token_type_ids"},
            do_sample=False,
            max_new_tokens=self.new_tokens,
        )[:, inputs["input_ids"].shape[1] :]
        texts = self.processor.batch_decode(output, skip_special_tokens=True)
        return texts, sum(self._length(row) for row in output.tolist())

    def _length(self, row):
        for index, token in enumerate(row):
            if token in self.ends:
                return index + 1
        return len(row)


def main():
    if len(sys.argv) != 7:
        sys.exit(__doc__)
    model, images = sys.argv[1:3]
    batch_size, threads, new_tokens, passes = map(int, sys.argv[3:])
    torch.set_num_threads(threads)
    files = [f.read_bytes() for f in sorted(pathlib.Path(images).iterdir())]
    captioner = Captioner(model, new_tokens)
    for _ in range(passes + 1):
        start, tokens = time.perf_counter(), 0
        for first in range(0, len(files), batch_size):
            tokens += captioner.caption(files[first : first + batch_size])[1]
        seconds = time.perf_counter() - start
    print(f"model       {pathlib.Path(model).name}")
    print(f"images      {len(files)}")
    print(f"tokens      {tokens}")
    print(f"images/s    {len(files) / seconds:.2f}")
    print(f"tokens/s    {tokens / seconds:.1f}")


if __name__ == "__main__":
    with torch.inference_mode():
        main()
