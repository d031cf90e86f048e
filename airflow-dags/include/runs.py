"""What a DAG run is about: a span of time, and the names that its results go by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Protocol


class Timed(Protocol):
    """The times of Airflow's DagRun."""

    data_interval_start: datetime | None
    data_interval_end: datetime | None
    logical_date: datetime | None
    run_after: datetime


@dataclass(frozen=True)
class Run:
    """The span that a run is about.

    A scheduled run is about its data interval. One without an interval, by hand or by an
    asset, is about all there is up to its logical date; without that, up to when it was due.
    """

    start: datetime
    end: datetime

    @classmethod
    def of(cls, dag_run: Timed) -> Run:
        """The span of an Airflow run; the same however often the run is tried."""
        if dag_run.data_interval_start and dag_run.data_interval_end:
            return cls(
                _utc(dag_run.data_interval_start), _utc(dag_run.data_interval_end)
            )
        moment = _utc(dag_run.logical_date or dag_run.run_after)
        return cls(moment, moment)

    @property
    def day_key(self) -> str:
        """The day it begins on: ``2026-01-05``."""
        return f"{self.start:%Y-%m-%d}"

    @property
    def week_key(self) -> str:
        """The ISO week it begins in: ``2026-W02``."""
        return f"{self.start:%G-W%V}"


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(timezone.utc)
