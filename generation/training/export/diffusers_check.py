"""Compares exported graphs and tokenizers with the originals."""

import dataclasses

import numpy
import onnxruntime
import torch

TOLERANCE = 1e-3
LARGEST_LATENT = 32
TEXTS = [
    "",
    "a small red circle to the left of a large blue square",
    "A photo of a CAT, 35 mm; grainy. It's 4:30 -- why?",
    "caf\u00e9 na\u00efve \u00fcber, so quick!",
    "one two three four five six seven eight nine ten " * 40,
]


class Mismatch(Exception):
    """An exported part does not do what its original does."""


@dataclasses.dataclass
class Difference:
    """Over all the inputs that a graph was tried on.

    allowed is 1e-3 of the original's largest value, and at least 1e-3.
    """

    graph: str
    largest: float = 0.0
    scale: float = 0.0

    def add(self, original, exported):
        original = original.numpy()
        if original.shape != exported.shape:
            raise Mismatch(
                f"{self.graph} gives {exported.shape} where the original gives"
                f" {original.shape}"
            )
        self.largest = max(self.largest, float(numpy.abs(original - exported).max()))
        self.scale = max(self.scale, float(numpy.abs(original).max()))

    @property
    def allowed(self):
        return TOLERANCE * max(1.0, self.scale)

    def __str__(self):
        return f"{self.graph}: at most {self.largest:.2e} off, of {self.scale:.2f}"

    def check(self):
        if not self.largest <= self.allowed:
            raise Mismatch(
                f"{self}; more than {self.allowed:.1e} is not to be used: the original"
                " may have layers that do not trace"
            )


class ExportedGraph:
    """One graph, run as the engine runs it."""

    def __init__(self, file):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        self.session = onnxruntime.InferenceSession(
            file, options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, **inputs):
        values = {
            name: value.numpy() for name, value in inputs.items() if value is not None
        }
        return self.session.run(None, values)[0]


def check_tokenizer(parts):
    """The fast tokenizer that is saved gives the original's ids."""
    length = parts.text_length
    settings = {"padding": "max_length", "max_length": length, "truncation": True}
    for text in TEXTS:
        original = parts.original_tokenizer(text, **settings).input_ids
        exported = parts.tokenizer(text, **settings).input_ids
        if original != exported:
            raise Mismatch(
                f"the fast tokenizer reads {text[:40]!r} as {exported[:12]}..., and the"
                f" original as {original[:12]}...; save the folder with the tokenizer"
                " that the model was trained with"
            )


def check_text_encoder(parts, target):
    difference = Difference("text_encoder")
    graph = ExportedGraph(target / "text_encoder" / "model.onnx")
    tokens = parts.original_tokenizer(
        TEXTS,
        padding="max_length",
        max_length=parts.text_length,
        truncation=True,
        return_tensors="pt",
    )
    mask = tokens.attention_mask if parts.needs_text_mask else None
    with torch.no_grad():
        for start, end in ((0, 1), (1, len(TEXTS))):
            ids, rows = tokens.input_ids[start:end], None
            rows = mask[start:end] if mask is not None else None
            original = parts.text_encoder(ids, attention_mask=rows)[0]
            difference.add(original, graph(input_ids=ids, attention_mask=rows))
    return difference


def latent_sizes(parts):
    """One that the model was trained for, where that is small, and one beside it."""
    size = parts.denoiser.config.sample_size
    size = size if isinstance(size, int) else size[0]
    size = min(size, LARGEST_LATENT)
    return [(size, size), (size, size + size // 2 // 2 * 2)]


def check_denoiser(parts, target):
    difference = Difference(parts.denoiser_name)
    graph = ExportedGraph(target / parts.denoiser_name / "model.onnx")
    random = torch.Generator().manual_seed(0)
    channels = parts.denoiser.config.in_channels
    width = parts.text_encoder.config.hidden_size
    with torch.no_grad():
        for batch, time, (height, row) in zip(
            (2, 3), (981, 17), latent_sizes(parts), strict=True
        ):
            sample = torch.randn(batch, channels, height, row, generator=random)
            text = torch.randn(batch, parts.text_length, width, generator=random)
            if parts.is_pixart:
                inputs = transformer_inputs(parts, sample, text, time)
                conditions = {
                    name: inputs.get(name) for name in ("resolution", "aspect_ratio")
                }
                original = parts.denoiser(
                    sample,
                    encoder_hidden_states=text,
                    timestep=inputs["timestep"],
                    encoder_attention_mask=inputs["encoder_attention_mask"],
                    added_cond_kwargs=conditions,
                    return_dict=False,
                )[0]
                exported = graph(**inputs)
            else:
                original = parts.denoiser(
                    sample, torch.tensor(time), text, return_dict=False
                )[0]
                exported = graph(
                    sample=sample,
                    timestep=torch.tensor(time),
                    encoder_hidden_states=text,
                )
            difference.add(original, exported)
    return difference


def transformer_inputs(parts, sample, text, time):
    """What a PixArt graph is given; rows of text end at different places."""
    batch, _, height, width = sample.shape
    mask = torch.ones(batch, text.shape[1], dtype=torch.int64)
    for row in range(batch):
        mask[row, 1 + row * 7 :] = 0
    inputs = {
        "hidden_states": sample,
        "encoder_hidden_states": text,
        "timestep": torch.full((batch,), time),
        "encoder_attention_mask": mask,
    }
    if parts.has_micro_conditions:
        size = torch.tensor([[8.0 * height, 8.0 * width]])
        inputs["resolution"] = size.repeat(batch, 1)
        inputs["aspect_ratio"] = (size[:, :1] / size[:, 1:]).repeat(batch, 1)
    return inputs


def check_vae(parts, target):
    difference = Difference("vae_decoder")
    graph = ExportedGraph(target / "vae_decoder" / "model.onnx")
    random = torch.Generator().manual_seed(1)
    channels = parts.vae.config.latent_channels
    with torch.no_grad():
        for batch, (height, width) in zip((1, 2), latent_sizes(parts), strict=True):
            latent = torch.randn(batch, channels, height, width, generator=random)
            original = parts.vae.decode(latent, return_dict=False)[0]
            difference.add(original, graph(latent_sample=latent))
    return difference
