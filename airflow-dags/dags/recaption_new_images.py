"""
### Captions for new images

Every day: captions the images that are new, changed or failed, counts what all captions name,
and reports on them.

**recaption → nouns → report**

Images that changed before the end of the run's day are taken. What the table of captions has
already is left out by the job itself, so a run can be repeated: it asks what is missing, and
replaces the day's count and report. A day without images is skipped.

A run by hand is about the last day that is over; one without a logical date is about everything
up to now.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import CronDataIntervalTimetable, chain, dag, task

from include import params as param
from include.arguments import arguments
from include.assets import CAPTIONS
from include.conditions import changed_before
from include.caption_reports import caption_reports
from include.defaults import dag_options
from include.runs import Run
from include.settings import Settings
from include.submit import darkroom_job

SETTINGS = Settings.load()


@dag(
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),
    dagrun_timeout=timedelta(days=3),
    doc_md=__doc__,
    **dag_options(SETTINGS),
    params={
        "images": param.place(
            SETTINGS.place("images"),
            "Images: a folder, file or glob, WebDataset tars, or a Parquet or Delta table.",
        ),
        "captions": param.place(
            SETTINGS.place("captions"),
            "Delta table of captions, made where it is not there.",
        ),
        "reports": param.place(
            SETTINGS.place("reports"),
            "Folder of reports; each day has one of its own in it.",
        ),
        "prompt": param.text(
            "detailed",
            "detailed, grounded (with the raw caption), or a text in which {caption} stands for it.",
        ),
        "time_column": param.column(
            "modification_time",
            "Column that says when an image changed. Tables often have none: "
            "leave it empty, and all images that have no caption are taken.",
        ),
        "where": param.text(None, "SQL condition that images must fulfil too."),
        "limit": param.count(None, "At most so many images."),
        "max_new_tokens": param.count(256, "The most tokens of a caption."),
        "threshold": param.count(
            10, "A noun that stands more often is valid.", least=0
        ),
    },
)
def recaption_new_images():
    @task
    def plan(params: Any = None, dag_run: Any = None) -> dict[str, list[str]]:
        """Command lines of this run's jobs."""
        run = Run.of(dag_run)
        results = f"{params['reports'].rstrip('/')}/{run.day_key}"
        return {
            "recaption": arguments(
                "recaption",
                input=params["images"],
                output=params["captions"],
                prompt=params["prompt"],
                where=changed_before(run.end, params["time_column"], params["where"]),
                limit=params["limit"],
                max_new_tokens=params["max_new_tokens"],
                model=SETTINGS.caption_model,
                endpoint=SETTINGS.caption_endpoint,
                send_key_over_http=SETTINGS.caption_key_over_http,
                server_command=SETTINGS.caption_server_command,
                gpus_per_task=SETTINGS.gpus_per_task,
            ),
            **caption_reports(params, results, f"Captions, {run.day_key}"),
        }

    planned = plan()
    recaption = darkroom_job(
        SETTINGS,
        "recaption",
        planned["recaption"],
        gpu=True,
        outlets=[CAPTIONS],
        execution_timeout=timedelta(days=2),
    )
    nouns = darkroom_job(SETTINGS, "nouns", planned["nouns"])
    report = darkroom_job(SETTINGS, "report", planned["report"])
    chain(recaption, nouns, report)


recaption_new_images()
