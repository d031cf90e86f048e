"""A LLaVA checkpoint as its parts, and a refusal of what the exporter does not know."""

import json
import pathlib

import transformers

DECODERS = {"llama", "qwen2", "mistral"}
ROTARY = {"default", "linear", "llama3", "yarn"}
CLASSES = {
    "llava": "LlavaForConditionalGeneration",
    "llava_onevision": "LlavaOnevisionForConditionalGeneration",
}


class UnsupportedCheckpoint(Exception):
    """Says what in a checkpoint has no counterpart in the exported layout."""


class Checkpoint:
    """A folder that transformers can load, its model in float32 on the CPU."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        config_file = self.folder / "config.json"
        if not config_file.is_file():
            raise UnsupportedCheckpoint(
                f"{self.folder} has no config.json; give the folder of a checkpoint"
                " that save_pretrained wrote"
            )
        kind = json.loads(config_file.read_text()).get("model_type")
        if kind not in CLASSES:
            raise UnsupportedCheckpoint(
                f"{config_file}: model_type is {kind}; known are {', '.join(CLASSES)}"
            )
        self.kind = kind
        self.model = getattr(transformers, CLASSES[kind]).from_pretrained(
            self.folder, dtype="float32", attn_implementation="eager"
        )
        self.model.eval()
        self.config = self.model.config
        self.text = self.config.text_config
        self._check_decoder()

    @property
    def has_newline(self):
        """LLaVA-OneVision closes every image with a learned feature."""
        return self.kind == "llava_onevision"

    @property
    def inner(self):
        return self.model.model

    @property
    def image_size(self):
        return self.config.vision_config.image_size

    @property
    def image_token(self):
        return self.config.image_token_index

    @property
    def pad_token(self):
        for value in (
            self.model.generation_config.pad_token_id,
            self.text.pad_token_id,
            self.text.eos_token_id,
        ):
            if isinstance(value, int):
                return value
        return 0

    def features(self, pixel_values):
        """The original's image features, (batch, length, width)."""
        import torch

        if self.kind == "llava":
            return torch.stack(list(self.inner.get_image_features(pixel_values)))
        size = torch.tensor([[self.image_size] * 2] * len(pixel_values))
        # More than one image in a sample: each is seen whole, without tiles.
        features = self.inner.get_image_features(
            pixel_values[:, None],
            size,
            batch_num_images=torch.tensor([len(pixel_values), 0]),
        )
        return torch.stack(list(features))

    def _check_decoder(self):
        text = self.text
        if text.model_type not in DECODERS:
            raise UnsupportedCheckpoint(
                f"the decoder is a {text.model_type}; known are"
                f" {', '.join(sorted(DECODERS))}"
            )
        sliding = "sliding_attention" in (getattr(text, "layer_types", None) or [])
        if sliding or (text.model_type == "mistral" and text.sliding_window):
            raise UnsupportedCheckpoint(
                "the decoder has sliding-window attention, which the exported cache"
                " does not follow"
            )
        scaling = getattr(text, "rope_scaling", None) or {}
        rotary = scaling.get("rope_type", scaling.get("type", "default"))
        if rotary not in ROTARY:
            raise UnsupportedCheckpoint(
                f"rotary embeddings of type {rotary} change with the text's length;"
                f" known are {', '.join(sorted(ROTARY))}"
            )
