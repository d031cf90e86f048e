"""The modules that are traced: the originals, with arguments and results by name.

What the originals compute in Python from the size of their input is computed in the
graph, so that one graph serves every size.
"""

import copy

import torch
from torch import nn


class TextEncoder(nn.Module):
    """input_ids (B, L), with attention_mask (B, L) where the pipeline gives one, to
    last_hidden_state (B, L, D); CLIP's pooler_output (B, D) follows."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids, attention_mask=None):
        outputs = self.encoder(input_ids, attention_mask=attention_mask)
        if hasattr(outputs, "pooler_output"):
            return outputs.last_hidden_state, outputs.pooler_output
        return outputs.last_hidden_state


class Positions(nn.Module):
    """PixArt's patches with sine and cosine positions for whatever grid comes.

    Grids are stretched to the one of training: position i of n is i base/(n scale)
    (PixArt-alpha, section 2.3). ONNX Runtime has no cosine in float64, so that angles
    are float32 here.
    """

    def __init__(self, embedding):
        super().__init__()
        self.projection = embedding.proj
        self.base = embedding.base_size
        self.scale = embedding.interpolation_scale
        quarter = embedding.pos_embed.shape[-1] // 4
        rates = 1.0 / 10000 ** (torch.arange(quarter, dtype=torch.float64) / quarter)
        self.register_buffer("rates", rates.float(), persistent=False)

    def axis(self, count):
        places = torch.arange(count, dtype=torch.float32)
        places = places / (count / self.base) / self.scale
        angles = places[:, None] * self.rates
        return torch.cat((torch.sin(angles), torch.cos(angles)), 1)

    def forward(self, latent):
        patches = self.projection(latent)
        height, width = patches.shape[-2], patches.shape[-1]
        rows = self.axis(height)[:, None].expand(-1, width, -1)
        columns = self.axis(width)[None].expand(height, -1, -1)
        positions = torch.cat((columns, rows), -1).flatten(0, 1)
        return patches.flatten(2).transpose(1, 2) + positions[None]


class Transformer(nn.Module):
    """hidden_states (B, C, h, w), encoder_hidden_states (B, L, D), timestep (B),
    encoder_attention_mask (B, L), for models of 1024 pixels resolution (B, 2) and
    aspect_ratio (B, 1), to out_sample (B, out_channels, h, w)."""

    def __init__(self, transformer):
        super().__init__()
        self.transformer = copy.deepcopy(transformer)
        self.transformer.pos_embed = Positions(transformer.pos_embed)

    def forward(
        self,
        hidden_states,
        encoder_hidden_states,
        timestep,
        encoder_attention_mask,
        resolution=None,
        aspect_ratio=None,
    ):
        return self.transformer(
            hidden_states,
            encoder_hidden_states=encoder_hidden_states,
            timestep=timestep,
            encoder_attention_mask=encoder_attention_mask,
            added_cond_kwargs={"resolution": resolution, "aspect_ratio": aspect_ratio},
            return_dict=False,
        )[0]


class UNet(nn.Module):
    """sample (B, C, h, w), timestep (), encoder_hidden_states (B, L, D) to out_sample
    (B, C, h, w)."""

    def __init__(self, unet):
        super().__init__()
        self.unet = unet

    def forward(self, sample, timestep, encoder_hidden_states):
        return self.unet(sample, timestep, encoder_hidden_states, return_dict=False)[0]

    @property
    def traced_size(self):
        """Not a multiple of what the layers halve: only then does the trace tell each
        upsampling the size to reach, which is right for every size."""
        factor = 2**self.unet.num_upsamplers
        return 2 * factor + 1, 3 * factor + 1


class LatentDecoder(nn.Module):
    """latent_sample (B, C, h, w), unscaled, to sample (B, 3, H, W) around [-1, 1]."""

    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, latent_sample):
        return self.vae.decode(latent_sample, return_dict=False)[0]
