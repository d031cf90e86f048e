"""The tiny text-to-image model: a tokenizer, a text encoder, and a diffusion transformer.

The transformer is built like PixArt-alpha's (Chen et al. 2023, section 2.3): patches,
self-attention, cross-attention to the text's tokens, one adaLN for all blocks
("adaLN-single"), to which the mean of the text is added. It is an hourglass (Crowson et al.
2024): convolutions (ConvNeXt's blocks, Liu et al. 2022) on small patches draw outlines,
and the transformer between them works on four of those as one. It predicts the image
itself, as Li & He (2025) advise for large patches, and is asked for the velocity.
"""

import dataclasses
import math

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import nn
from torch.nn import functional

from labels import LABELS
from prompts import words

PAD, END, UNKNOWN = "<pad>", "</s>", "<unk>"
LENGTH = 64


@dataclasses.dataclass(frozen=True)
class Size:
    """Sizes of a model."""

    side: int = 48
    channels: int = 3
    patch: int = 4
    fine_width: int = 96
    fine_before: int = 2
    fine_after: int = 3
    merged: int = 2
    width: int = 160
    depth: int = 5
    heads: int = 5
    labelled: int = 2
    text_width: int = 96
    text_depth: int = 2
    text_heads: int = 4
    tokens: int = LENGTH


def tokenizer():
    """Splits at spaces and signs; a word that the model doesn't know is <unk>."""
    known = {word: i for i, word in enumerate([PAD, END, UNKNOWN, *words()])}
    made = Tokenizer(models.WordLevel(known, unk_token=UNKNOWN))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single=f"$A {END}", special_tokens=[(END, known[END])]
    )
    made.enable_truncation(LENGTH)
    return made


def whole():
    """Where training with bfloat16 matrices stays with float32: it is slower otherwise."""
    return torch.autocast("cpu", enabled=False)


class Attention(nn.Module):
    """Attention of a sequence to itself or to another."""

    def __init__(self, width, heads, other=None):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(other or width, 2 * width)
        self.output = nn.Linear(width, width)

    def forward(self, x, other=None, mask=None):
        other = x if other is None else other
        batch, length, width = x.shape
        query = self.query(x).view(batch, length, self.heads, -1).transpose(1, 2)
        key, value = (
            self.key_value(other)
            .view(batch, other.shape[1], 2, self.heads, -1)
            .permute(2, 0, 3, 1, 4)
        )
        with whole():
            seen = functional.scaled_dot_product_attention(
                query.float(), key.float(), value.float(), attn_mask=mask
            )
        return self.output(seen.transpose(1, 2).reshape(batch, length, width))


class SquaredReLU(nn.Module):
    """As good as GELU (So et al. 2021), and a tenth of its time on a CPU."""

    def forward(self, x):
        return torch.relu(x).square()


def feed_forward(width):
    return nn.Sequential(
        nn.Linear(width, 4 * width), SquaredReLU(), nn.Linear(4 * width, width)
    )


class TextBlock(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.before_attention = nn.LayerNorm(width)
        self.attention = Attention(width, heads)
        self.before_feed = nn.LayerNorm(width)
        self.feed = feed_forward(width)

    def forward(self, x, mask):
        x = x + self.attention(self.before_attention(x), mask=mask)
        return x + self.feed(self.before_feed(x))


class TextEncoder(nn.Module):
    """Token ids and mask (batch, length) to states (batch, length, width)."""

    def __init__(self, size, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, size.text_width)
        # As large as the words themselves: at a tenth of that, word order is not seen.
        self.position = nn.Parameter(torch.randn(size.tokens, size.text_width))
        self.blocks = nn.ModuleList(
            TextBlock(size.text_width, size.text_heads) for _ in range(size.text_depth)
        )
        self.norm = nn.LayerNorm(size.text_width)

    def forward(self, ids, mask):
        x = self.embedding(ids) + self.position[: ids.shape[1]]
        seen = mask.bool()[:, None, None, :]
        for block in self.blocks:
            x = block(x, seen)
        return self.norm(x)


class Block(nn.Module):
    """Self-attention, cross-attention, feed-forward, modulated by time and text."""

    def __init__(self, width, heads):
        super().__init__()
        self.norm = nn.LayerNorm(width, elementwise_affine=False, eps=1e-6)
        self.self_attention = Attention(width, heads)
        self.cross_attention = Attention(width, heads)
        self.feed = feed_forward(width)
        self.table = nn.Parameter(torch.randn(6, width) / width**0.5)

    def forward(self, x, text, mask, modulation):
        shift, scale, gate, shift2, scale2, gate2 = (self.table + modulation).chunk(
            6, 1
        )
        x = x + gate * self.self_attention(self.norm(x) * (1 + scale) + shift)
        x = x + self.cross_attention(x, text, mask)
        return x + gate2 * self.feed(self.norm(x) * (1 + scale2) + shift2)


def time_features(timestep, width=256):
    """Sines and cosines of a timestep from 0 to 1000: (batch, width)."""
    half = width // 2
    rates = torch.exp(-math.log(10000) * torch.arange(half) / half)
    angle = timestep[:, None].float() * rates
    return torch.cat([angle.cos(), angle.sin()], -1)


def patch_positions(width, side):
    """Sines and cosines of each patch's column and row: (1, side * side, width)."""

    def along(at):
        rates = 1 / 10000 ** (torch.arange(width // 4).double() / (width // 4))
        angle = at.reshape(-1, 1) * rates
        return torch.cat([angle.sin(), angle.cos()], 1)

    y, x = torch.meshgrid(
        torch.arange(side).double(), torch.arange(side).double(), indexing="ij"
    )
    return torch.cat([along(x), along(y)], 1).float()[None]


class FineBlock(nn.Module):
    """Neighbours, then a feed-forward, modulated by time and text: ConvNeXt's block."""

    REACH = 5

    def __init__(self, width):
        super().__init__()
        self.near = nn.Conv2d(
            width, width, self.REACH, padding=self.REACH // 2, groups=width
        )
        self.norm = nn.LayerNorm(width, elementwise_affine=False, eps=1e-6)
        self.feed = feed_forward(width)
        self.table = nn.Parameter(torch.randn(3, width) / width**0.5)

    def forward(self, x, modulation):
        """x (batch, rows, columns, width), modulation (batch, 3, width)."""
        shift, scale, gate = (self.table + modulation)[:, :, None, None].unbind(1)
        with whole():
            near = self.near(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        return x + gate * self.feed(self.norm(near) * (1 + scale) + shift)


def merged(x, block):
    """Puts block x block neighbours together: (batch, rows, columns, width) to
    (batch, rows / block, columns / block, block * block * width)."""
    batch, rows, columns, width = x.shape
    x = x.view(batch, rows // block, block, columns // block, block, width)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(
        batch, rows // block, columns // block, block * block * width
    )


def split(x, block):
    """Takes apart what `merged` has put together."""
    batch, rows, columns, width = x.shape
    x = x.view(batch, rows, columns, block, block, width // block**2)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(
        batch, rows * block, columns * block, width // block**2
    )


class Transformer(nn.Module):
    """Noisy pixels (batch, 3, side, side), states and mask of a text, and a timestep from
    0 (image) to 1000 (noise), to the image that is under the noise."""

    def __init__(self, size):
        super().__init__()
        self.size = size
        pixels = size.channels * size.patch**2
        width, fine = size.width, size.fine_width
        self.rows = size.side // size.patch
        self.coarse_rows = self.rows // size.merged
        self.caption = nn.Sequential(
            nn.Linear(size.text_width, width),
            nn.GELU(approximate="tanh"),
            nn.Linear(width, width),
        )
        self.input = nn.Linear(pixels, fine)
        self.register_buffer(
            "fine_position", patch_positions(fine, self.rows), persistent=False
        )
        self.register_buffer(
            "position", patch_positions(width, self.coarse_rows), persistent=False
        )
        self.time = nn.Sequential(
            nn.Linear(256, width), nn.SiLU(), nn.Linear(width, width)
        )
        self.modulation = nn.Linear(width, 6 * width)
        self.fine_modulation = nn.Linear(width, 3 * fine)
        self.pooled = nn.Linear(size.text_width, width)
        self.before = nn.ModuleList(FineBlock(fine) for _ in range(size.fine_before))
        self.merge = nn.Linear(size.merged**2 * fine, width)
        self.blocks = nn.ModuleList(Block(width, size.heads) for _ in range(size.depth))
        self.split = nn.Linear(width, size.merged**2 * fine)
        self.after = nn.ModuleList(FineBlock(fine) for _ in range(size.fine_after))
        self.norm = nn.LayerNorm(fine, elementwise_affine=False, eps=1e-6)
        self.output = nn.Linear(fine, pixels)
        self._initialise()

    def _initialise(self):
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        for block in self.blocks:
            nn.init.zeros_(block.cross_attention.output.weight)
        nn.init.zeros_(self.output.weight)
        nn.init.normal_(self.modulation.weight, std=0.02)
        nn.init.normal_(self.fine_modulation.weight, std=0.02)

    def forward(self, noisy, text, timestep, mask):
        return self.seen(noisy, text, timestep, mask)[0]

    def seen(self, noisy, text, timestep, mask):
        """The image, and the states (batch, tokens, width) after the labelled block."""
        size, batch, rows = self.size, noisy.shape[0], self.rows
        known = mask.to(text.dtype)[..., None]
        pooled = (text * known).sum(1) / known.sum(1)
        condition = functional.silu(
            self.time(time_features(timestep)) + self.pooled(pooled)
        )
        modulation = self.modulation(condition).view(batch, 6, size.width)
        fine_modulation = self.fine_modulation(condition).view(
            batch, 3, size.fine_width
        )
        text = self.caption(text)
        mask = mask.bool()[:, None, None, :]
        with whole():
            fine = self.input(merged(noisy.permute(0, 2, 3, 1), size.patch))
        fine = fine + self.fine_position.view(1, rows, rows, size.fine_width)
        for block in self.before:
            fine = block(fine, fine_modulation)
        x = self.merge(merged(fine, size.merged))
        x = x.view(batch, self.coarse_rows**2, size.width) + self.position
        states = None
        for depth, block in enumerate(self.blocks):
            x = block(x, text, mask, modulation)
            if depth == size.labelled:
                states = x
        coarse = self.split(x).view(batch, self.coarse_rows, self.coarse_rows, -1)
        fine = fine + split(coarse, size.merged)
        for block in self.after:
            fine = block(fine, fine_modulation)
        with whole():
            image = split(self.output(self.norm(fine)), size.patch)
        return image.permute(0, 3, 1, 2), states


class TinyDit(nn.Module):
    """Text encoder and transformer, as they are trained together, and what tells the labels
    of each coarse token, for training alone."""

    def __init__(self, size, vocabulary):
        super().__init__()
        self.text_encoder = TextEncoder(size, vocabulary)
        self.transformer = Transformer(size)
        self.labels = nn.Linear(size.width, LABELS)

    def forward(self, noisy, ids, timestep):
        """Padding, id 0, is not looked at."""
        return self.labelled(noisy, ids, timestep)[0]

    def labelled(self, noisy, ids, timestep):
        """The image, and what the model says of the objects (batch, tokens, LABELS)."""
        mask = ids > 0
        text = self.text_encoder(ids, mask)
        image, states = self.transformer.seen(noisy, text, timestep, mask)
        return image, self.labels(states)


class Velocity(nn.Module):
    """A transformer whose prediction of the image is turned into that of the velocity
    from image to noise, as flow-matching samplers take it."""

    def __init__(self, transformer):
        super().__init__()
        self.transformer = transformer

    def forward(
        self, hidden_states, encoder_hidden_states, timestep, encoder_attention_mask
    ):
        image = self.transformer(
            hidden_states, encoder_hidden_states, timestep, encoder_attention_mask
        )
        noise = (timestep.float() / 1000).clamp(min=1e-3).view(-1, 1, 1, 1)
        return (hidden_states - image) / noise
