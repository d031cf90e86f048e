"""A diffusers folder as its parts, and a refusal of what the exporter does not know."""

import json
import pathlib

import diffusers
import transformers

PIPELINES = {
    "PixArtAlphaPipeline": "transformer",
    "StableDiffusionPipeline": "unet",
}
CLASSES = {
    "transformer": "PixArtTransformer2DModel",
    "unet": "UNet2DConditionModel",
    "vae": "AutoencoderKL",
}
TEXT_ENCODERS = {
    "PixArtAlphaPipeline": "T5EncoderModel",
    "StableDiffusionPipeline": "CLIPTextModel",
}
FAST_TOKENIZERS = {"T5": "T5TokenizerFast", "CLIP": "CLIPTokenizerFast"}
PIXART_LENGTH = 120
"""Section 3.1 of the PixArt-alpha paper, and the pipeline's max_sequence_length."""


class UnsupportedPipeline(Exception):
    """Says what in a folder has no counterpart in the exported layout."""


class PipelineParts:
    """A folder that diffusers can load, its models in float32 on the CPU."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.index = self._json("model_index.json")
        self.pipeline = self.index.get("_class_name")
        if self.pipeline not in PIPELINES:
            raise UnsupportedPipeline(
                f"{self.folder}/model_index.json: _class_name is {self.pipeline};"
                f" known are {', '.join(PIPELINES)}"
            )
        self.denoiser_name = PIPELINES[self.pipeline]
        self._check_classes()
        self.text_encoder = self._text_encoder()
        self.denoiser = self._model(self.denoiser_name)
        self.vae = self._model("vae")
        self._check_denoiser()
        self.original_tokenizer = getattr(
            transformers, self.index["tokenizer"][1]
        ).from_pretrained(self.folder / "tokenizer")
        self.tokenizer = self._fast_tokenizer()

    @property
    def is_pixart(self):
        return self.denoiser_name == "transformer"

    @property
    def needs_text_mask(self):
        return self.is_pixart or bool(
            getattr(self.text_encoder.config, "use_attention_mask", False)
        )

    @property
    def has_micro_conditions(self):
        return self.is_pixart and self.denoiser.use_additional_conditions

    @property
    def text_length(self):
        if self.is_pixart:
            return PIXART_LENGTH
        return self.original_tokenizer.model_max_length

    def _json(self, name):
        file = self.folder / name
        if not file.is_file():
            raise UnsupportedPipeline(
                f"{self.folder} has no {name}; give the folder of a pipeline that"
                " save_pretrained wrote"
            )
        return json.loads(file.read_text())

    def _check_classes(self):
        expected = {
            "text_encoder": TEXT_ENCODERS[self.pipeline],
            self.denoiser_name: CLASSES[self.denoiser_name],
            "vae": CLASSES["vae"],
        }
        found = {part: (self.index.get(part) or [None, None])[1] for part in expected}
        wrong = [
            f"{part} is {found[part]} where {name} is known"
            for part, name in expected.items()
            if found[part] != name
        ]
        if wrong:
            raise UnsupportedPipeline("; ".join(wrong))

    def _text_encoder(self):
        return (
            getattr(transformers, TEXT_ENCODERS[self.pipeline])
            .from_pretrained(
                self.folder / "text_encoder",
                dtype="float32",
                attn_implementation="eager",
            )
            .eval()
        )

    def _model(self, name):
        import torch

        return (
            getattr(diffusers, CLASSES[name])
            .from_pretrained(self.folder / name, torch_dtype=torch.float32)
            .eval()
        )

    def _fast_tokenizer(self):
        name = self.index["tokenizer"][1]
        fast = next(
            (fast for key, fast in FAST_TOKENIZERS.items() if name.startswith(key)),
            None,
        )
        if fast is None:
            raise UnsupportedPipeline(
                f"the tokenizer is a {name}; known are those of T5 and CLIP"
            )
        return getattr(transformers, fast).from_pretrained(self.folder / "tokenizer")

    def _check_denoiser(self):
        config = self.denoiser.config
        unknown = {
            "class_embed_type": None,
            "addition_embed_type": None,
            "encoder_hid_dim_type": None,
            "time_cond_proj_dim": None,
        }
        wrong = [
            f"{key} is {config[key]}"
            for key, plain in unknown.items()
            if config.get(key, plain) != plain
        ]
        if self.denoiser_name == "unet" and config.in_channels != config.out_channels:
            wrong.append(
                f"{config.in_channels} channels go in and {config.out_channels} come"
                " out, as for inpainting"
            )
        if wrong:
            raise UnsupportedPipeline(
                f"the {self.denoiser_name} takes more than text: {'; '.join(wrong)}"
            )
