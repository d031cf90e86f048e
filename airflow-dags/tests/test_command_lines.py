"""Command lines, and what they are made of."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from include.arguments import arguments
from include.conditions import changed_before
from include.runs import Run

NEW_YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)


def due(run_after, logical_date=None, start=None, end=None):
    return SimpleNamespace(
        run_after=run_after,
        logical_date=logical_date,
        data_interval_start=start,
        data_interval_end=end,
    )


def test_a_scheduled_run_is_about_its_interval():
    day = timedelta(days=1)
    run = Run.of(due(NEW_YEAR + day, NEW_YEAR, NEW_YEAR, NEW_YEAR + day))
    assert (run.start, run.end) == (NEW_YEAR, NEW_YEAR + day)
    assert (run.day_key, run.week_key) == ("2026-01-01", "2026-W01")


def test_a_run_without_an_interval_is_about_its_logical_date_or_when_it_was_due():
    later = NEW_YEAR + timedelta(days=4)
    assert Run.of(due(later, NEW_YEAR)) == Run(NEW_YEAR, NEW_YEAR)
    assert Run.of(due(later)) == Run(later, later)
    assert Run.of(due(later)).week_key == "2026-W02"


def test_weeks_are_those_of_iso_8601_and_days_those_of_utc():
    evening = datetime(2027, 1, 3, 23, tzinfo=timezone(timedelta(hours=-5)))
    assert Run.of(due(evening)).day_key == "2027-01-04"
    assert Run.of(due(NEW_YEAR.replace(year=2027))).week_key == "2026-W53"


@pytest.mark.parametrize(
    ("column", "other", "condition"),
    [
        ("t", None, "`t` < timestamp '2026-01-01T00:00:00+00:00'"),
        ("t", "a or b", "(a or b) and `t` < timestamp '2026-01-01T00:00:00+00:00'"),
        (None, "a or b", "(a or b)"),
        (None, None, None),
    ],
)
def test_conditions_hold_together(column, other, condition):
    assert changed_before(NEW_YEAR, column, other) == condition


def test_options_are_those_of_the_command_line():
    given = {"bytes_column": "x", "column": ["a", "b"], "grid": True}
    left_out = {"model": "", "limit": None, "compress": False}
    assert arguments("generate", **given, **left_out, epsilon=0) == [
        "generate",
        "--bytes-column=x",
        "--column=a",
        "--column=b",
        "--grid",
        "--epsilon=0",
    ]
