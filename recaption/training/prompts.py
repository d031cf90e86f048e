"""The questions that the model is trained to answer."""

DETAILED = "Describe this image and its style in a very detailed manner."
GROUNDED = (
    "Give the caption of this image '{caption}', "
    "describe this image and its style in a very detailed manner."
)
IMAGE = "<image>"
BEFORE = "USER: "
AFTER = " ASSISTANT:"

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'user' %}"
    "USER: "
    "{% if message['content'] is string %}{{ message['content'] }}"
    "{% else %}"
    "{% for part in message['content'] if part['type'] == 'image' %}<image>\n{% endfor %}"
    "{% for part in message['content'] if part['type'] == 'text' %}{{ part['text'] }}{% endfor %}"
    "{% endif %} "
    "{% elif message['role'] == 'assistant' %}"
    "ASSISTANT: "
    "{% if message['content'] is string %}{{ message['content'] }}"
    "{% else %}"
    "{% for part in message['content'] if part['type'] == 'text' %}{{ part['text'] }}{% endfor %}"
    "{% endif %}</s>"
    "{% endif %}"
    "{% endfor %}"
    "{% if add_generation_prompt %}ASSISTANT:{% endif %}"
)


def question(caption=None):
    """The prompt's text, with the raw caption where there is one."""
    return DETAILED if caption is None else GROUNDED.replace("{caption}", caption)


def after_image(caption=None):
    """What follows the image's tokens, up to where the answer begins."""
    return "\n" + question(caption) + AFTER


def answer(description):
    """The answer's text, as it follows the prompt."""
    return " " + description
