"""Compares an exported folder with the checkpoint it was made from."""

import dataclasses

import numpy
import onnxruntime
import torch

STEPS = 8


@dataclasses.dataclass
class Difference:
    """Over all places of a prompt batch and the greedy tokens that follow it."""

    features: float
    logits: float
    scale: float
    agreeing: int
    compared: int

    def __str__(self):
        return (
            f"image features differ by at most {self.features:.2e}, logits by"
            f" {self.logits:.2e} of {self.scale:.1f};"
            f" {self.agreeing} of {self.compared} greedy tokens agree"
        )


class ExportedModel:
    """The three graphs, run as the engine runs them."""

    def __init__(self, folder, suffix, checkpoint):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        self.text = checkpoint.text
        self.sessions = {
            name: onnxruntime.InferenceSession(
                folder / "onnx" / f"{name}{suffix}.onnx",
                options,
                providers=["CPUExecutionProvider"],
            )
            for name in ("vision_encoder", "embed_tokens", "decoder_model_merged")
        }
        self.past = None

    def features(self, pixel_values):
        return self.sessions["vision_encoder"].run(
            None, {"pixel_values": pixel_values}
        )[0]

    def logits(self, input_ids, mask, features, image_token):
        embeds = self.sessions["embed_tokens"].run(None, {"input_ids": input_ids})[0]
        if features is not None:
            embeds[input_ids == image_token] = features.reshape(-1, features.shape[-1])
            self.past = self._empty(len(input_ids))
        positions = numpy.maximum(mask.cumsum(1) - 1, 0)
        positions[mask == 0] = 1
        outputs = self.sessions["decoder_model_merged"].run(
            None,
            {
                "inputs_embeds": embeds,
                "attention_mask": mask,
                "position_ids": positions[:, -input_ids.shape[1] :],
                "num_logits_to_keep": numpy.array(0, numpy.int64),
                **self.past,
            },
        )
        names = [output.name for output in self._outputs()]
        self.past = {
            name.replace("present", "past_key_values"): value
            for name, value in zip(names[1:], outputs[1:], strict=True)
        }
        return outputs[0]

    def _outputs(self):
        return self.sessions["decoder_model_merged"].get_outputs()

    def _empty(self, batch):
        return {
            value.name: numpy.zeros((batch, value.shape[1], 0, value.shape[3]), "f4")
            for value in self.sessions["decoder_model_merged"].get_inputs()
            if value.name.startswith("past_key_values")
        }


def compare(checkpoint, folder, suffix="", seed=0):
    """Feeds both the same random images and left-padded prompts, then greedy tokens."""
    rng = numpy.random.default_rng(seed)
    size = checkpoint.image_size
    pixels = rng.standard_normal((2, 3, size, size)).astype(numpy.float32)
    exported = ExportedModel(folder, suffix, checkpoint)
    with torch.no_grad():
        original = checkpoint.features(torch.from_numpy(pixels))
        features = exported.features(pixels)
        ids, mask = _prompts(rng, checkpoint, features.shape[1])
        result = Difference(
            float(numpy.abs(original.numpy() - features).max()), 0.0, 0.0, 0, 0
        )
        full = ids
        for step in range(STEPS):
            ours = exported.logits(
                ids, mask, features if step == 0 else None, checkpoint.image_token
            )
            theirs = _original(checkpoint, full, mask, original)[:, -ids.shape[1] :]
            real = mask[:, -ids.shape[1] :] != 0
            error = numpy.abs(ours - theirs)[real].max()
            result.logits = max(result.logits, float(error))
            result.scale = max(result.scale, float(numpy.abs(theirs[real]).max()))
            chosen = theirs[:, -1].argmax(-1)
            result.agreeing += int((ours[:, -1].argmax(-1) == chosen).sum())
            result.compared += len(chosen)
            ids = chosen[:, None].astype(numpy.int64)
            full = numpy.concatenate((full, ids), 1)
            mask = numpy.concatenate((mask, numpy.ones_like(ids)), 1)
    return result


def _prompts(rng, checkpoint, image_length):
    """Two prompts with an image each, the second shorter by three tokens."""
    words = rng.integers(4, checkpoint.text.vocab_size, (2, 9))
    words[words == checkpoint.image_token] = 5
    rows = [
        [*row[:3], *[checkpoint.image_token] * image_length, *row[3:end]]
        for row, end in zip(words.tolist(), (9, 6), strict=True)
    ]
    width = len(rows[0])
    ids = numpy.full((2, width), checkpoint.pad_token, numpy.int64)
    mask = numpy.zeros((2, width), numpy.int64)
    for index, row in enumerate(rows):
        ids[index, width - len(row) :] = row
        mask[index, width - len(row) :] = 1
    return ids, mask


def _original(checkpoint, ids, mask, features):
    ids, mask = torch.from_numpy(ids), torch.from_numpy(mask)
    embeds = checkpoint.model.get_input_embeddings()(ids).clone()
    embeds[ids == checkpoint.image_token] = features.flatten(0, 1)
    positions = (mask.cumsum(1) - 1).masked_fill(mask == 0, 1)
    states = checkpoint.inner.language_model(
        inputs_embeds=embeds, attention_mask=mask, position_ids=positions
    )
    return checkpoint.model.lm_head(states.last_hidden_state).numpy()
