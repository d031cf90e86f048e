"""What the campaign found."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


@dataclass
class Figures:
    """Counts of one part.

    Attributes:
        part: its name.
        rounds: how often it was done.
        kills: processes that were ended by force, or calls and writes that were made to fail.
        lost: inputs without a row, or without a file after restoring.
        doubled: rows too many.
        wrong: files, samples or rows that came back otherwise, and checks that were not green.
        notes: what was seen, or why the part was left out.
    """

    part: str
    rounds: int = 0
    kills: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    notes: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    seconds: float = 0

    def note(self, text: str) -> None:
        """Keeps what was seen, once."""
        if text not in self.notes and len(self.notes) < 8:
            self.notes.append(text)

    def end(self) -> None:
        self.seconds = time.monotonic() - self.started

    @property
    def good(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)


def table(every: list[Figures]) -> str:
    """The figures as a table of Markdown, as docs have them."""
    names = ["part", "rounds", "kills", "lost", "doubled", "wrong", "seconds"]
    rows = [
        [
            *[each.part, f"{each.rounds:,}", f"{each.kills:,}"],
            *[f"{each.lost:,}", f"{each.doubled:,}", f"{each.wrong:,}"],
            f"{each.seconds:.0f}",
        ]
        for each in every
    ]
    widths = [max(len(row[i]) for row in [names, *rows]) for i in range(len(names))]
    lines = [_line(row, widths) for row in [names, *rows]]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _line(row: list[str], widths: list[int]) -> str:
    cells = [row[0].ljust(widths[0])]
    cells += [
        cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)
    ]
    return "| " + " | ".join(cells) + " |"
