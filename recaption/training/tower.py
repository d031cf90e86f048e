"""The vision tower with the heads that teach it; the heads are dropped afterwards."""

import torch
from torch import nn
from torch.nn import functional

from labels import IGNORED, IMAGE_CLASSES, PATCH_CLASSES

MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(1, 3, 1, 1)
DEVIATION = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(1, 3, 1, 1)


def pixel_values(images):
    """Bytes (batch, 64, 64, 3) as the processor's floats (batch, 3, 64, 64)."""
    channels_first = images.permute(0, 3, 1, 2).float()
    return ((channels_first / 255 - MEAN) / DEVIATION).contiguous()


def features(llava, images, kept=None):
    """What the projector is given for normalised images: (batch, patches, width).

    kept (batch, fewer) names the patches to look at; the tower then sees no others, which
    is cheaper, and close enough while it learns.
    """
    tower = llava.model.vision_tower.vision_model
    hidden = tower.embeddings(images)
    if kept is not None:
        chosen = (kept + 1).unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        hidden = torch.cat([hidden[:, :1], hidden.gather(1, chosen)], 1)
    hidden = tower.encoder(inputs_embeds=tower.pre_layrnorm(hidden)).last_hidden_state
    return hidden[:, 1:]


def worth_seeing(patches, count, generator):
    """For each image the numbers of so many patches, in order: those of objects first, the
    rest by chance."""
    full = (patches[..., 0] > 0).flatten(1).float()
    chance = torch.rand(full.shape, generator=generator)
    return (full + chance).topk(count, dim=1).indices.sort(1).values


class Heads(nn.Module):
    """Linear readers of patches, and of their mean."""

    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.patch = nn.Linear(width, sum(PATCH_CLASSES.values()))
        self.offset = nn.Linear(width, 2)
        self.image = nn.Linear(width, sum(IMAGE_CLASSES.values()))

    def forward(self, hidden):
        hidden = self.norm(hidden)
        patch = self.patch(hidden).flatten(0, 1).split(list(PATCH_CLASSES.values()), -1)
        image = self.image(hidden.mean(1)).split(list(IMAGE_CLASSES.values()), -1)
        return patch, self.offset(hidden).flatten(0, 1), image

    def loss(self, hidden, patches, offsets, image, kept=None):
        """The sum of all heads' losses, empty patches weighing less, and the part of right
        answers of each head."""
        said, said_offset, said_image = self(hidden)
        patches, offsets = patches.flatten(1, 2), offsets.flatten(1, 2)
        if kept is not None:
            rows = torch.arange(len(kept)).unsqueeze(1)
            patches, offsets = patches[rows, kept], offsets[rows, kept]
        patches, offsets = patches.flatten(0, 1).long(), offsets.flatten(0, 1)
        full = patches[:, 0] > 0
        weights = torch.full((said[0].shape[1],), 1.0)
        weights[0] = 0.2
        total = 2 * functional.cross_entropy(said[0], patches[:, 0], weights)
        right = {"shape": _right(said[0][full], patches[full, 0])}
        for i, name in enumerate(PATCH_CLASSES):
            if i > 0:
                total = total + functional.cross_entropy(
                    said[i][full], patches[full, i]
                )
                right[name] = _right(said[i][full], patches[full, i])
        error = said_offset[full] - offsets[full]
        total = total + 0.5 * functional.smooth_l1_loss(
            error, torch.zeros_like(error), beta=0.25
        )
        image = image.long()
        for i, name in enumerate(IMAGE_CLASSES):
            known = image[:, i] != IGNORED
            if known.any():
                total = total + 0.5 * functional.cross_entropy(
                    said_image[i][known], image[known, i]
                )
                right[name] = _right(said_image[i][known], image[known, i])
        return total, right


@torch.no_grad()
def _right(said, wanted):
    return (said.argmax(-1) == wanted).float().mean().item()
