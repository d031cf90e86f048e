"""Where jobs run and where data lies: everything that differs from one installation to another."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from airflow.sdk import Variable

VARIABLE = "darkroom"
_BUNDLE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Settings:
    """One installation.

    A field is set by the environment (``DARKROOM_LAKE`` for ``lake``), else by the Airflow
    Variable ``darkroom``, a JSON object of fields; else it is what stands here.
    """

    jar: str = str(_BUNDLE.parent / "jobs" / "target" / "darkroom.jar")
    """The job jar: a path on the worker, or a URI that Spark reads."""

    lake: str = str(_BUNDLE.parent / "out" / "lake")
    """Folder that tables and reports are below, on any file system Spark knows."""

    spark_conn_id: str = "spark_default"
    """The Airflow connection that names the Spark master."""

    spark_conf: Mapping[str, str] = field(default_factory=dict)
    """Spark properties of every job."""

    gpu_spark_conf: Mapping[str, str] = field(default_factory=dict)
    """Spark properties of jobs that run models, beside those of every job."""

    driver_memory: str = "2g"
    """Heap of each job's driver."""

    gpu_pool: str = "darkroom_gpus"
    """The Airflow pool for jobs that run models; it must be there."""

    gpus_per_task: str = "0"
    """GPUs for each Spark task of a model: a whole number, or a fraction to share one."""

    caption_model: str = ""
    """A LLaVA model's folder, or its name where a server answers; empty is the tiny one."""

    caption_endpoint: str = ""
    """URL of an OpenAI-compatible server that captions."""

    caption_key_over_http: bool = False
    """Whether the server's key may go to another machine that has no https."""

    caption_server_command: str = ""
    """Command that starts such a server in each executor."""

    image_model: str = ""
    """A diffusion model's folder; empty is the tiny one."""

    durable: bool = False
    """Whether a retry takes up a driver that still runs in a cluster: the operator's option."""

    yarn_track_via_rm_api: bool = False
    """Whether YARN's web API is asked how a job is doing: the operator's option."""

    retries: int = 2
    """How often a job is tried again."""

    retry_minutes: float = 5
    """How long to wait before that, doubled each time."""

    @classmethod
    def load(cls) -> Settings:
        """Reads the settings of this installation.

        Raises:
            ValueError: where one is not known or can't be what it says.
        """
        stored = Variable.get(VARIABLE, default={}, deserialize_json=True)
        return cls.of(stored, os.environ)

    @classmethod
    def of(cls, stored: Any, environment: Mapping[str, str]) -> Settings:
        """Settings from the Variable's value and the environment, which goes first."""
        if not isinstance(stored, dict):
            raise ValueError(
                f"the Airflow Variable '{VARIABLE}' must be a JSON object of settings, "
                f"not {json.dumps(stored)}; see docs/airflow.md"
            )
        known = {each.name: each.type for each in fields(cls)}
        unknown = sorted(stored.keys() - known.keys())
        if unknown:
            raise ValueError(
                f"the Airflow Variable '{VARIABLE}' has {', '.join(unknown)}, which no "
                f"setting is called; settings are {', '.join(known)}"
            )
        values = {
            name: _checked(
                f"'{name}' of the Airflow Variable '{VARIABLE}'", value, known[name]
            )
            for name, value in stored.items()
        }
        for name, kind in known.items():
            variable = f"DARKROOM_{name.upper()}"
            if variable in environment:
                text = environment[variable]
                values[name] = _checked(variable, _parsed(text, kind), kind)
        return cls(**values)

    def place(self, *names: str) -> str:
        """Names what is below the lake."""
        return "/".join([self.lake.rstrip("/"), *names])


_KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "str": (str, "a text"),
    "bool": (bool, "true or false"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
    "Mapping[str, str]": (dict, "a JSON object of texts"),
}


def _parsed(text: str, kind: str) -> Any:
    if kind == "str":
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _checked(name: str, value: Any, kind: str) -> Any:
    types, meaning = _KINDS[kind]
    right = isinstance(value, types) and (kind == "bool" or not isinstance(value, bool))
    if right and isinstance(value, dict):
        right = all(isinstance(each, str) for each in value.values())
    if not right:
        raise ValueError(f"{name} must be {meaning}, not {json.dumps(value)}")
    return value
