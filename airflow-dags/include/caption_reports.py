"""The jobs that tell of a table of captions, for every DAG that has one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from include.arguments import arguments


def caption_reports(
    params: Mapping[str, Any], results: str, title: str
) -> dict[str, list[str]]:
    """Command lines of ``nouns`` and ``report``.

    Args:
        params: of the run: ``captions``, ``threshold`` and, where the DAG has it, ``group_by``.
        results: folder that both write below.
        title: of the report.
    """
    return {
        "nouns": arguments(
            "nouns",
            input=params["captions"],
            column=["raw_caption", "caption"],
            group_by=params.get("group_by"),
            threshold=params["threshold"],
            output=f"{results}/nouns",
        ),
        "report": arguments(
            "report",
            input=params["captions"],
            threshold=params["threshold"],
            title=title,
            output=f"{results}/captions",
        ),
    }
