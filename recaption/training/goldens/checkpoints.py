"""Random LLaVA checkpoints of a few kilobytes, of the shapes that real ones have."""

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    CLIPImageProcessor,
    CLIPVisionConfig,
    GenerationConfig,
    LlamaConfig,
    LlavaConfig,
    LlavaForConditionalGeneration,
    LlavaProcessor,
    PreTrainedTokenizerFast,
    Qwen2Config,
    SiglipImageProcessor,
    SiglipVisionConfig,
)

TEXTS = [
    "Describe this image and its style in a very detailed manner.",
    "The image features a small red circle to the left of a large blue square.",
    "What is in the picture? A photo of a cat, grainy, black and white.",
    "USER: ASSISTANT: system user assistant <|im_start|> <|im_end|>",
]
VICUNA = (
    "{% for message in messages %}{% if message['role'] != 'system' %}"
    "{{ message['role'].upper() + ': '}}{% endif %}{# Render all images first #}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}"
    "{{ '<image>\n' }}{% endfor %}{# Render all text next #}"
    "{% if message['role'] != 'assistant' %}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
    "{{ content['text'] + ' '}}{% endfor %}{% else %}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
    "{% generation %}{{ content['text'] + ' '}}{% endgeneration %}{% endfor %}"
    "{% endif %}{% endfor %}{% if add_generation_prompt %}{{ 'ASSISTANT:' }}{% endif %}"
)
CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + ' '}}"
    "{# Render all images first #}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'image') %}"
    "{{ '<image>' }}{% endfor %}{# Render all text next #}"
    "{% if message['role'] != 'assistant' %}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
    "{{ '\n' + content['text'] }}{% endfor %}{% else %}"
    "{% for content in message['content'] | selectattr('type', 'equalto', 'text') %}"
    "{% generation %}{{ '\n' + content['text'] }}{% endgeneration %}{% endfor %}"
    "{% endif %}{{'<|im_end|>'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
VOCABULARY = 320


def tokenizer(begins, specials):
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trained.decoder = decoders.ByteLevel()
    trained.train_from_iterator(
        TEXTS,
        trainers.BpeTrainer(
            vocab_size=VOCABULARY,
            special_tokens=["<pad>", "<s>", "</s>", "<image>", *specials],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    if begins:
        from tokenizers.processors import TemplateProcessing

        trained.post_processor = TemplateProcessing(
            single="<s> $A", special_tokens=[("<s>", 1)]
        )
    return PreTrainedTokenizerFast(
        tokenizer_object=trained,
        pad_token="<pad>",
        bos_token="<s>" if begins else None,
        eos_token="</s>",
        extra_special_tokens={"image_token": "<image>"},
        padding_side="left",
        model_input_names=["input_ids", "attention_mask"],
    )


def clip_tower(image, layers=2):
    return CLIPVisionConfig(
        hidden_size=24,
        intermediate_size=48,
        num_hidden_layers=layers,
        num_attention_heads=2,
        image_size=image,
        patch_size=14,
        projection_dim=24,
    )


def llama(key_value_heads):
    return LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=key_value_heads,
        max_position_embeddings=160,
    )


def clip_processor(size):
    return CLIPImageProcessor(
        size={"shortest_edge": size}, crop_size={"height": size, "width": size}
    )


def assemble(vision, text, layer, strategy):
    return LlavaConfig(
        vision_config=vision,
        text_config=text,
        image_token_index=3,
        vision_feature_layer=layer,
        vision_feature_select_strategy=strategy,
        image_seq_length=(vision.image_size // vision.patch_size) ** 2,
    )


def grouped_heads():
    """A Llama whose four query heads share two key and value heads, as llava-1.5 but
    for that: class token dropped, last layer but one."""
    config = assemble(clip_tower(56), llama(2), -2, "default")
    return config, clip_processor(56), tokenizer(True, []), VICUNA


def wide_image():
    """Another image size, two layers' features side by side, class token kept."""
    config = assemble(clip_tower(42, 3), llama(4), [-3, -2], "full")
    return config, clip_processor(42), tokenizer(True, []), VICUNA


def siglip_qwen():
    """As llava-interleave: a SigLIP tower, no class token, a Qwen2 decoder, ChatML."""
    vision = SiglipVisionConfig(
        hidden_size=24,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=2,
        image_size=48,
        patch_size=16,
        vision_use_head=False,
    )
    text = Qwen2Config(
        vocab_size=VOCABULARY,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=160,
        tie_word_embeddings=True,
    )
    processor = SiglipImageProcessor(
        size={"height": 48, "width": 48}, do_convert_rgb=True
    )
    config = assemble(vision, text, -1, "full")
    names = tokenizer(False, ["<|im_start|>", "<|im_end|>"])
    return config, processor, names, CHATML


SHAPES = {
    "grouped-heads": grouped_heads,
    "wide-image": wide_image,
    "siglip-qwen": siglip_qwen,
}


def save(name, folder, seed=1):
    """Writes a checkpoint with weights wide enough that greedy texts don't just loop."""
    config, image_processor, names, template = SHAPES[name]()
    torch.manual_seed(seed)
    model = LlavaForConditionalGeneration(config)
    for parameter in model.parameters():
        if parameter.dim() > 1:
            torch.nn.init.normal_(parameter, std=1.6 / parameter.shape[-1] ** 0.5)
    model.generation_config = GenerationConfig(
        bos_token_id=1, eos_token_id=2, pad_token_id=0
    )
    model.tie_weights()
    model.save_pretrained(folder)
    vision = config.vision_config
    clip = isinstance(vision, CLIPVisionConfig)
    LlavaProcessor(
        image_processor=image_processor,
        tokenizer=names,
        patch_size=vision.patch_size,
        vision_feature_select_strategy=config.vision_feature_select_strategy,
        chat_template=template,
        num_additional_image_tokens=1 if clip else 0,
    ).save_pretrained(folder)
