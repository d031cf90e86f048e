"""What a description states, as data, so that it can be compared with the truth.

A description that leaves the manner of the scene world states less, or nothing; it is
never repaired.
"""

import re
from dataclasses import dataclass, field

from vocabulary import (
    ARRANGEMENTS,
    COLORS,
    GROUNDS,
    NINTHS,
    NUMBERS,
    PLURALS,
    SHAPES,
    SIZES,
    STYLES,
    TEXTURES,
)

_NOUNS = dict(PLURALS, **{shape: shape for shape in SHAPES})
_OBJECT = re.compile(
    rf"\b({'|'.join(NUMBERS)}) ({'|'.join(SIZES)}) ({'|'.join(TEXTURES)}) "
    rf"({'|'.join(COLORS)}) ({'|'.join(sorted(_NOUNS, key=len, reverse=True))})\b"
)
_PLACE = re.compile(rf" ({'|'.join((*NINTHS, *ARRANGEMENTS))})$")
_CLAUSE = re.compile(
    r"(?:the (\w+ \w+)|(both)) (?:is|are) (.+?) (?:the (\w+ \w+)|(both))$"
)
_RELATIONS = {
    "to the left of": "left of",
    "to the right of": "right of",
    "above": "above",
    "below": "below",
}
_BACKGROUND = re.compile(
    rf"The background is ({'|'.join(GROUNDS)}), and the style is ({'|'.join(STYLES)})$"
)


@dataclass
class Statements:
    """Groups as (count, size, texture, color, shape); relations between groups by their
    position in that list, as (subjects, relation, objects)."""

    groups: list = field(default_factory=list)
    place: str = ""
    relations: list = field(default_factory=list)
    ground: str = ""
    style: str = ""


def of_description(text):
    """What a text states."""
    stated = Statements()
    for sentence in text.strip().rstrip(".").split(". "):
        if sentence.startswith("The image features "):
            for number, size, texture, color, noun in _OBJECT.findall(sentence):
                group = (NUMBERS[number], size, texture, color, _NOUNS[noun])
                stated.groups.append(group)
            place = _PLACE.search(sentence)
            stated.place = place[1] if place else ""
        elif background := _BACKGROUND.match(sentence):
            stated.ground, stated.style = background.groups()
        else:
            stated.relations += _relations(sentence, stated.groups)
    return stated


def of_truth(truth, size):
    """What is true of a scene; size is the side of the picture in pixels."""
    stated = Statements(
        ground=truth["background"]["color"], style=truth["background"]["style"]
    )
    for group in truth["groups"]:
        keys = ("count", "size", "texture", "color", "shape")
        stated.groups.append(tuple(group[key] for key in keys))
    layout = truth["layout"]
    if layout == "alone":
        place = truth["groups"][0]["objects"][0]
        column, row = (min(2, place[axis] * 3 // size) for axis in ("x", "y"))
        stated.place = NINTHS[3 * row + column]
    else:
        phrases = {name: phrase for phrase, name in ARRANGEMENTS.items()}
        stated.place = phrases.get(layout, "")
    for relation in truth["relations"]:
        stated.relations.append(
            (
                tuple(relation["subjects"]),
                relation["relation"],
                tuple(relation["objects"]),
            )
        )
    return stated


def _relations(sentence, groups):
    names = {}
    for position, (_, _, _, color, shape) in enumerate(groups):
        names[f"{color} {shape}"] = position
    relations = []
    for clause in (sentence[:1].lower() + sentence[1:]).split(", and "):
        match = _CLAUSE.match(clause)
        if not match or match[3] not in _RELATIONS:
            continue
        subject = _position(match[1], names)
        target = _position(match[4], names)
        if match[2] and relations and target is not None:
            first = relations[0]
            subjects, targets = (*first[0], *first[2]), (target,)
        elif match[5] and relations and subject is not None:
            first = relations[0]
            subjects, targets = (subject,), (*first[0], *first[2])
        elif subject is not None and target is not None:
            subjects, targets = (subject,), (target,)
        else:
            continue
        relations.append((subjects, _RELATIONS[match[3]], targets))
    return relations


def _position(name, names):
    if not name:
        return None
    color, noun = name.split()
    return names.get(f"{color} {_NOUNS.get(noun, noun)}")
