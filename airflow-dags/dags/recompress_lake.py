"""
### A lake, compressed

Every Saturday: compresses the images of a folder that are new or changed, verifies the whole
archive, and lists which originals it makes superfluous. Deletes these only where the run is told
to.

**compress → verify → list_originals → deletion_wanted → delete_originals**

`list_originals` is a dry run: a table with a row for each original, and whether and why it may
go. An original may go if its newest row in the archive was verified in this run, and verified as
a file, byte for byte, and has the size, time and SHA-256 that the file has now.

`delete_originals` runs where the parameter of that name is on. It deletes what the dry run
listed, after the same checks once more. It can't be undone.

Images that failed before are tried again. Of a folder without images nothing is compressed; what
the archive holds is verified all the same. Without an archive either, all is skipped.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from airflow.sdk import CronDataIntervalTimetable, chain, dag, task

from include import params as param
from include.arguments import arguments
from include.assets import ARCHIVE
from include.defaults import dag_options
from include.runs import Run
from include.settings import Settings
from include.submit import darkroom_job

SETTINGS = Settings.load()


@dag(
    schedule=CronDataIntervalTimetable("0 0 * * 6", timezone="UTC"),
    dagrun_timeout=timedelta(days=6),
    doc_md=__doc__,
    **dag_options(SETTINGS),
    params={
        "images": param.place(
            SETTINGS.place("images"),
            "Folder of images. Only a folder's files can be deleted.",
        ),
        "archive": param.place(
            SETTINGS.place("archive"),
            "Delta table of the archive, made where it is not there.",
        ),
        "reports": param.place(
            SETTINGS.place("reports"),
            "Folder of reports; each day has one of its own in it.",
        ),
        "fidelity": param.choice(
            "file",
            "file: the file itself, byte for byte; pixels: samples and the metadata that PNG can"
            " hold.",
            "file",
            "pixels",
        ),
        "profile": param.choice(
            "fast", "fast: for bulk work; flow: a deep flow, slow.", "fast", "flow"
        ),
        "delete_originals": param.switch(
            False, "Delete the originals that the dry run lists. It can't be undone."
        ),
        "delete_kept_as_pixels": param.switch(
            False,
            "List also originals of which the archive keeps the pixels and not the file.",
        ),
    },
)
def recompress_lake():
    @task
    def plan(params: Any = None, dag_run: Any = None) -> dict[str, list[str]]:
        """Command lines of this run's jobs."""
        run = Run.of(dag_run)
        results = f"{params['reports'].rstrip('/')}/{run.day_key}"
        prune = {
            "images": params["images"],
            "archive": params["archive"],
            "listing": f"{results}/originals",
            "kept_as_pixels": params["delete_kept_as_pixels"],
        }
        return {
            "compress": arguments(
                "compress",
                input=params["images"],
                output=params["archive"],
                fidelity=params["fidelity"],
                profile=params["profile"],
                retry_failed=True,
            ),
            "verify": arguments(
                "verify",
                input=params["archive"],
                summary_json=f"{results}/archive.verify.json",
                outcomes=f"{results}/verified",
            ),
            "list_originals": arguments(
                "prune", **prune, outcomes=f"{results}/verified"
            ),
            "delete_originals": arguments("prune", **prune, delete=True),
        }

    @task.short_circuit
    def deletion_wanted(params: Any = None) -> bool:
        """Goes on only where the run was told to delete originals."""
        return params["delete_originals"]

    planned = plan()
    compress = darkroom_job(
        SETTINGS, "compress", planned["compress"], execution_timeout=timedelta(days=3)
    )
    verify = darkroom_job(
        SETTINGS,
        "verify",
        planned["verify"],
        nothing_to_do="is no Delta table|there is nothing to read back",
        trigger_rule="none_failed",
        outlets=[ARCHIVE],
        execution_timeout=timedelta(days=1),
    )
    list_originals = darkroom_job(SETTINGS, "list_originals", planned["list_originals"])
    delete_originals = darkroom_job(
        SETTINGS,
        "delete_originals",
        planned["delete_originals"],
        execution_timeout=timedelta(days=1),
    )
    chain(compress, verify, list_originals, deletion_wanted(), delete_originals)


recompress_lake()
