"""Darkroom's jobs and models, run in the notebook's own session."""

import json
from typing import Any

from pyspark.sql import DataFrame, SparkSession


class JobError(RuntimeError):
    """A job that refused what was asked, or that found differences."""

    def __init__(self, job: str, status: int, message: str) -> None:
        super().__init__(f"{job} ended with {status}: {message.strip()}")
        self.status = status


def run_job(spark: SparkSession, job: str, **options: Any) -> dict[str, Any]:
    """Runs what ``darkroom <job>`` runs and returns its closing summary.

    ``input`` is ``--input``, and ``bytes_column`` is ``--bytes-column``. True stands
    for an option without a value, a list for an option that is given several times.

    Raises:
        JobError: where the job's exit status is not 0.
    """
    arguments = [job, *_arguments(options), "--json"]
    jvm = spark._jvm
    array = spark.sparkContext._gateway.new_array(jvm.java.lang.String, len(arguments))
    for index, argument in enumerate(arguments):
        array[index] = argument
    out = jvm.java.io.ByteArrayOutputStream()
    err = jvm.java.io.ByteArrayOutputStream()
    console = jvm.dev.darkroom.jobs.report.Console(
        jvm.java.io.PrintStream(out, True, "UTF-8"),
        jvm.java.io.PrintStream(err, True, "UTF-8"),
        False,
    )
    status = jvm.dev.darkroom.jobs.Darkroom.run(console, array)
    if status != 0:
        raise JobError(job, status, err.toString("UTF-8") + out.toString("UTF-8"))
    return json.loads(out.toString("UTF-8"))


def caption(
    images: DataFrame,
    image_column: str,
    output_column: str = "answer",
    model: str | None = None,
) -> DataFrame:
    """Adds a struct column with captions; nothing is captioned before it is read.

    Args:
        images: any rows with image files in a binary column.
        image_column: that column.
        output_column: the new column, with ``text``, ``status``, ``device``, ...
        model: folder of a LLaVA model in ONNX; none is the tiny one that comes along.
    """
    udfs = images.sparkSession._jvm.dev.darkroom.udfs
    sources = udfs.caption.ModelSource
    source = sources.of(model or sources.INSTALLED)
    recaption = (
        udfs.Recaption.by(source)
        .withImageColumn(image_column)
        .withOutputColumn(output_column)
    )
    return DataFrame(recaption.apply(images._jdf), images.sparkSession)


def _arguments(options: dict[str, Any]) -> list[str]:
    arguments: list[str] = []
    for name, value in options.items():
        flag = "--" + name.replace("_", "-")
        for each in value if isinstance(value, list | tuple) else [value]:
            if each is True:
                arguments.append(flag)
            elif each is not False and each is not None:
                arguments.append(f"{flag}={each}")
    return arguments
