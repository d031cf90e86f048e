"""Trains the flow on a folder of PNGs and writes checkpoints: weights, their moving average, step.

python train.py --images <folder> --validation <folder> --checkpoint flow.pt --minutes 60
"""

import argparse
import pathlib
import time

import numpy
import torch
from PIL import Image

from model import Flow

PATCH = 32


def load(folder):
    """All images of a folder as one list of (3, height, width) byte tensors."""
    files = sorted(pathlib.Path(folder).glob("*.png"))
    if not files:
        raise SystemExit(f"No PNG files in {folder}: name a folder of RGB PNGs.")
    arrays = [numpy.asarray(Image.open(f).convert("RGB")) for f in files]
    return [torch.from_numpy(a.copy()).permute(2, 0, 1).contiguous() for a in arrays]


def dequantise(patches, generator):
    noise = torch.rand(patches.shape, generator=generator)
    return ((patches.float() + noise) / 256 - 0.5).contiguous(
        memory_format=torch.channels_last
    )


def random_patches(images, count, generator):
    def draw(n):
        return torch.randint(n, (1,), generator=generator).item()

    result = torch.empty(count, 3, PATCH, PATCH, dtype=torch.uint8)
    for i in range(count):
        image = images[draw(len(images))]
        y, x = draw(image.shape[1] - PATCH + 1), draw(image.shape[2] - PATCH + 1)
        patch = image[:, y : y + PATCH, x : x + PATCH]
        result[i] = patch.flip(2) if draw(2) else patch
    return result


def all_patches(images, stride):
    """Every stride-th patch of the grid, over all images."""
    patches = [
        image[:, y : y + PATCH, x : x + PATCH]
        for image in images
        for y in range(0, image.shape[1] - PATCH + 1, PATCH)
        for x in range(0, image.shape[2] - PATCH + 1, PATCH)
    ]
    return torch.stack(patches[::stride])


@torch.no_grad()
def evaluate(flow, patches, batch=64):
    generator = torch.Generator().manual_seed(7)
    flow.eval()
    total = sum(
        flow.bits_per_subpixel(dequantise(patches[i : i + batch], generator))
        .sum()
        .item()
        for i in range(0, len(patches), batch)
    )
    flow.train()
    return total / len(patches)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--images", required=True, help="folder of RGB PNGs to train on"
    )
    parser.add_argument(
        "--validation", required=True, help="folder of RGB PNGs only to measure on"
    )
    parser.add_argument(
        "--checkpoint", required=True, help="file to write; training resumes from it"
    )
    parser.add_argument(
        "--minutes", type=float, default=60, help="length of training in minutes"
    )
    parser.add_argument("--batch", type=int, default=32, help="patches per step")
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    generator = torch.Generator().manual_seed(options.seed)
    images = load(options.images)
    validation = all_patches(load(options.validation), 17)
    flow = Flow().to(memory_format=torch.channels_last)
    average = {k: v.clone() for k, v in flow.state_dict().items()}
    averaged = Flow().to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(flow.parameters(), lr=options.rate, betas=(0.9, 0.99))
    step, spent = 0, 0.0
    path = pathlib.Path(options.checkpoint)
    if path.exists():
        saved = torch.load(path)
        flow.load_state_dict(saved["flow"])
        optimizer.load_state_dict(saved["optimizer"])
        average, step, spent = saved["average"], saved["step"], saved["spent"]

    begun, running, last = time.time() - spent, 0.0, time.time()
    while (progress := (time.time() - begun) / (60 * options.minutes)) < 1:
        rate = (
            options.rate
            * min(1, (step + 1) / 200)
            * min(1, 1.25 * (1 - progress) ** 1.0 + 0.005)
        )
        for group in optimizer.param_groups:
            group["lr"] = rate
        x = dequantise(random_patches(images, options.batch, generator), generator)
        loss = flow.bits_per_subpixel(x).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(flow.parameters(), 0.5)
        optimizer.step()
        step += 1
        decay = min(0.999, step / (step + 20))
        with torch.no_grad():
            for name, value in flow.state_dict().items():
                if value.dtype.is_floating_point:
                    average[name].lerp_(value, 1 - decay)
        running += (loss.item() - running) * max(0.02, 1 / step)
        if step % 500 == 0 or step == 50:
            averaged.load_state_dict(average)
            measured = evaluate(averaged, validation)
            now = time.time()
            print(
                f"step {step} minutes {(now - begun) / 60:.1f} rate {rate:.2e} train {running:.4f} "
                f"validation {measured:.4f} seconds {now - last:.0f}",
                flush=True,
            )
            last = now
            state = {
                "flow": flow.state_dict(),
                "average": average,
                "optimizer": optimizer.state_dict(),
                "step": step,
                "spent": now - begun,
                "validation": measured,
            }
            torch.save(state, str(path) + ".new")
            pathlib.Path(str(path) + ".new").replace(path)
    averaged.load_state_dict(average)
    print(
        f"final step {step} validation {evaluate(averaged, validation):.4f}", flush=True
    )
    torch.save(
        {
            "flow": flow.state_dict(),
            "average": average,
            "optimizer": optimizer.state_dict(),
            "step": step,
            "spent": time.time() - begun,
        },
        path,
    )


if __name__ == "__main__":
    main()
