"""An Airflow of the tests' own: this process reads DAGs in it, and commands run them."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

BUNDLE = Path(__file__).resolve().parents[1]
HOME = Path(tempfile.mkdtemp(prefix="darkroom-airflow-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

# Airflow reads these when it is imported. The places are fixed, for the recorded structures.
for name in [name for name in os.environ if name.startswith(("DARKROOM_", "AIRFLOW_"))]:
    if name != "DARKROOM_JAR":
        del os.environ[name]
JAR = os.environ.pop("DARKROOM_JAR", str(BUNDLE.parent / "jobs/target/darkroom.jar"))
os.environ |= {
    "AIRFLOW_HOME": str(HOME),
    "AIRFLOW__CORE__DAGS_FOLDER": str(BUNDLE),
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "DARKROOM_JAR": "/darkroom/darkroom.jar",
    "DARKROOM_LAKE": "/lake",
}
sys.path.insert(0, str(BUNDLE))

from installation import Installation, airflow  # noqa: E402


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record",
        action="store_true",
        help="record the DAGs' structures anew in tests/golden, instead of comparing",
    )


@pytest.fixture(scope="session")
def home() -> Path:
    """The folder of an Airflow with an empty database and the pool that the DAGs want."""
    airflow("db", "migrate", environment=dict(os.environ))
    airflow(
        *["pools", "set", "darkroom_gpus", "1", "jobs that run models"],
        environment=dict(os.environ),
    )
    return HOME


@pytest.fixture(scope="session")
def bag(home: Path):
    """The DAGs as Airflow reads them."""
    from airflow.dag_processing.dagbag import BundleDagBag

    return BundleDagBag(BUNDLE, bundle_path=BUNDLE, bundle_name="dags-folder")


@pytest.fixture
def installation(home: Path, tmp_path: Path) -> Callable[..., Installation]:
    """Makes an Airflow with a database and a lake of its own, and Spark on this machine."""

    def install(**settings: str) -> Installation:
        own = tmp_path / "airflow"
        own.mkdir()
        shutil.copy(home / "airflow.db", own)
        lake = tmp_path / "lake"
        lake.mkdir()
        spark = {
            "spark.ui.enabled": "false",
            "spark.log.level": "WARN",
            "spark.driver.host": "localhost",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "1",
            "spark.databricks.delta.snapshotPartitions": "1",
        }
        return Installation(
            lake,
            dict(os.environ)
            | {
                "AIRFLOW_HOME": str(own),
                "AIRFLOW_CONN_SPARK_DEFAULT": json.dumps(
                    {"conn_type": "spark", "host": "local[1]"}
                ),
                "DARKROOM_JAR": JAR,
                "DARKROOM_LAKE": str(lake),
                "DARKROOM_SPARK_CONF": json.dumps(spark),
                "DARKROOM_RETRIES": "0",
            }
            | settings,
        )

    return install
