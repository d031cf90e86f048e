"""Descriptions and truths are read alike, and scores count what is wrong."""

import statements
from score import Score

TRUTH = {
    "background": {"color": "mint", "style": "soft"},
    "layout": "pair above",
    "groups": [
        {
            "count": 2,
            "size": "small",
            "texture": "solid",
            "color": "red",
            "shape": "cross",
            "objects": [{"x": 20, "y": 20}, {"x": 50, "y": 20}],
        },
        {
            "count": 1,
            "size": "large",
            "texture": "striped",
            "color": "orange",
            "shape": "ring",
            "objects": [{"x": 90, "y": 30}],
        },
        {
            "count": 1,
            "size": "medium",
            "texture": "dotted",
            "color": "black",
            "shape": "heart",
            "objects": [{"x": 60, "y": 90}],
        },
    ],
    "relations": [
        {"subjects": [0], "relation": "left of", "objects": [1]},
        {"subjects": [0, 1], "relation": "above", "objects": [2]},
    ],
}
DESCRIPTION = (
    "The image features two small solid red crosses, a large striped orange ring, and a "
    "medium dotted black heart. The red crosses are to the left of the orange ring, and "
    "both are above the black heart. The background is mint, and the style is soft."
)
ALONE = {
    "background": {"color": "navy", "style": "flat"},
    "layout": "alone",
    "groups": [dict(TRUTH["groups"][1], objects=[{"x": 100, "y": 64}])],
    "relations": [],
}


def scored(text, truth):
    score = Score()
    score.add(statements.of_description(text), statements.of_truth(truth, 128))
    return score


def wrong(text, truth):
    score = scored(text, truth)
    return {name for name in score.total if score.right[name] < score.total[name]}


def test_a_right_description_states_the_truth():
    assert statements.of_description(DESCRIPTION) == statements.of_truth(TRUTH, 128)
    assert wrong(DESCRIPTION, TRUTH) == set()


def test_both_on_the_other_side():
    truth = dict(
        TRUTH,
        layout="pair below",
        relations=[
            {"subjects": [1], "relation": "left of", "objects": [2]},
            {"subjects": [0], "relation": "above", "objects": [1, 2]},
        ],
    )
    text = DESCRIPTION.replace(
        "The red crosses are to the left of the orange ring, and both are above the black "
        "heart.",
        "The orange ring is to the left of the black heart, and the red crosses are above "
        "both.",
    )
    assert statements.of_description(text) == statements.of_truth(truth, 128)
    assert wrong(DESCRIPTION, truth) == {
        "relation",
        "relation, names right too",
        "whole description",
    }


def test_one_object_has_a_place():
    text = (
        "The image features a large striped orange ring on the right. "
        "The background is navy, and the style is flat."
    )
    assert statements.of_description(text) == statements.of_truth(ALONE, 128)
    moved = text.replace("on the right", "on the left")
    assert wrong(moved, ALONE) == {"place", "whole description"}


def test_each_attribute_is_held_against_its_own():
    whole = "whole description"
    changes = {
        "two small": ("three small", {"count", whole}),
        "small solid": ("large solid", {"size", whole}),
        "solid red": ("dotted red", {"texture", whole}),
        "is mint": ("is gray", {"background", whole}),
        "is soft": ("is flat", {"style", whole}),
        "both are above": (
            "both are below",
            {"relation", "relation, names right too", whole},
        ),
    }
    for old, (new, expected) in changes.items():
        assert wrong(DESCRIPTION.replace(old, new), TRUTH) == expected


def test_a_wrong_name_spoils_the_strict_relation_alone():
    text = DESCRIPTION.replace("crosses", "stars")
    assert wrong(text, TRUTH) == {
        "object",
        "relation, names right too",
        "whole description",
    }


def test_nonsense_states_nothing():
    assert statements.of_description("a a a The") == statements.Statements()
    assert statements.of_description("") == statements.Statements()
    assert scored("", TRUTH).right.total() == 0
