"""SQL conditions for the jobs' ``--where``."""

from __future__ import annotations

from datetime import datetime


def changed_before(
    moment: datetime, column: str | None, other: str | None
) -> str | None:
    """What lies before a moment, and fulfils another condition.

    Args:
        moment: the first moment that is not taken.
        column: of timestamps; none takes all times.
        other: a condition of the user's own; none is no condition.

    Returns:
        both conditions, or none where there is none.
    """
    conditions = [f"({other})"] if other else []
    if column:
        conditions.append(f"`{column}` < timestamp '{moment.isoformat()}'")
    return " and ".join(conditions) or None
