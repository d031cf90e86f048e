"""Spark properties that must not stand on a command line, where every user of a machine sees them."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

_SECRET = re.compile(
    r"(?:^|[._-])(?:\w*(?:key|password|passwd|secret)|token|credentials?)(?:[._-]|$)",
    re.IGNORECASE,
)


def is_secret(name: str) -> bool:
    """Whether a property's name tells of a secret, as Spark's redaction and ours see it."""
    return bool(_SECRET.search(name))


@contextmanager
def properties_file(
    properties: Mapping[str, str], environment: Mapping[str, str]
) -> Iterator[str | None]:
    """A file of properties that only this user can read, as long as it is needed.

    spark-submit that is given a file does not read spark-defaults.conf, so what that says
    comes first.

    Args:
        properties: to be in the file.
        environment: tells where Spark's configuration is.

    Yields:
        the file's path; none where there are no properties.
    """
    if not properties:
        yield None
        return
    folder = tempfile.mkdtemp(prefix="darkroom-properties-")
    try:
        path = os.path.join(folder, "spark.conf")
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(_defaults(environment))
            for name, value in properties.items():
                file.write(f"{name}={_escaped(str(value))}\n")
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _escaped(value: str) -> str:
    """A value as java.util.Properties reads it."""
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _defaults(environment: Mapping[str, str]) -> str:
    folder = environment.get("SPARK_CONF_DIR")
    if not folder and environment.get("SPARK_HOME"):
        folder = os.path.join(environment["SPARK_HOME"], "conf")
    defaults = Path(folder or os.devnull, "spark-defaults.conf")
    return defaults.read_text(encoding="utf-8") + "\n" if defaults.is_file() else ""
