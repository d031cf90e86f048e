"""Notebooks are kept as sources: without results, and with parameters to set."""

from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[1]
PATHS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_notebooks():
    assert [path.name[:2] for path in PATHS] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_nothing_of_a_run_is_kept(path):
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags"}
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert text == nbformat.writes(notebook, indent=1).rstrip("\n") + "\n"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_one_cell_holds_the_parameters(path):
    cells = nbformat.read(path, as_version=4).cells
    tagged = [cell for cell in cells if cell.metadata.get("tags") == ["parameters"]]
    assert len(tagged) == 1
    assert 'workspace = "work"' in tagged[0].source


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_docs_tell_of_it(path):
    docs = FOLDER.parent / "docs" / "notebooks.md"
    assert path.name in docs.read_text(encoding="utf-8")
