"""Secrets among Spark's properties."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from include.operators import DarkroomSubmitOperator
from include.private_properties import is_secret, properties_file

SECRET = 'p w"\\q$'


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("spark.hadoop.fs.s3a.access.key", True),
        ("spark.hadoop.fs.s3a.secret.key", True),
        ("spark.hadoop.fs.s3a.session.token", True),
        ("spark.executorEnv.OPENAI_API_KEY", True),
        ("spark.executorEnv.HF_TOKEN", True),
        ("spark.ssl.keyStorePassword", True),
        ("spark.executor.memory", False),
        ("spark.sql.shuffle.partitions", False),
        ("spark.hadoop.fs.s3a.endpoint", False),
    ],
)
def test_names_tell_secrets(name, secret):
    assert is_secret(name) is secret


def test_the_file_is_this_users_alone_and_goes(tmp_path):
    (tmp_path / "spark-defaults.conf").write_text("spark.a 1", encoding="utf-8")
    with properties_file(
        {"spark.b.key": "x\\y\nz"}, {"SPARK_CONF_DIR": tmp_path}
    ) as path:
        file = Path(path)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
        assert file.read_text(encoding="utf-8") == "spark.a 1\nspark.b.key=x\\\\y\\nz\n"
    assert not file.parent.exists()
    with properties_file({}, {}) as path:
        assert path is None


def test_no_secret_is_on_the_command_line(tmp_path, monkeypatch):
    """A script in spark-submit's place notes what it is given."""
    script = tmp_path / "spark-submit"
    script.write_text(
        "#!/usr/bin/env python3\n"
        "import pathlib, sys\n"
        f"here = pathlib.Path({str(tmp_path)!r})\n"
        "command = pathlib.Path('/proc/self/cmdline').read_bytes()\n"
        "(here / 'command').write_bytes(command)\n"
        "given = sys.argv[sys.argv.index('--properties-file') + 1]\n"
        "(here / 'properties').write_bytes(pathlib.Path(given).read_bytes())\n",
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("AIRFLOW_CONN_SPARK_DEFAULT", "spark://local")
    conf = {"spark.hadoop.fs.s3a.secret.key": SECRET, "spark.executor.cores": "2"}
    operator = DarkroomSubmitOperator(
        task_id="t", application="job.jar", conf=conf, conn_id="spark_default"
    )

    operator.execute({})

    command = (tmp_path / "command").read_text(encoding="utf-8")
    assert "spark.executor.cores=2" in command
    assert SECRET not in command
    properties = (tmp_path / "properties").read_text(encoding="utf-8")
    assert 'secret.key=p w"\\\\q$' in properties
    given = command.split("\0")
    assert not Path(given[given.index("--properties-file") + 1]).exists()
    assert operator.conf == conf
