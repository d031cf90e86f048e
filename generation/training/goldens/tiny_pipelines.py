"""Random diffusers pipelines of a few hundred kilobytes, of the shapes that real ones
have: PixArt-alpha with and without micro-conditions, Stable Diffusion 1.5 and 2."""

import collections
import io
import json

import sentencepiece
import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    PixArtAlphaPipeline,
    PixArtTransformer2DModel,
    PNDMScheduler,
    SASolverScheduler,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTokenizer,
    T5Config,
    T5EncoderModel,
    T5Tokenizer,
)

TEXTS = [
    "a small red circle to the left of a large blue square",
    "pixel art of a dog, highly detailed, warm light",
    "an oil painting in the style of van gogh, a starry night over a village",
    "a photo of three green benches under a tree, 35 mm, grainy",
    "blurry, low quality, watermark, text, jpeg artifacts",
    "the quick brown fox jumps over the lazy dog; 0123456789 why? it's (so) quick!",
]
MERGES = 60
PIXART_SOLVER = """{
  "_class_name": "DPMSolverMultistepScheduler",
  "_diffusers_version": "0.22.0.dev0",
  "algorithm_type": "dpmsolver++",
  "beta_end": 0.02,
  "beta_schedule": "linear",
  "beta_start": 0.0001,
  "dynamic_thresholding_ratio": 0.995,
  "euler_at_final": false,
  "lambda_min_clipped": -Infinity,
  "lower_order_final": true,
  "num_train_timesteps": 1000,
  "prediction_type": "epsilon",
  "sample_max_value": 1.0,
  "solver_order": 2,
  "solver_type": "midpoint",
  "steps_offset": 0,
  "thresholding": false,
  "timestep_spacing": "linspace",
  "trained_betas": null,
  "use_karras_sigmas": false,
  "use_lu_lambdas": false,
  "variance_type": null
}
"""
"""As PixArt's checkpoints have it: not JSON, and without final_sigmas_type."""


def widen(model, gain):
    """Weights that let the input through, so that images are not all grey."""
    for name, parameter in model.named_parameters():
        if parameter.dim() > 1 and name.endswith((".weight", "_proj")):
            fan_in = parameter[0].numel()
            torch.nn.init.normal_(parameter, std=gain / fan_in**0.5)
    return model.eval()


def byte_alphabet():
    """GPT-2's printable stand-ins for the 256 bytes, in CLIP's order."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + i) for i in range(len(others))]


def learned_merges():
    words = collections.Counter(
        (*word[:-1], word[-1] + "</w>") for text in TEXTS for word in text.split()
    )
    merges = []
    while len(merges) < MERGES:
        pairs = collections.Counter()
        for word, count in words.items():
            for pair in zip(word, word[1:], strict=False):
                pairs[pair] += count
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        words = collections.Counter(
            {merged(word, best): count for word, count in words.items()}
        )
    return merges


def merged(word, pair):
    result, index = [], 0
    while index < len(word):
        if word[index : index + 2] == pair:
            result.append(pair[0] + pair[1])
            index += 2
        else:
            result.append(word[index])
            index += 1
    return tuple(result)


def clip_tokenizer(folder, padding):
    """Lower-case byte pairs with CLIP's ends of words; learned from TEXTS."""
    alphabet, merges = byte_alphabet(), learned_merges()
    tokens = [*alphabet, *(c + "</w>" for c in alphabet), *(a + b for a, b in merges)]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: index for index, token in enumerate(dict.fromkeys(tokens))}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps(vocabulary))
    lines = ["#version: 0.2", *(f"{a} {b}" for a, b in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n")
    return CLIPTokenizer(
        str(folder / "vocab.json"),
        str(folder / "merges.txt"),
        pad_token=padding,
        model_max_length=77,
    )


def t5_tokenizer(folder):
    folder.mkdir(parents=True, exist_ok=True)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(TEXTS * 20),
        model_writer=model,
        vocab_size=90,
        model_type="unigram",
        pad_id=0,
        eos_id=1,
        unk_id=2,
        bos_id=-1,
        num_threads=1,
        minloglevel=2,
    )
    (folder / "spiece.model").write_bytes(model.getvalue())
    return T5Tokenizer(str(folder / "spiece.model"), model_max_length=512, legacy=True)


def autoencoder(scaling):
    return widen(
        AutoencoderKL(
            block_out_channels=(8, 16, 16),
            down_block_types=("DownEncoderBlock2D",) * 3,
            up_block_types=("UpDecoderBlock2D",) * 3,
            latent_channels=4,
            layers_per_block=1,
            norm_num_groups=4,
            sample_size=32,
            scaling_factor=scaling,
        ),
        1.0,
    )


def pixart(folder, sample_size, scheduler):
    tokenizer = t5_tokenizer(folder)
    encoder = T5EncoderModel(
        T5Config(
            vocab_size=len(tokenizer),
            d_model=24,
            d_kv=8,
            d_ff=32,
            num_heads=3,
            num_layers=2,
            feed_forward_proj="gated-gelu",
            tie_word_embeddings=False,
        )
    ).eval()
    transformer = PixArtTransformer2DModel(
        num_attention_heads=2,
        attention_head_dim=12,
        in_channels=4,
        out_channels=8,
        num_layers=2,
        cross_attention_dim=24,
        caption_channels=24,
        sample_size=sample_size,
        patch_size=2,
        norm_elementwise_affine=False,
        norm_eps=1e-6,
        attention_bias=True,
        activation_fn="gelu-approximate",
        norm_type="ada_norm_single",
        num_embeds_ada_norm=1000,
    )
    return PixArtAlphaPipeline(
        tokenizer=tokenizer,
        text_encoder=encoder,
        vae=autoencoder(0.18215),
        transformer=widen(transformer, 1.0),
        scheduler=scheduler,
    )


def stable_diffusion(folder, padding, heads, linear, scheduler):
    tokenizer = clip_tokenizer(folder, padding)
    encoder = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=16,
            intermediate_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            max_position_embeddings=77,
            hidden_act="quick_gelu" if not linear else "gelu",
            bos_token_id=len(tokenizer) - 2,
            eos_token_id=len(tokenizer) - 1,
            pad_token_id=tokenizer.pad_token_id,
        )
    )
    unet = UNet2DConditionModel(
        sample_size=8,
        in_channels=4,
        out_channels=4,
        block_out_channels=(8, 16, 16),
        down_block_types=(
            "CrossAttnDownBlock2D",
            "CrossAttnDownBlock2D",
            "DownBlock2D",
        ),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"),
        layers_per_block=1,
        norm_num_groups=4,
        cross_attention_dim=16,
        attention_head_dim=heads,
        use_linear_projection=linear,
    )
    return StableDiffusionPipeline(
        tokenizer=tokenizer,
        text_encoder=widen(encoder, 1.0),
        vae=autoencoder(0.18215),
        unet=widen(unet, 1.0),
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )


STABLE_BETAS = {
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "beta_schedule": "scaled_linear",
    "set_alpha_to_one": False,
    "steps_offset": 1,
}


def pixart_conditions(folder):
    """PixArt-alpha 1024: resolution and aspect ratio are conditions."""
    return pixart(folder, 128, DPMSolverMultistepScheduler())


def pixart_plain(folder):
    """PixArt-alpha below 1024 pixels, with the SA-Solver of its authors."""
    return pixart(folder, 8, SASolverScheduler(algorithm_type="data_prediction"))


def sd15(folder):
    """Stable Diffusion 1.5: epsilon, convolutional projections, padded with its end."""
    scheduler = PNDMScheduler(skip_prk_steps=True, **STABLE_BETAS)
    return stable_diffusion(folder, "<|endoftext|>", 2, False, scheduler)


def sd2(folder):
    """Stable Diffusion 2.1: v-prediction, linear projections, padded with "!"."""
    scheduler = DDIMScheduler(
        clip_sample=False, prediction_type="v_prediction", **STABLE_BETAS
    )
    return stable_diffusion(folder, "!", (2, 4, 4), True, scheduler)


SHAPES = {
    "pixart-conditions": pixart_conditions,
    "pixart-plain": pixart_plain,
    "sd15": sd15,
    "sd2": sd2,
}


def save(name, folder, seed=1):
    """Writes a pipeline's folder."""
    torch.manual_seed(seed)
    SHAPES[name](folder / "tokenizer").save_pretrained(folder)
    if name == "pixart-conditions":
        file = folder / "scheduler" / "scheduler_config.json"
        file.write_text(PIXART_SOLVER)
