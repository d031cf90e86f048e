"""Trains the context networks of the `fast` profile.

Reads the features that the codec computes (FeatureExport, among its tests, writes them): per plane and image a file of
little-endian float32 rows of sample, local prediction, error scale, features. Minimises the ideal code length of the samples
under the mixture of discretised logistics that the codec codes with (Salimans et al., "PixelCNN++", ICLR 2017), in bits per
sample, and writes the weights in the layout that ContextModel reads, with a JSON summary beside it.
"""

import argparse
import hashlib
import json
import math
import struct
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

PLANES = 3
OWN_FEATURES = 22
CROSS_FEATURES = 9
CENTRE_LIMIT = 1e4
LOG_SCALE_LIMIT = 6.0
PRECISION = 22
FLOOR = 4.0 / 2**PRECISION


def load(folder: Path, plane: int) -> torch.Tensor:
    """All rows of one plane, as float32 [rows, 3 + features]."""
    files = sorted(folder.glob(f"*.{plane}.f32"))
    if not files:
        raise SystemExit(f"{folder} holds no *.{plane}.f32: run FeatureExport first")
    raw = [np.fromfile(f, dtype="<f4") for f in files]
    width = 3 + OWN_FEATURES + CROSS_FEATURES * plane
    return torch.from_numpy(np.concatenate(raw).reshape(-1, width))


class ContextNetwork(nn.Module):
    """Dense layers with ReLU between them; the outputs are padded to a multiple of 8 on export."""

    def __init__(self, inputs: int, hidden: list[int], components: int):
        super().__init__()
        sizes = [inputs, *hidden, 3 * components]
        self.layers = nn.ModuleList(
            nn.Linear(a, b) for a, b in zip(sizes, sizes[1:], strict=False)
        )
        last = self.layers[-1]
        nn.init.zeros_(last.bias)
        with torch.no_grad():
            last.weight.mul_(0.1)
            last.bias[2 * components :] = torch.linspace(-0.8, 0.6, components)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        x = features
        for layer in self.layers[:-1]:
            x = functional.relu(layer(x))
        return self.layers[-1](x)


def bits(parameters: torch.Tensor, rows: torch.Tensor, components: int) -> torch.Tensor:
    """Ideal code length in bits of each row's sample, [rows]."""
    sample, prediction, scale = rows[:, 0:1], rows[:, 1:2], rows[:, 2:3]
    logits, shifts, log_scales = parameters.split(components, dim=1)
    inverse = torch.exp(-log_scales.clamp(-LOG_SCALE_LIMIT, LOG_SCALE_LIMIT)) / scale
    offset = sample - prediction - scale * shifts.clamp(-CENTRE_LIMIT, CENTRE_LIMIT)
    upper = torch.where(
        sample > 254.5, torch.ones(()), torch.sigmoid((offset + 0.5) * inverse)
    )
    lower = torch.where(
        sample < 0.5, torch.zeros(()), torch.sigmoid((offset - 0.5) * inverse)
    )
    # In the upper tail the difference of two sigmoids near 1 loses its digits; mirror it.
    mirrored = torch.sigmoid((0.5 - offset) * inverse) - torch.sigmoid(
        (-0.5 - offset) * inverse
    )
    inner = (sample > 0.5) & (sample < 254.5)
    mass = torch.where(inner & (offset > 0), mirrored, upper - lower)
    probability = (torch.softmax(logits, dim=1) * mass).sum(dim=1)
    return -torch.log2(probability * (1 - 256 * FLOOR) + FLOOR)


@torch.no_grad()
def evaluate(network: nn.Module, rows: torch.Tensor, components: int) -> float:
    """Mean bits per sample."""
    total = 0.0
    for part in rows.split(65536):
        total += bits(network(part[:, 3:]), part, components).double().sum().item()
    return total / len(rows)


def train(plane: int, args: argparse.Namespace) -> tuple[nn.Module, dict]:
    """Trains one plane's network and returns the average of its weights with a summary."""
    torch.manual_seed(args.seed + plane)
    rows = load(args.features, plane)
    held_out = load(args.validation, plane)
    network = ContextNetwork(rows.shape[1] - 3, args.hidden, args.components)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(args.ema)
    )
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=args.rate, weight_decay=args.decay
    )
    checkpoint = args.output / f"plane{plane}.pt"
    steps = math.ceil(args.epochs * len(rows) / args.batch)
    step, started = 0, time.time()
    if checkpoint.exists():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step = state["step"]
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min(1.0, (s + step) / 300)
        * 0.5
        * (1 + math.cos(math.pi * min(1.0, (s + step) / steps))),
    )
    generator = torch.Generator().manual_seed(args.seed * 7 + plane + step)
    loss_sum, loss_count = 0.0, 0
    while step < steps:
        part = rows[torch.randint(len(rows), (args.batch,), generator=generator)]
        loss = bits(network(part[:, 3:]), part, args.components).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        average.update_parameters(network)
        loss_sum, loss_count, step = loss_sum + loss.item(), loss_count + 1, step + 1
        if step % args.report == 0 or step == steps:
            held = evaluate(average, held_out, args.components)
            print(
                f"plane {plane} step {step}/{steps} train {loss_sum / loss_count:.4f} held out {held:.4f} "
                f"{time.time() - started:.0f} s",
                flush=True,
            )
            loss_sum, loss_count = 0.0, 0
            state = {
                "network": network.state_dict(),
                "average": average.state_dict(),
                "optimizer": optimizer.state_dict(),
                "step": step,
            }
            torch.save(state, checkpoint.with_suffix(".tmp"))
            checkpoint.with_suffix(".tmp").rename(checkpoint)
    summary = {
        "rows": len(rows),
        "steps": steps,
        "held_out_bits": evaluate(average, held_out, args.components),
    }
    return average.module, summary


def pack(network: nn.Module, components: int) -> bytes:
    """The layers in the layout of ContextModel: big endian, outputs in groups of 8."""
    out = [struct.pack(">ii", components, len(network.layers))]
    inputs = network.layers[0].in_features
    for layer in network.layers:
        outputs = -(-layer.out_features // 8) * 8
        weight = np.zeros((outputs, inputs), dtype=np.float32)
        bias = np.zeros(outputs, dtype=np.float32)
        weight[: layer.out_features, : layer.in_features] = (
            layer.weight.detach().numpy()
        )
        bias[: layer.out_features] = layer.bias.detach().numpy()
        out.append(struct.pack(">ii", inputs, outputs))
        out.append(bias.astype(">f4").tobytes())
        grouped = weight.reshape(outputs // 8, 8, inputs).transpose(0, 2, 1)
        out.append(np.ascontiguousarray(grouped).astype(">f4").tobytes())
        inputs = outputs
    return b"".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--features",
        type=Path,
        required=True,
        help="folder of exported features to train on",
    )
    parser.add_argument(
        "--validation",
        type=Path,
        required=True,
        help="folder of exported features to measure on",
    )
    parser.add_argument(
        "--output", type=Path, required=True, help="folder for checkpoints and weights"
    )
    parser.add_argument(
        "--hidden",
        type=int,
        nargs="+",
        default=[32, 32],
        help="units per hidden layer, multiples of 8",
    )
    parser.add_argument(
        "--components", type=int, default=3, help="logistics in the mixture"
    )
    parser.add_argument("--epochs", type=float, default=12, help="passes over the rows")
    parser.add_argument("--batch", type=int, default=4096, help="rows per step")
    parser.add_argument(
        "--rate", type=float, default=3e-3, help="highest learning rate"
    )
    parser.add_argument("--decay", type=float, default=1e-4, help="weight decay")
    parser.add_argument(
        "--ema", type=float, default=0.999, help="decay of the weights' moving average"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="seed of initial weights and batches"
    )
    parser.add_argument(
        "--report", type=int, default=1000, help="steps between reports and checkpoints"
    )
    parser.add_argument("--threads", type=int, default=1, help="CPU threads")
    parser.add_argument(
        "--planes", type=int, nargs="+", default=[0, 1, 2], help="planes to train"
    )
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.output.mkdir(parents=True, exist_ok=True)
    packed, summaries = [], []
    for plane in args.planes:
        network, summary = train(plane, args)
        packed.append(pack(network, args.components))
        summaries.append(summary)
        print(
            f"plane {plane}: {summary['held_out_bits']:.4f} bits per sample", flush=True
        )
    if len(packed) == PLANES:
        weights = b"".join(packed)
        (args.output / "fast.bin").write_bytes(weights)
        (args.output / "SHA256SUMS").write_text(
            f"{hashlib.sha256(weights).hexdigest()}  fast.bin\n"
        )
        mean = sum(s["held_out_bits"] for s in summaries) / PLANES
        summary = {
            "hidden": args.hidden,
            "components": args.components,
            "planes": summaries,
            "held_out_bpsp": mean,
        }
        (args.output / "fast.json").write_text(json.dumps(summary, indent=2) + "\n")
        print(f"held out: {mean:.4f} bpsp")


if __name__ == "__main__":
    main()
