"""The DAGs load, and are what is recorded of them.

``bin/pytest airflow-dags --record -k structure`` records them anew; look at the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

DAGS = [
    "generate_prompts",
    "noun_density_weekly",
    "recaption_new_images",
    "recompress_lake",
]
GOLDEN = Path(__file__).parent / "golden"


def test_every_dag_is_imported(bag):
    assert bag.import_errors == {}
    assert sorted(bag.dags) == DAGS


def test_nothing_but_dags_is_read(bag):
    assert {Path(file).parent.name for file in bag.file_last_changed} == {"dags"}


@pytest.mark.parametrize("dag_id", DAGS)
def test_structure(bag, dag_id, request):
    from structure import describe

    golden = GOLDEN / f"{dag_id}.txt"
    found = describe(bag.dags[dag_id])
    if request.config.getoption("--record"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("dag_id", DAGS)
def test_docs_tell_of_dags_and_their_parameters(bag, dag_id):
    docs = Path(__file__).parents[2] / "docs" / "airflow.md"
    _, _, after = docs.read_text(encoding="utf-8").partition(f"## `{dag_id}`")
    section = after.partition("\n## ")[0]
    told = [name for name in bag.dags[dag_id].params if f"\n| `{name}` |" in section]
    assert told == list(bag.dags[dag_id].params)


def test_every_parameter_says_what_it_is(bag):
    for dag in bag.dags.values():
        assert dag.doc_md.lstrip().startswith("###")
        for name in dag.params:
            assert dag.params.get_param(name).description, f"{dag.dag_id}: {name}"
