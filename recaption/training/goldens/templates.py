"""Chat templates of LLaVA checkpoints, and what transformers renders from them.

python templates.py --output ../../src/test/resources/dev/darkroom/recaption/template
"""

import argparse
import json
import pathlib

from checkpoints import CHATML, VICUNA
from transformers.utils.chat_template_utils import render_jinja_template

# Templates in the manner of other checkpoints: filters and conditions in loops, content
# that may be text, messages for the system, white space control, namespaces.
CONDITIONAL_LOOP = (
    "{% for message in messages %}"
    "{% if message['role'] == 'user' %}USER: "
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] if part['type'] == 'image' %}"
    "<image>\n{% endfor %}"
    "{% for part in message['content'] if part['type'] == 'text' %}"
    "{{ part['text'] }}{% endfor %}{% endif %} "
    "{% elif message['role'] == 'assistant' %}ASSISTANT: "
    "{{ message['content'] }}</s>{% endif %}{% endfor %}"
    "{% if add_generation_prompt %}ASSISTANT:{% endif %}"
)
QWEN = (
    "{%- if messages[0]['role'] == 'system' %}\n"
    "    {{- '<|im_start|>system\\n' + messages[0].content + '<|im_end|>\\n' }}\n"
    "{%- else %}\n"
    "    {{- '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}\n"
    "{%- endif %}\n"
    "{%- for message in messages %}\n"
    "    {%- if message.role != 'system' %}\n"
    "        {{- '<|im_start|>' + message.role + '\\n' }}\n"
    "        {%- if message.content is string %}\n"
    "            {{- message.content | trim }}\n"
    "        {%- else %}\n"
    "            {%- for part in message.content %}\n"
    "                {%- if part.type == 'image' or 'image' in part %}\n"
    "                    {{- '<image>' if loop.first else '\\n<image>' }}\n"
    "                {%- elif part['type'] == \"text\" %}\n"
    "                    {{- '\\n' ~ part.text }}\n"
    "                {%- endif %}\n"
    "            {%- endfor %}\n"
    "        {%- endif %}\n"
    "        {{- '<|im_end|>\\n' }}\n"
    "    {%- endif %}\n"
    "{%- endfor %}\n"
    "{%- if add_generation_prompt %}\n"
    "    {{- '<|im_start|>assistant\\n' }}\n"
    "{%- endif %}\n"
)
INDENTED = """\
{# A comment over
   two lines #}
{{ bos_token }}
{% set found = namespace(images=0) %}
{% for message in messages %}
    {% for part in message['content'] %}
        {% if part['type'] == 'image' %}
            {% set found.images = found.images + 1 %}
        {% endif %}
    {% endfor %}
    {{ message['role'] | capitalize }}:
    {% for number in range(found.images) %}
  <image>
    {% endfor %}
    {{- message['content'][-1]['text'].strip() | upper }}
    {% if not loop.last and loop.index0 % 2 == 0 %}--{% endif %}
{% else %}
nobody
{% endfor %}
{{ 'Assistant:' if add_generation_prompt else '' }}
"""
MISTRAL = (
    "{{ bos_token }}{% for message in messages %}"
    "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('Roles must alternate') }}{% endif %}"
    "{% if message['role'] == 'user' %}"
    "{{ '[INST] ' + (message['content'] | selectattr('type', 'equalto', 'text')"
    " | map(attribute='text') | join(' ')) + '<image>' + ' [/INST]' }}"
    "{% endif %}{% endfor %}"
)
TEMPLATES = {
    "vicuna": VICUNA,
    "chatml": CHATML,
    "conditional-loop": CONDITIONAL_LOOP,
    "qwen": QWEN,
    "indented": INDENTED,
    "mistral": MISTRAL,
}
QUESTIONS = [
    "Describe this image and its style in a very detailed manner.",
    "Give the caption of this image '{{ messages }} {% if x %} \"quoted\" \\n',\n describe"
    " it: café, 象, 🙂. ",
]


def conversation(question):
    parts = [{"type": "image"}, {"type": "text", "text": question}]
    return [{"role": "user", "content": parts}]


def rendered(template, question):
    texts, _ = render_jinja_template(
        [conversation(question)],
        chat_template=template,
        add_generation_prompt=True,
        bos_token="<s>",
        eos_token="</s>",
    )
    return texts[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--output", required=True, type=pathlib.Path)
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    goldens = [
        {
            "name": name,
            "template": template,
            "question": question,
            "rendered": rendered(template, question),
        }
        for name, template in TEMPLATES.items()
        for question in QUESTIONS
    ]
    text = json.dumps(goldens, ensure_ascii=False, indent=1)
    (output / "goldens.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
