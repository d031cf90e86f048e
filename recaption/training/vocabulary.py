"""The words of the scene world: what a truth can hold and how a description says it."""

COLORS = (
    "red",
    "orange",
    "yellow",
    "green",
    "blue",
    "purple",
    "pink",
    "brown",
    "black",
    "white",
)
SHAPES = (
    "circle",
    "square",
    "triangle",
    "diamond",
    "star",
    "cross",
    "ring",
    "heart",
)
SIZES = ("small", "medium", "large")
TEXTURES = ("solid", "striped", "dotted", "checkered")
GROUNDS = ("white", "gray", "beige", "lavender", "mint", "navy")
STYLES = ("flat", "soft", "grainy")
LAYOUTS = (
    "alone",
    "row",
    "column",
    "scattered",
    "left to right",
    "top to bottom",
    "pair above",
    "pair left",
    "pair below",
    "pair right",
)
NUMBERS = {"a": 1, "an": 1, "two": 2, "three": 3, "four": 4}
NINTHS = (
    "in the top left corner",
    "at the top",
    "in the top right corner",
    "on the left",
    "in the center",
    "on the right",
    "in the bottom left corner",
    "at the bottom",
    "in the bottom right corner",
)
ARRANGEMENTS = {
    "in a row": "row",
    "in a column": "column",
    "scattered around": "scattered",
}
PLURALS = {("crosses" if shape == "cross" else shape + "s"): shape for shape in SHAPES}
