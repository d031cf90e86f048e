"""What all DAGs here have in common."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from include.settings import Settings

TAGS = ["darkroom"]

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""No run is about anything earlier."""


def dag_options(settings: Settings) -> dict[str, Any]:
    """How DAGs are declared: nothing is caught up, and one run goes at a time."""
    return {
        "start_date": START,
        "catchup": False,
        "max_active_runs": 1,
        "default_args": task_defaults(settings),
        "tags": TAGS,
    }


def task_defaults(settings: Settings) -> dict[str, Any]:
    """How tasks are tried again, and how long they may take."""
    return {
        "owner": "darkroom",
        "retries": settings.retries,
        "retry_delay": timedelta(minutes=settings.retry_minutes),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(hours=1),
        "execution_timeout": timedelta(hours=6),
    }
