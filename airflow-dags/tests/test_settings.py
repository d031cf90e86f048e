"""Settings come from the environment, the Airflow Variable, or the code, in this order."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from include.settings import Settings


def test_without_anything_the_checkout_is_used():
    settings = Settings.of({}, {})
    assert settings.jar.endswith("/jobs/target/darkroom.jar")
    assert settings.spark_conf == {}


def test_the_environment_goes_before_the_variable():
    stored = {"lake": "s3a://stored/", "retries": 5, "durable": True}
    settings = Settings.of(stored, {"DARKROOM_LAKE": "s3a://given/"})
    assert settings.place("captions") == "s3a://given/captions"
    assert (settings.retries, settings.durable) == (5, True)


def test_the_variable_is_that_of_airflow(home, monkeypatch):
    monkeypatch.delenv("DARKROOM_LAKE")
    monkeypatch.setenv("AIRFLOW_VAR_DARKROOM", '{"lake": "s3a://stored"}')
    assert Settings.load().lake == "s3a://stored"


def test_the_environment_is_read_as_json_where_it_is_no_text():
    settings = Settings.of(
        {},
        {
            "DARKROOM_RETRIES": "0",
            "DARKROOM_DURABLE": "true",
            "DARKROOM_RETRY_MINUTES": "0.5",
            "DARKROOM_GPUS_PER_TASK": "0.25",
            "DARKROOM_SPARK_CONF": '{"spark.executor.cores": "4"}',
        },
    )
    assert (settings.retries, settings.durable) == (0, True)
    assert (settings.retry_minutes, settings.gpus_per_task) == (0.5, "0.25")
    assert settings.spark_conf == {"spark.executor.cores": "4"}


@pytest.mark.parametrize(
    ("stored", "environment", "message"),
    [
        ({"lakes": "x"}, {}, "has lakes, which no setting is called; settings are jar"),
        (["x"], {}, "must be a JSON object of settings"),
        ({"retries": "2"}, {}, "'retries' of .* must be a whole number, not \"2\""),
        ({"retries": True}, {}, "must be a whole number, not true"),
        ({}, {"DARKROOM_DURABLE": "yes"}, "DARKROOM_DURABLE must be true or false"),
        ({}, {"DARKROOM_SPARK_CONF": '{"a": 1}'}, "must be a JSON object of texts"),
    ],
)
def test_what_is_wrong_is_told(stored, environment, message):
    with pytest.raises(ValueError, match=message):
        Settings.of(stored, environment)


def test_docs_tell_of_every_setting():
    docs = Path(__file__).parents[2] / "docs" / "airflow.md"
    text = docs.read_text(encoding="utf-8")
    assert [
        each.name for each in fields(Settings) if f"| `{each.name}` |" not in text
    ] == []
