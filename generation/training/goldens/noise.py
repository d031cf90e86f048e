"""Values of torch.randn, call after call, from one CPU generator for each seed.

python noise.py --output ../../src/test/resources/dev/darkroom/generation/noise
"""

import argparse
import base64
import json
import pathlib

import torch

# Below 16 values, multiples of 16, and others: in one go, and mixed, so that what one call
# leaves in the generator shows in the next.
CASES = [
    (0, [1, 1, 1, 2, 3, 15, 1]),
    (1, [64]),
    (7, [16, 17, 31, 33, 48]),
    (42, [3, 20, 1, 1, 16, 5, 100]),
    (2026, [700, 640, 13, 13]),
    (4294967295, [64, 7, 64]),
    (2147483648, [24, 24]),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=pathlib.Path, required=True)
    output = parser.parse_args().output
    cases = []
    for seed, counts in CASES:
        generator = torch.Generator("cpu").manual_seed(seed)
        draws = [torch.randn(count, generator=generator) for count in counts]
        values = torch.cat(draws).numpy().astype("<f4").tobytes()
        cases.append(
            {
                "seed": seed,
                "counts": counts,
                "values": base64.b64encode(values).decode("ascii"),
            }
        )
    output.mkdir(parents=True, exist_ok=True)
    (output / "goldens.json").write_text(
        "[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n"
    )


if __name__ == "__main__":
    main()
