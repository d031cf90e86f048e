"""The tiny text-to-image model: a tokenizer, a text encoder, and a diffusion transformer.

The transformer is built like PixArt-alpha's (Chen et al. 2023, section 2.3): patches,
self-attention, cross-attention to the text's tokens, one adaLN for all blocks
("adaLN-single"), to which the mean of the text is added. It predicts the image itself, as
Li & He (2025) advise for large patches, and is asked for the velocity.
"""

import dataclasses
import math

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import nn
from torch.nn import functional

from prompts import words

PAD, END, UNKNOWN = "<pad>", "</s>", "<unk>"
LENGTH = 64


@dataclasses.dataclass(frozen=True)
class Size:
    """Sizes of a model."""

    side: int = 64
    patch: int = 8
    channels: int = 3
    width: int = 128
    depth: int = 5
    heads: int = 4
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
        seen = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask
        )
        return self.output(seen.transpose(1, 2).reshape(batch, length, width))


def feed_forward(width):
    return nn.Sequential(
        nn.Linear(width, 4 * width),
        nn.GELU(approximate="tanh"),
        nn.Linear(4 * width, width),
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


class Transformer(nn.Module):
    """Noisy pixels (batch, 3, side, side), states and mask of a text, and a timestep from
    0 (image) to 1000 (noise), to the image that is under the noise."""

    def __init__(self, size):
        super().__init__()
        self.size = size
        pixels = size.channels * size.patch**2
        width = size.width
        self.caption = nn.Sequential(
            nn.Linear(size.text_width, width),
            nn.GELU(approximate="tanh"),
            nn.Linear(width, width),
        )
        self.input = nn.Linear(pixels, width)
        self.register_buffer(
            "position",
            patch_positions(width, size.side // size.patch),
            persistent=False,
        )
        self.time = nn.Sequential(
            nn.Linear(256, width), nn.SiLU(), nn.Linear(width, width)
        )
        self.modulation = nn.Linear(width, 6 * width)
        self.pooled = nn.Linear(size.text_width, width)
        self.blocks = nn.ModuleList(Block(width, size.heads) for _ in range(size.depth))
        self.norm = nn.LayerNorm(width, elementwise_affine=False, eps=1e-6)
        self.table = nn.Parameter(torch.randn(2, width) / width**0.5)
        self.output = nn.Linear(width, pixels)
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

    def forward(self, noisy, text, timestep, mask):
        size, batch = self.size, noisy.shape[0]
        along = size.side // size.patch
        seen = mask.to(text.dtype)[..., None]
        pooled = (text * seen).sum(1) / seen.sum(1)
        condition = self.time(time_features(timestep)) + self.pooled(pooled)
        modulation = self.modulation(functional.silu(condition)).view(
            batch, 6, size.width
        )
        text = self.caption(text)
        mask = mask.bool()[:, None, None, :]
        x = noisy.view(batch, size.channels, along, size.patch, along, size.patch)
        x = x.permute(0, 2, 4, 3, 5, 1).reshape(batch, along * along, -1)
        x = self.input(x) + self.position
        for block in self.blocks:
            x = block(x, text, mask, modulation)
        shift, scale = (self.table + condition[:, None]).chunk(2, 1)
        x = self.output(self.norm(x) * (1 + scale) + shift)
        x = x.view(batch, along, along, size.patch, size.patch, size.channels)
        return x.permute(0, 5, 1, 3, 2, 4).reshape(
            batch, size.channels, size.side, size.side
        )


class TinyDit(nn.Module):
    """Text encoder and transformer, as they are trained together."""

    def __init__(self, size, vocabulary):
        super().__init__()
        self.text_encoder = TextEncoder(size, vocabulary)
        self.transformer = Transformer(size)

    def forward(self, noisy, ids, timestep):
        """Padding, id 0, is not looked at."""
        mask = ids > 0
        text = self.text_encoder(ids, mask)
        return self.transformer(noisy, text, timestep, mask)


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
