"""How a job's end becomes a task's."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowSkipException,
)

from include.private_properties import is_secret, properties_file

if TYPE_CHECKING:
    from airflow.sdk import Context

_STATUS = re.compile(r"Error code is: (\d+)")
_REFUSAL = re.compile(r"^darkroom: (.*)$", re.MULTILINE)
_NOTHING_TO_DO = re.compile(
    r"holds no file|is a table without rows|has no rows|have no row"
)
_REFUSED = 2


class DarkroomSubmitOperator(SparkSubmitOperator):
    """Submits a job, and tells a job that can't be done as asked from one that broke.

    A job ends with status 2 where its options or its input are wrong. Another try would end
    the same way, so the task fails at once, with what the job said; where the job said that
    there is nothing to do, the task is skipped. Any other failure is tried again.

    The status is known where the driver runs in spark-submit's own process: in client mode.

    Properties whose names tell of a secret reach spark-submit in a file that only this user
    can read; the others are on its command line.

    Args:
        nothing_to_do: a pattern of what else the job says where there is nothing to do.
        options: of ``SparkSubmitOperator``.
    """

    def __init__(self, *, nothing_to_do: str | None = None, **options: Any):
        super().__init__(**options)
        self.nothing_to_do = nothing_to_do

    def execute(self, context: Context) -> None:
        every = self.conf or {}
        secret = {name: value for name, value in every.items() if is_secret(name)}
        self.conf = {name: every[name] for name in every if name not in secret}
        try:
            with properties_file(secret, os.environ) as path:
                self.properties_file = path
                self._hook = None
                self._submit(context)
        finally:
            self.conf = every
            self.properties_file = None

    def _submit(self, context: Context) -> None:
        try:
            super().execute(context)
        except AirflowException as failure:
            status = _STATUS.search(str(failure))
            if status is None or int(status.group(1)) != _REFUSED:
                raise
            refusals = _REFUSAL.findall(str(failure))
            message = "; ".join(refusals) or "the job refused; its log says why"
            if len(refusals) == 1 and self._is_idle(refusals[0]):
                raise AirflowSkipException(message) from failure
            raise AirflowFailException(message) from failure

    def _is_idle(self, refusal: str) -> bool:
        more = self.nothing_to_do
        return bool(
            _NOTHING_TO_DO.search(refusal) or (more and re.search(more, refusal))
        )
