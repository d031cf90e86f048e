"""Tasks that run a job on Spark, as an installation's settings say."""

from __future__ import annotations

from typing import Any

from airflow.sdk import XComArg

from include.operators import DarkroomSubmitOperator
from include.settings import Settings


def darkroom_job(
    settings: Settings,
    task_id: str,
    arguments: XComArg,
    gpu: bool = False,
    **options: Any,
) -> DarkroomSubmitOperator:
    """A task that runs ``darkroom``.

    Args:
        settings: of the installation.
        task_id: the task's name.
        arguments: the command line, subcommand first.
        gpu: whether a model runs, so that the task waits for its place in the GPU pool.
        options: of the operator.
    """
    conf = dict(settings.spark_conf)
    if gpu:
        conf |= settings.gpu_spark_conf
        options["pool"] = settings.gpu_pool
    return DarkroomSubmitOperator(
        task_id=task_id,
        application=settings.jar,
        java_class="dev.darkroom.jobs.Darkroom",
        application_args=arguments,
        conf=conf,
        conn_id=settings.spark_conn_id,
        name="darkroom {{ dag.dag_id }} {{ task.task_id }}",
        driver_memory=settings.driver_memory,
        durable=settings.durable,
        yarn_track_via_rm_api=settings.yarn_track_via_rm_api,
        **options,
    )
