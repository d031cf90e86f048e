"""
### Images for prompts

Draws images for prompts, scores how well they show what was asked for, and reports on them:
whenever the asset `darkroom_prompts` says that there are new prompts, or by hand.

**generate → score → report**

An image is drawn once for each prompt, seed and way of drawing: a run draws what the table of
images does not have. Scores and report are of all images in the table, in a folder for the day.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import Param, chain, dag, task

from include import params as param
from include.arguments import arguments
from include.assets import IMAGES, PROMPTS
from include.defaults import dag_options
from include.runs import Run
from include.settings import Settings
from include.submit import darkroom_job

SETTINGS = Settings.load()


@dag(
    schedule=[PROMPTS],
    dagrun_timeout=timedelta(days=3),
    doc_md=__doc__,
    **dag_options(SETTINGS),
    params={
        "prompts": param.place(
            SETTINGS.place("prompts"),
            "Text files of a prompt a line, or a CSV, JSON, Parquet or Delta table.",
        ),
        "column": param.column(
            None, "Column of prompts in a table; none takes prompt, text or caption."
        ),
        "where": param.text(None, "SQL condition that a table's prompts must fulfil."),
        "images": param.place(
            SETTINGS.place("generated"),
            "Delta table of images, made where it is not there.",
        ),
        "reports": param.place(
            SETTINGS.place("reports"),
            "Folder of reports; each day has one of its own in it.",
        ),
        "seeds": Param(
            "0",
            "Numbers and ranges such as 0..3,17.",
            type="string",
            pattern=r"^\d+(\.\.\d+)?(,\d+(\.\.\d+)?)*$",
        ),
        "steps": param.count(None, "Sampling steps; none takes the model's."),
        "judge": param.choice(
            "pixels",
            "Who scores: pixels knows drawn scenes alone, llava asks a model that sees.",
            "pixels",
            "llava",
            "pixels,llava",
        ),
        "questions": param.choice(
            "describe", "What llava is asked.", "describe", "yes_no"
        ),
    },
)
def generate_prompts():
    @task
    def plan(params: Any = None, dag_run: Any = None) -> dict[str, list[str]]:
        """Command lines of this run's jobs."""
        run = Run.of(dag_run)
        results = f"{params['reports'].rstrip('/')}/{run.day_key}"
        llava = "llava" in params["judge"]
        return {
            "generate": arguments(
                "generate",
                prompts=params["prompts"],
                column=params["column"],
                where=params["where"],
                output=params["images"],
                seeds=params["seeds"],
                steps=params["steps"],
                model=SETTINGS.image_model,
                gpus_per_task=SETTINGS.gpus_per_task,
            ),
            "score": arguments(
                "score",
                input=params["images"],
                output=f"{results}/scores",
                judge=params["judge"],
                questions=params["questions"],
                model=llava and SETTINGS.caption_model,
                endpoint=llava and SETTINGS.caption_endpoint,
                send_key_over_http=llava and SETTINGS.caption_key_over_http,
                server_command=llava and SETTINGS.caption_server_command,
                gpus_per_task=llava and SETTINGS.gpus_per_task,
            ),
            "report": arguments(
                "report",
                input=params["images"],
                title=f"Generated images, {run.day_key}",
                output=f"{results}/generated",
            ),
        }

    planned = plan()
    generate = darkroom_job(
        SETTINGS,
        "generate",
        planned["generate"],
        gpu=True,
        outlets=[IMAGES],
        execution_timeout=timedelta(days=2),
    )
    score = darkroom_job(
        SETTINGS,
        "score",
        planned["score"],
        gpu=True,
        execution_timeout=timedelta(days=1),
    )
    report = darkroom_job(SETTINGS, "report", planned["report"])
    chain(generate, score, report)


generate_prompts()
