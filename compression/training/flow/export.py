"""Writes a trained flow for the codec: flow.json (layers), flow.weights (floats), flow.sha256.

python export.py --checkpoint flow.pt --output ../../src/main/resources/dev/darkroom/compression/flow
"""

import argparse
import hashlib
import json
import pathlib

import numpy
import torch

from model import KNOTS, UNIT, Flow

FRACTION_BITS = 14


class Exporter:
    def __init__(self):
        self.layers, self.weights = [], []

    def add(self, *tensors):
        for tensor in tensors:
            self.weights.append(
                tensor.detach().to(torch.float32).contiguous().numpy().ravel()
            )

    def network(self, convolutions):
        described = []
        for c in convolutions:
            self.add(c.conv.weight, c.conv.bias)
            described.append(
                {
                    "inputs": c.conv.in_channels,
                    "outputs": c.conv.out_channels,
                    "side": c.kernel,
                    "border": c.padding,
                    "rectified": c.relu,
                }
            )
        return described

    def mix(self, layer):
        self.layers.append(
            {
                "type": "invertibleConvolution",
                "start": layer.start,
                "permutation": layer.permutation.tolist(),
            }
        )
        self.add(
            torch.tril(layer.lower, -1), layer.log_diagonal, torch.triu(layer.upper, 1)
        )

    def coupling(self, layer):
        self.layers.append(
            {
                "type": "coupling",
                "start": layer.start,
                "count": 3,
                "knots": [round(k * UNIT * 2**FRACTION_BITS) for k in KNOTS],
                "network": self.network(layer.network),
                "predictor": self.network([layer.predictor]),
            }
        )

    def prior(self, layer):
        described = {
            "type": "splitPrior",
            "start": layer.start,
            "count": layer.channels,
            "scaleCenter": layer.center,
        }
        if layer.start:
            described["network"] = self.network(layer.network)
        else:
            self.add(layer.constants)
        self.layers.append(described)

    def flow(self, flow):
        self.layers.append({"type": "dequantization"})
        for level in flow.levels:
            self.layers.append({"type": "squeeze"})
            self.mix(level.mix)
            for coupling in level.couplings:
                self.coupling(coupling)
            self.mix(level.mix_details)
            self.prior(level.prior)
        self.prior(flow.prior)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", required=True, help="what train.py wrote")
    parser.add_argument(
        "--output", required=True, help="folder to write the three files to"
    )
    options = parser.parse_args()
    flow = Flow()
    flow.load_state_dict(torch.load(options.checkpoint)["average"])
    exporter = Exporter()
    exporter.flow(flow)
    lines = ",\n".join("  " + json.dumps(layer) for layer in exporter.layers)
    description = f'{{"format": 1, "channels": 3, "layers": [\n{lines}\n]}}\n'.encode()
    weights = numpy.concatenate(exporter.weights).astype("<f4").tobytes()
    output = pathlib.Path(options.output)
    output.mkdir(parents=True, exist_ok=True)
    (output / "flow.json").write_bytes(description)
    (output / "flow.weights").write_bytes(weights)
    digest = hashlib.sha256(description + weights).hexdigest()
    (output / "flow.sha256").write_text(digest + "\n")
    print(f"{len(weights) // 4} weights, {digest}")


if __name__ == "__main__":
    main()
