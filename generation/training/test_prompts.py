"""Short phrases say what is true of a scene, in words that the model knows."""

import random

from prompts import short, words

SIDE = 128
RING = {"size": "medium", "texture": "solid", "color": "white", "shape": "ring"}
STAR = {"size": "small", "texture": "dotted", "color": "navy", "shape": "star"}


def group(look, *places):
    objects = [{"x": x, "y": y, "radius": 12} for x, y in places]
    return {**look, "count": len(places), "objects": objects}


def truth(*groups, relation=None, layout="alone"):
    relations = [{"subjects": [0], "relation": relation, "objects": [1]}]
    return {
        "background": {"color": "beige", "style": "soft"},
        "layout": layout,
        "groups": list(groups),
        "relations": relations if relation else [],
    }


def phrases(scene, count=300):
    chance = random.Random(5)
    return {short(scene, SIDE, chance) for _ in range(count)}


def test_every_word_is_known():
    scenes = (
        truth(group(RING, (20, 100))),
        truth(group(STAR, (20, 20), (20, 100)), layout="column"),
        truth(group(RING, (20, 64)), group(STAR, (100, 64)), relation="left of"),
    )
    said = {
        word for scene in scenes for text in phrases(scene) for word in text.split()
    }
    assert said <= set(words())


def test_a_place_is_where_the_object_is():
    said = phrases(truth(group(RING, (20, 100))))
    places = [text for text in said if " in the " in text or " at the " in text]
    assert len(places) > 10
    assert all("bottom left" in text for text in places)


def test_a_relation_holds_whichever_comes_first():
    scene = truth(group(RING, (20, 64)), group(STAR, (100, 64)), relation="left of")
    directions = {"left": 0, "right": 0}
    for text in phrases(scene):
        first = "ring" if text.index("ring") < text.index("star") else "star"
        for direction in directions:
            if direction in text:
                directions[direction] += 1
                assert (direction == "left") == (first == "ring"), text
    assert min(directions.values()) > 10


def test_two_of_a_kind_are_told_as_two():
    said = phrases(truth(group(STAR, (20, 20), (20, 100)), layout="column"))
    assert all(text.startswith("two ") and "stars" in text for text in said)
