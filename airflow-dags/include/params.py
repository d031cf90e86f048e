"""Parameters that several DAGs have, with the JSON schema that the form and runs check."""

from __future__ import annotations

from airflow.sdk import Param

_COLUMN = "^[A-Za-z_][A-Za-z0-9_]*$"


def place(default: str, description: str) -> Param:
    """A path or URI."""
    return Param(default, description, type="string", minLength=1)


def text(default: str | None, description: str) -> Param:
    """A text, or none."""
    return Param(default, description, type=["null", "string"], minLength=1)


def column(default: str | None, description: str) -> Param:
    """The name of a table's column, or none."""
    return Param(default, description, type=["null", "string"], pattern=_COLUMN)


def count(default: int | None, description: str, least: int = 1) -> Param:
    """A whole number; without a default it may be none."""
    kinds = ["integer"] if default is not None else ["null", "integer"]
    return Param(default, description, type=kinds, minimum=least)


def switch(default: bool, description: str) -> Param:
    """On or off."""
    return Param(default, description, type="boolean")


def choice(default: str, description: str, *names: str) -> Param:
    """One of some names."""
    return Param(default, description, type="string", enum=list(names))
