"""Compares what descriptions state with what is true, attribute by attribute."""

from collections import Counter

ATTRIBUTES = (
    "object",
    "color",
    "count",
    "relation",
    "relation, names right too",
    "size",
    "texture",
    "place",
    "background",
    "style",
    "number of groups",
    "whole description",
)
_POSITIONS = {"count": 0, "size": 1, "texture": 2, "color": 3, "object": 4}


class Score:
    """Counts right and wrong answers. A group that isn't stated is wrong in everything."""

    def __init__(self):
        self.right = Counter()
        self.total = Counter()

    def add(self, stated, true):
        before = sum(self.total.values()) - sum(self.right.values())
        for k, group in enumerate(true.groups):
            said = stated.groups[k] if k < len(stated.groups) else ("",) * 5
            for name, position in _POSITIONS.items():
                self._count(name, said[position] == group[position])
        for relation in true.relations:
            found = relation in stated.relations
            mentioned = (*relation[0], *relation[2])
            named = all(
                k < len(stated.groups) and stated.groups[k][3:] == true.groups[k][3:]
                for k in mentioned
            )
            self._count("relation", found)
            self._count("relation, names right too", found and named)
        if true.place:
            self._count("place", stated.place == true.place)
        self._count("background", stated.ground == true.ground)
        self._count("style", stated.style == true.style)
        self._count("number of groups", len(stated.groups) == len(true.groups))
        wrong = sum(self.total.values()) - sum(self.right.values()) - before
        self._count("whole description", wrong == 0)

    def _count(self, name, right):
        self.total[name] += 1
        self.right[name] += bool(right)

    def table(self):
        """Lines of a Markdown table."""
        lines = ["| attribute | right | of | accuracy |", "|---|---|---|---|"]
        for name in ATTRIBUTES:
            if self.total[name]:
                part = self.right[name] / self.total[name]
                lines.append(
                    f"| {name} | {self.right[name]} | {self.total[name]} | {part:.1%} |"
                )
        return lines

    def line(self):
        """The same on one line."""
        return " ".join(
            f"{name.replace(' ', '-')}={self.right[name] / self.total[name]:.3f}"
            for name in ATTRIBUTES
            if self.total[name]
        )
