"""The three graphs, written so that they trace to few nodes and let ONNX Runtime fuse.

Weights are the original's; only the order of some operations differs, so that outputs
agree to rounding and not to the bit.
"""

import torch
from torch import nn


class VisionEncoder(nn.Module):
    """pixel_values (B, 3, H, W) to image_features (B, N, D): the tower's chosen layers,
    with or without the class token, through the projector."""

    def __init__(self, checkpoint):
        super().__init__()
        inner = checkpoint.inner
        self.tower = inner.vision_tower
        self.projector = inner.multi_modal_projector
        layers = checkpoint.config.vision_feature_layer
        self.layers = [layers] if isinstance(layers, int) else list(layers)
        self.first = 1 if self._drops_class_token(checkpoint) else 0
        self.newline = inner.image_newline if checkpoint.has_newline else None

    @staticmethod
    def _drops_class_token(checkpoint):
        return checkpoint.config.vision_feature_select_strategy == "default"

    def forward(self, pixel_values):
        states = self.tower(pixel_values, output_hidden_states=True).hidden_states
        chosen = [states[layer][:, self.first :] for layer in self.layers]
        features = self.projector(
            chosen[0] if len(chosen) == 1 else torch.cat(chosen, -1)
        )
        if self.newline is None:
            return features
        newline = self.newline.expand(features.shape[0], 1, -1)
        return torch.cat((features, newline), 1)


class TokenEmbedding(nn.Module):
    """input_ids (B, S) to inputs_embeds (B, S, D)."""

    def __init__(self, checkpoint):
        super().__init__()
        self.table = checkpoint.model.get_input_embeddings()

    def forward(self, input_ids):
        return self.table(input_ids)


class RootMeanSquareNorm(nn.Module):
    """In the form that ONNX Runtime fuses to one node."""

    def __init__(self, norm):
        super().__init__()
        self.weight = norm.weight
        self.epsilon = norm.variance_epsilon

    def forward(self, states):
        mean = states.pow(2).mean(-1, keepdim=True)
        return states / torch.sqrt(mean + self.epsilon) * self.weight


def joined(*linears):
    """One projection in place of several with the same input."""
    weight = torch.cat([linear.weight for linear in linears])
    result = nn.Linear(weight.shape[1], weight.shape[0], linears[0].bias is not None)
    result.weight.data = weight.detach()
    if linears[0].bias is not None:
        result.bias.data = torch.cat([linear.bias for linear in linears]).detach()
    return result


class Attention(nn.Module):
    """Grouped-query attention: the queries of a group multiply their key and value head
    as rows of one matrix, so that no head is copied."""

    def __init__(self, attention, text):
        super().__init__()
        self.heads = text.num_attention_heads
        self.groups = text.num_key_value_heads
        self.width = attention.head_dim
        self.scale = attention.scaling
        self.input = joined(attention.q_proj, attention.k_proj, attention.v_proj)
        self.output = attention.o_proj

    def forward(self, states, cosine, sine, bias, past_key, past_value):
        batch, length, _ = states.shape
        projected = self.input(states).view(batch, length, -1, self.width)
        projected = projected.transpose(1, 2)
        rotated = projected[:, : self.heads + self.groups]
        first, second = rotated.chunk(2, -1)
        rotated = rotated * cosine + torch.cat((second, first), -1) * sine
        query = rotated[:, : self.heads]
        key = torch.cat((past_key, rotated[:, self.heads :]), 2)
        value = torch.cat((past_value, projected[:, self.heads + self.groups :]), 2)
        if self.heads == self.groups:
            scores = torch.matmul(query, key.transpose(2, 3)) * self.scale + bias
            mixed = torch.matmul(torch.softmax(scores, -1), value)
        else:
            share = self.heads // self.groups
            query = query.reshape(batch, self.groups, -1, self.width)
            scores = torch.matmul(query, key.transpose(2, 3)) * self.scale
            scores = scores.view(batch, self.groups, share, length, -1)
            weights = torch.softmax(scores + bias[:, :, None], -1)
            weights = weights.view(batch, self.groups, share * length, -1)
            mixed = torch.matmul(weights, value)
            mixed = mixed.view(batch, self.heads, length, self.width)
        mixed = mixed.transpose(1, 2).reshape(batch, length, self.heads * self.width)
        return self.output(mixed), key, value


class GatedUnit(nn.Module):
    def __init__(self, unit):
        super().__init__()
        self.input = joined(unit.gate_proj, unit.up_proj)
        self.activation = unit.act_fn
        self.output = unit.down_proj

    def forward(self, states):
        gate, up = self.input(states).chunk(2, -1)
        return self.output(self.activation(gate) * up)


class Layer(nn.Module):
    def __init__(self, layer, text):
        super().__init__()
        self.before = RootMeanSquareNorm(layer.input_layernorm)
        self.attention = Attention(layer.self_attn, text)
        self.between = RootMeanSquareNorm(layer.post_attention_layernorm)
        self.unit = GatedUnit(layer.mlp)

    def forward(self, states, cosine, sine, bias, past_key, past_value):
        mixed, key, value = self.attention(
            self.before(states), cosine, sine, bias, past_key, past_value
        )
        states = states + mixed
        return states + self.unit(self.between(states)), key, value


class Decoder(nn.Module):
    """Embeddings and cache to the scores of the last num_logits_to_keep places (0 means
    all) and the longer cache."""

    def __init__(self, checkpoint):
        super().__init__()
        model, text = checkpoint.inner.language_model, checkpoint.text
        self.layers = nn.ModuleList(Layer(layer, text) for layer in model.layers)
        self.norm = RootMeanSquareNorm(model.norm)
        self.head = checkpoint.model.lm_head
        self.register_buffer("frequencies", model.rotary_emb.inv_freq)
        self.rotary_scale = float(model.rotary_emb.attention_scaling)

    def forward(
        self, inputs_embeds, attention_mask, position_ids, num_logits_to_keep, *past
    ):
        angles = position_ids[:, None, :, None].float() * self.frequencies
        cosine, sine = angles.cos(), angles.sin()
        if self.rotary_scale != 1:
            cosine, sine = cosine * self.rotary_scale, sine * self.rotary_scale
        cosine, sine = torch.cat((cosine, cosine), -1), torch.cat((-sine, sine), -1)
        bias = self._bias(attention_mask, inputs_embeds.shape[1])
        states, present = inputs_embeds, []
        for layer, key, value in zip(self.layers, past[::2], past[1::2], strict=True):
            states, key, value = layer(states, cosine, sine, bias, key, value)
            present += [key, value]
        states = states[:, -num_logits_to_keep:]
        return (self.head(self.norm(states)), *present)

    @staticmethod
    def _bias(attention_mask, length):
        """0 where a query (B, 1, S, T) may look, and the least float elsewhere."""
        keys = torch.arange(attention_mask.shape[1])
        queries = keys[attention_mask.shape[1] - length :]
        seen = (keys[None, :] <= queries[:, None]) & (attention_mask != 0)[:, None]
        least = torch.tensor(torch.finfo(torch.float32).min)
        return torch.where(seen, torch.tensor(0.0), least)[:, None]
