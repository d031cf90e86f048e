"""An Airflow in a folder, and commands that run DAGs in it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deltalake import DeltaTable


@dataclass(frozen=True)
class Outcome:
    """What became of a run: state and number of tries of each task, and all that was said."""

    states: dict[str, str]
    tries: dict[str, int]
    output: str


@dataclass(frozen=True)
class Installation:
    """An Airflow, and the lake that its DAGs work on."""

    lake: Path
    environment: Mapping[str, str]

    def run(
        self, dag_id: str, date: str, done: str | None = None, **params: Any
    ) -> Outcome:
        """Runs a DAG from beginning to end, with spark-submit.

        Args:
            dag_id: the DAG.
            date: its logical date.
            done: a pattern of tasks that are taken as done, and not run.
            params: what differs from the parameters' defaults.
        """
        words = ["dags", "test", dag_id, date, "-c", json.dumps(params)]
        if done:
            words += ["--mark-success-pattern", done]
        output = airflow(*words, environment=self.environment, check=False)
        tasks = self._tasks(dag_id)
        return Outcome(
            {name: state for name, state, _ in tasks},
            {name: tries for name, _, tries in tasks},
            output,
        )

    def _tasks(self, dag_id: str) -> list[tuple[str, str, int]]:
        database = Path(self.environment["AIRFLOW_HOME"]) / "airflow.db"
        with closing(sqlite3.connect(database)) as connection:
            return connection.execute(
                "select task_id, state, try_number from task_instance where dag_id = ?1"
                " and run_id = (select run_id from dag_run where dag_id = ?1"
                " order by id desc limit 1)",
                (dag_id,),
            ).fetchall()

    def table(self, *names: str) -> DeltaTable:
        """A Delta table of the lake."""
        return DeltaTable(self.lake.joinpath(*names))

    def rows(self, *names: str) -> list[dict[str, Any]]:
        """All rows of a Delta table of the lake."""
        return self.table(*names).to_pyarrow_table().to_pylist()


def airflow(*words: str, environment: Mapping[str, str], check: bool = True) -> str:
    """Runs Airflow's command line; returns what it printed."""
    bin_folder = Path(sys.executable).parent
    path = f"{bin_folder}:{environment.get('PATH', '')}"
    done = subprocess.run(
        [bin_folder / "airflow", *words],
        env=dict(environment) | {"PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if check and done.returncode != 0:
        raise RuntimeError(f"airflow {' '.join(words)} failed: {done.stdout}")
    return done.stdout
