"""The jobs' command lines."""

from __future__ import annotations

from typing import Any


def arguments(job: str, **options: Any) -> list[str]:
    """The arguments of ``darkroom <job>``.

    ``bytes_column`` is ``--bytes-column``. True stands for an option without a value, a list
    for one that is given several times; what is None, False or empty is left out.
    """
    given = [job]
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        for each in value if isinstance(value, list) else [value]:
            if each is True:
                given.append(flag)
            elif each is not None and each is not False and each != "":
                given.append(f"{flag}={each}")
    return given
