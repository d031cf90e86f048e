"""The flow of the `flow` profile, in the real numbers: what the integer engine approximates.

Every value is a real number of which the engine keeps 14 fractional bits. A pixel p of 0..255 with
uniform noise u in [0, 1) enters as (p + u) / 256 - 1/2. Layers map a tensor (batch, channels, rows,
columns) to another and return the log2 of the determinant of their Jacobian for each sample.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

# One unit of a normalised value (the scale of a standard logistic) in fixed-point value units.
UNIT = 2.0**-5
# Knots of the piecewise linear monotone function, in normalised units; identity slope beyond them.
KNOTS = [-6.0, -4.0, -2.5, -1.5, -0.75, 0.0, 0.75, 1.5, 2.5, 4.0, 6.0]
BINS = len(KNOTS) - 1
# Order of the four phases of a 2 x 2 block after a squeeze, as (row, column).
PHASES = [(0, 0), (1, 1), (0, 1), (1, 0)]


class Convolution(nn.Module):
    """A convolution of stride 1 that keeps its size; the border is zero or repeats the edge."""

    def __init__(self, inputs, outputs, kernel, padding="zero", relu=True):
        super().__init__()
        self.padding, self.relu, self.kernel = padding, relu, kernel
        self.conv = nn.Conv2d(
            inputs, outputs, kernel, padding=kernel // 2 if padding == "zero" else 0
        )

    def forward(self, x):
        if self.padding == "edge" and self.kernel == 3:
            x = F.pad(x, (1, 1, 1, 1), mode="replicate")
        y = self.conv(x)
        return F.relu(y) if self.relu else y


class Network(nn.Sequential):
    """Convolutions one after the other; the last one starts at zero."""

    def __init__(self, *layers):
        super().__init__(*layers)
        nn.init.zeros_(layers[-1].conv.weight)
        nn.init.zeros_(layers[-1].conv.bias)


class InvertibleConvolution(nn.Module):
    """A 1x1 convolution by W = P L diag(exp2(d)) U on channels [start, start + n)."""

    def __init__(self, start, permutation, lower, log_diagonal, upper):
        super().__init__()
        n = len(permutation)
        self.start, self.n = start, n
        self.register_buffer("permutation", torch.tensor(permutation))
        self.lower = nn.Parameter(lower)
        self.upper = nn.Parameter(upper)
        self.log_diagonal = nn.Parameter(log_diagonal)

    def forward(self, x):
        n, eye = self.n, torch.eye(self.n)
        lower = torch.tril(self.lower, -1) + eye
        upper = torch.triu(self.upper, 1) + eye
        w = lower @ (torch.exp2(self.log_diagonal)[:, None] * upper)
        w = w[self.permutation]
        part = F.conv2d(x[:, self.start : self.start + n], w[:, :, None, None])
        y = torch.cat([x[:, : self.start], part, x[:, self.start + n :]], 1)
        return y, self.log_diagonal.sum() * x.shape[2] * x.shape[3]


class Coupling(nn.Module):
    """Transforms three channels from `start` given all channels before them.

    Output channel: shift, log2 scale, then the log2 slopes of the monotone function. The three
    weights for earlier channels of the same three follow: (1<-0), (2<-0), (2<-1).
    """

    def __init__(self, start, hidden, predictor):
        super().__init__()
        self.start = start
        outputs = 3 * (2 + BINS) + 3
        self.network = Network(
            Convolution(start, hidden, 3, "edge"),
            Convolution(hidden, hidden, 3),
            Convolution(hidden, hidden, 1),
            Convolution(hidden, outputs, 1, relu=False),
        )
        with torch.no_grad():
            self.network[0].conv.weight.mul_(4)
        self.predictor = Convolution(start, 3, 3, "edge", relu=False)
        with torch.no_grad():
            self.predictor.conv.weight.copy_(predictor)
            self.predictor.conv.bias.zero_()

    def forward(self, x):
        a, b = x[:, : self.start], x[:, self.start : self.start + 3]
        out = self.network(a).float()
        n = 2 + BINS
        params = out[:, : 3 * n].reshape(x.shape[0], 3, n, x.shape[2], x.shape[3])
        cross = out[:, 3 * n :]
        shift = params[:, :, 0] / 64 + self.predictor(a).float()
        log_scale = (params[:, :, 1] + LOG_SCALE_CENTER).clamp(-4, 8)
        slopes = params[:, :, 2:].clamp(-4, 4)
        earlier = torch.stack(
            [
                torch.zeros_like(b[:, 0]),
                cross[:, 0] * b[:, 0],
                cross[:, 1] * b[:, 0] + cross[:, 2] * b[:, 1],
            ],
            1,
        )
        t = (b - shift - earlier) * torch.exp2(log_scale) / UNIT
        z, log_slope = monotone(t, slopes)
        bits = log_scale + log_slope
        y = torch.cat([a, z * UNIT, x[:, self.start + 3 :]], 1)
        return y, bits.sum((1, 2, 3))


# A residual of about 2/256 in value units comes out as one unit.
LOG_SCALE_CENTER = math.log2(UNIT * 128)


def monotone(t, slopes):
    """The piecewise linear function with z(0) = 0 and the given log2 slopes between the knots."""
    z = (t - KNOTS[-1]).clamp(min=0) + (t - KNOTS[0]).clamp(max=0)
    log_slope = torch.zeros_like(t)
    r = torch.exp2(slopes)
    for j in range(BINS):
        low, high = KNOTS[j], KNOTS[j + 1]
        origin = min(max(0.0, low), high)
        z = z + r[:, :, j] * (t.clamp(low, high) - origin)
        log_slope = log_slope + slopes[:, :, j] * ((t >= low) & (t < high))
    return z, log_slope


class Prior(nn.Module):
    """Logistic distributions of the channels from `start` given those before; constant if start is 0."""

    def __init__(self, start, channels, hidden, center=0.0):
        super().__init__()
        self.start, self.channels, self.center = start, channels, center
        if start:
            self.network = Network(
                Convolution(start, hidden, 3, "edge"),
                Convolution(hidden, hidden, 1),
                Convolution(hidden, 2 * channels, 1, relu=False),
            )
        else:
            self.constants = nn.Parameter(torch.zeros(2 * channels))

    def log2_density(self, x):
        a, z = x[:, : self.start], x[:, self.start :]
        if self.start:
            out = self.network(a).float()
        else:
            out = self.constants[None, :, None, None].expand(
                x.shape[0], -1, x.shape[2], x.shape[3]
            )
        mean = out[:, : self.channels] * UNIT
        log_scale = (out[:, self.channels :] + self.center).clamp(-6, 10)
        e = (z - mean) / UNIT * torch.exp2(log_scale.neg())
        nats = -e.abs() - 2 * F.softplus(-e.abs())
        return (nats / math.log(2) - log_scale - math.log2(UNIT)).sum((1, 2, 3))


def squeeze(x):
    return torch.cat([x[:, :, r::2, c::2] for r, c in PHASES], 1)


def color_transform():
    """Y, Co, Cg by lifting, for each of four phases: permutation, lower, log diagonal, upper."""
    lower = torch.tensor([[1, 0, 0], [-0.5, 1, 0], [0.25, 0.5, 1]])
    upper = torch.tensor([[1.0, 0, -1], [0, 1, -1], [0, 0, 1]])
    permutation = [3 * p + c for p in range(4) for c in (2, 0, 1)]
    return (
        permutation,
        torch.block_diag(*[lower] * 4),
        torch.zeros(12),
        torch.block_diag(*[upper] * 4),
    )


def averaging(start):
    """3x3 taps that average the four nearest known neighbours of the phase that starts there."""
    w = torch.zeros(3, start, 3, 3)
    taps = {  # phase: (row offset, column offset), relative to the block
        3: {0: [(0, 0), (0, 1), (1, 0), (1, 1)]},
        6: {0: [(0, 0), (0, 1)], 1: [(-1, 0), (0, 0)]},
        9: {0: [(0, 0), (1, 0)], 1: [(0, -1), (0, 0)]},
    }[start]
    for color in range(3):
        for phase, offsets in taps.items():
            for r, c in offsets:
                w[color, 3 * phase + color, 1 + r, 1 + c] = 0.25
    return w


class Level(nn.Module):
    """Squeeze, mix, transform three of four phases given the known ones, mix, and code them."""

    def __init__(self, first, hidden, prior_hidden):
        super().__init__()
        eye = (
            list(range(12)),
            torch.zeros(12, 12),
            torch.zeros(12),
            torch.zeros(12, 12),
        )
        self.mix = InvertibleConvolution(0, *(color_transform() if first else eye))
        self.couplings = nn.ModuleList(
            [Coupling(s, hidden, averaging(s)) for s in (9, 6, 3)]
        )
        zero = torch.zeros(9, 9)
        self.mix_details = InvertibleConvolution(
            3, list(range(9)), zero, torch.zeros(9), zero.clone()
        )
        self.prior = Prior(3, 9, prior_hidden)

    def forward(self, x):
        """Returns the retained channels and the log2 density of the others with all determinants."""
        x, bits = self.mix(squeeze(x))
        for coupling in self.couplings:
            x, more = coupling(x)
            bits = bits + more
        x, more = self.mix_details(x)
        return x[:, :3], bits + more + self.prior.log2_density(x)


class Flow(nn.Module):
    def __init__(self, hidden=(64, 64, 48, 48), prior_hidden=32):
        super().__init__()
        self.levels = nn.ModuleList(
            [Level(i == 0, h, prior_hidden) for i, h in enumerate(hidden)]
        )
        self.prior = Prior(0, 3, 0, center=2.0)

    def bits_per_subpixel(self, x):
        """Negative log2 likelihood of dequantised patches (batch, 3, rows, columns) per subpixel."""
        subpixels = x[0].numel()
        total = 0
        for level in self.levels:
            x, log2_density = level(x)
            total = total + log2_density
        return 8 - (total + self.prior.log2_density(x)) / subpixels
