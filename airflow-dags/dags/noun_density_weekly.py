"""
### Noun density, week by week

Counts the nouns of all captions and reports on them: every Monday for the week that is over, and
in between whenever there are new captions.

**nouns → report**

A week's results have a folder of their own, such as `reports/2026-W02`, which each run of that
week replaces. So a week's folder holds the state of its last run.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import (
    AssetOrTimeSchedule,
    CronDataIntervalTimetable,
    chain,
    dag,
    task,
)

from include import params as param
from include.assets import CAPTIONS, NOUNS
from include.caption_reports import caption_reports
from include.defaults import dag_options
from include.runs import Run
from include.settings import Settings
from include.submit import darkroom_job

SETTINGS = Settings.load()


@dag(
    schedule=AssetOrTimeSchedule(
        assets=[CAPTIONS],
        timetable=CronDataIntervalTimetable("0 0 * * 1", timezone="UTC"),
    ),
    dagrun_timeout=timedelta(days=1),
    doc_md=__doc__,
    **dag_options(SETTINGS),
    params={
        "captions": param.place(SETTINGS.place("captions"), "Delta table of captions."),
        "reports": param.place(
            SETTINGS.place("reports"),
            "Folder of reports; each week has one of its own in it.",
        ),
        "group_by": param.column(
            None, "Column that names each caption's dataset; none is one dataset."
        ),
        "threshold": param.count(
            10, "A noun that stands more often is valid.", least=0
        ),
    },
)
def noun_density_weekly():
    @task
    def plan(params: Any = None, dag_run: Any = None) -> dict[str, list[str]]:
        """Command lines of this run's jobs."""
        run = Run.of(dag_run)
        results = f"{params['reports'].rstrip('/')}/{run.week_key}"
        return caption_reports(params, results, f"Captions, week {run.week_key}")

    planned = plan()
    nouns = darkroom_job(SETTINGS, "nouns", planned["nouns"], outlets=[NOUNS])
    report = darkroom_job(SETTINGS, "report", planned["report"])
    chain(nouns, report)


noun_density_weekly()
