"""Executes notebooks in one workspace, in the order of their numbers."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

FOLDER = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(FOLDER))

Notebook = nbformat.NotebookNode


@pytest.fixture(scope="session")
def execute(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., tuple[Notebook, dict[str, Any]]]:
    """Executes a notebook once; gives it back, and the JSON of its last output."""
    base = tmp_path_factory.mktemp("notebooks")
    done: dict[str, tuple[Notebook, dict[str, Any]]] = {}

    def run(name: str, **parameters: Any) -> tuple[Notebook, dict[str, Any]]:
        if name not in done:
            executed = papermill.execute_notebook(
                FOLDER / f"{name}.ipynb",
                base / f"{name}.ipynb",
                parameters={"workspace": str(base / "work")} | parameters,
                kernel_name="python3",
                cwd=FOLDER,
                progress_bar=False,
                execution_timeout=300,
            )
            done[name] = (
                executed,
                executed.cells[-1].outputs[-1].data["application/json"],
            )
        return done[name]

    return run
