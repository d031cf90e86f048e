"""Texts that ask for a scene, from the shortest to the whole description.

What a text leaves out is left to the model. Words are drawn anew each time, so that the
model learns what they mean and not which of them go together.
"""

COLORS = (
    "red orange yellow green blue purple pink brown black white gray beige lavender mint "
    "navy"
).split()
SHAPES = "circle square triangle diamond star cross ring heart".split()
PLURALS = "circles squares triangles diamonds stars crosses rings hearts".split()
PLACES = (
    ("in the top left corner", "in the top left", "at the top left"),
    ("at the top", "at the top", "on the top"),
    ("in the top right corner", "in the top right", "at the top right"),
    ("on the left", "on the left", "at the left"),
    ("in the center", "in the center", "in the middle"),
    ("on the right", "on the right", "at the right"),
    ("in the bottom left corner", "in the bottom left", "at the bottom left"),
    ("at the bottom", "at the bottom", "on the bottom"),
    ("in the bottom right corner", "in the bottom right", "at the bottom right"),
)
RELATIONS = {
    "left of": ("left of", "to the left of", "on the left of"),
    "right of": ("right of", "to the right of", "on the right of"),
    "above": ("above", "above", "on the top of"),
    "below": ("below", "below", "on the bottom of"),
}
INVERSE = {
    "left of": "right of",
    "right of": "left of",
    "above": "below",
    "below": "above",
}
STYLE_PREFIX = "pixel art of"
OTHER_WORDS = (
    "a an one two the is are image features and with background style both of to in on at "
    "small medium large solid striped dotted checkered flat soft left right above below "
    "top bottom center middle corner row column pixel art next near . ,"
).split()


def words():
    """Every word that the model knows, each once."""
    return list(dict.fromkeys([*OTHER_WORDS, *COLORS, *SHAPES, *PLURALS]))


def article(name):
    return ("an " if name[0] in "aeiou" else "a ") + name


def _named(group, chance):
    """A group with some of what can be seen of it."""
    parts = []
    if chance.random() < 0.35:
        parts.append(group["size"])
    if chance.random() < (0.3 if group["texture"] == "solid" else 0.9):
        parts.append(group["texture"])
    parts.append(group["color"])
    if group["count"] > 1:
        parts.append(PLURALS[SHAPES.index(group["shape"])])
        return "two " + " ".join(parts)
    parts.append(group["shape"])
    return article(" ".join(parts))


def _place(group, side, chance):
    """In which ninth of the picture a group's only object is."""
    at = group["objects"][0]
    third = [min(2, at[axis] * 3 // side) for axis in ("y", "x")]
    return chance.choice(PLACES[third[0] * 3 + third[1]])


def _ground(truth, chance):
    background = truth["background"]
    soft = "soft " if background["style"] == "soft" else ""
    if not soft and chance.random() < 0.3:
        soft = "flat "
    return f" on a {soft}{background['color']} background"


def short(truth, side, chance):
    """A phrase about a scene.

    side is that of the truth's picture in pixels, chance a random.Random.
    """
    groups = truth["groups"]
    if len(groups) == 2:
        text = _pair(truth, chance)
    else:
        text = _named(groups[0], chance)
        if groups[0]["count"] == 1:
            if chance.random() < 0.75:
                text += " " + _place(groups[0], side, chance)
        elif chance.random() < 0.7:
            text += f" in a {truth['layout']}"
    if chance.random() < 0.35:
        text += _ground(truth, chance)
    return text


def _pair(truth, chance):
    first, second = truth["groups"]
    relation = truth["relations"][0]["relation"]
    if chance.random() < 0.5:
        first, second, relation = second, first, INVERSE[relation]
    if chance.random() < 0.12:
        between = chance.choice(("and", "and", "next to", "near"))
    else:
        between = chance.choice(RELATIONS[relation])
    return f"{_named(first, chance)} {between} {_named(second, chance)}"
