"""The losses are those of Hugging Face's own forward pass, and a model comes back whole."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

import numpy  # noqa: E402
from PIL import Image  # noqa: E402

import tiny_llava as tiny  # noqa: E402
import prepare  # noqa: E402
import prompts  # noqa: E402
import scenes  # noqa: E402
from test_labels import with_radius  # noqa: E402
from test_statements import DESCRIPTION, TRUTH  # noqa: E402
from tower import features, pixel_values, worth_seeing  # noqa: E402
from train import Conversations, Targets, text_loss  # noqa: E402

CAPTION = "Red icon for sale #42"


@pytest.fixture(scope="module")
def tokenizer():
    return tiny.train_tokenizer([DESCRIPTION, CAPTION] * 50)


@pytest.fixture(scope="module")
def llava(tokenizer):
    torch.manual_seed(3)
    return tiny.model(tokenizer).eval()


@pytest.fixture(scope="module")
def data():
    images = numpy.random.default_rng(5).integers(0, 256, (2, 64, 64, 3), numpy.uint8)
    longer = DESCRIPTION.replace(" heart", " heart and a small solid red ring")
    return scenes.Scenes(images, [TRUTH] * 2, [DESCRIPTION, longer], [CAPTION] * 2)


def test_it_is_small(llava):
    assert 1.5e6 <= sum(p.numel() for p in llava.parameters()) <= 4e6


def test_any_text_can_be_said(tokenizer):
    for text in (DESCRIPTION, CAPTION, "naïve 画像 🙂\t\n  x"):
        assert tokenizer.decode(tokenizer(text)["input_ids"]) == text


def test_pixels_are_the_processors(tokenizer):
    noise = numpy.random.default_rng(1).integers(0, 256, (128, 128, 3), numpy.uint8)
    image = Image.fromarray(noise)
    small = torch.from_numpy(prepare.resized(image).copy())[None]
    made = tiny.processor(tokenizer).image_processor(image, return_tensors="pt")
    torch.testing.assert_close(pixel_values(small), made["pixel_values"])


@pytest.mark.parametrize("grounded", [False, True])
def test_losses_are_those_of_the_whole_model(llava, tokenizer, data, grounded):
    talks = Conversations(data, tokenizer)
    ids, answers = talks.at(torch.tensor([0, 1]), grounded)
    pixels = pixel_values(torch.from_numpy(data.images))
    lead = talks.before + [llava.config.image_token_index] * 64
    whole = torch.cat([torch.tensor([lead] * 2), ids], 1)
    labels = torch.cat(
        [torch.full((2, len(lead)), -100), ids.masked_fill(~answers, -100)], 1
    )
    with torch.no_grad():
        expected = llava(input_ids=whole, pixel_values=pixels, labels=labels).loss
        hidden = features(llava, pixels)
        loss, _ = text_loss(llava, hidden, None, talks.before, ids, answers)
        every = torch.arange(64).expand(2, -1)
        again, _ = text_loss(
            llava, features(llava, pixels, every), every, talks.before, ids, answers
        )
    torch.testing.assert_close(loss, expected)
    torch.testing.assert_close(again, expected)


def test_what_is_trained_is_what_the_chat_template_asks(tokenizer, data):
    talks = Conversations(data, tokenizer)
    ids, answers = talks.at(torch.tensor([0]), True)
    content = [
        {"type": "image"},
        {"type": "text", "text": prompts.question(CAPTION)},
    ]
    asked = tiny.processor(tokenizer).apply_chat_template(
        [{"role": "user", "content": content}], add_generation_prompt=True
    )
    told = prompts.BEFORE + "<image>" + tokenizer.decode(ids[0][~answers[0]])
    assert told == asked
    assert tokenizer.decode(ids[0][answers[0]]) == " " + DESCRIPTION + "</s>"


def test_patches_of_objects_are_seen_first():
    targets = Targets([with_radius(TRUTH, 12)])
    patches = targets.at(torch.tensor([0]))[0]
    kept = worth_seeing(patches, 28, torch.Generator().manual_seed(1))
    full = (patches[..., 0] > 0).flatten().nonzero().flatten().tolist()
    assert len(full) < 28
    assert set(full) <= set(kept[0].tolist())
    assert kept[0].tolist() == sorted(set(kept[0].tolist()))


def test_a_saved_model_comes_back(llava, tokenizer, tmp_path):
    from transformers import AutoProcessor, LlavaForConditionalGeneration

    tiny.save(llava, tokenizer, tmp_path)
    processor = AutoProcessor.from_pretrained(tmp_path, use_fast=False)
    loaded = LlavaForConditionalGeneration.from_pretrained(tmp_path)
    image = Image.new("RGB", (100, 70), (200, 10, 10))
    text = "USER: <image>\nWhat is it? ASSISTANT:"
    inputs = processor(images=image, text=text, return_tensors="pt")
    assert set(inputs) == {"input_ids", "attention_mask", "pixel_values"}
    with torch.no_grad():
        torch.testing.assert_close(loaded(**inputs).logits, llava(**inputs).logits)
    said = loaded.generate(**inputs, max_new_tokens=3)
    assert said.shape[1] > inputs["input_ids"].shape[1]
