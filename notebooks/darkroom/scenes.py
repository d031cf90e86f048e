"""Pictures to try things on."""

from pyspark.sql import SparkSession

from darkroom.jobs import run_job
from darkroom.places import exists, place


def drawn_scenes(
    spark: SparkSession, workspace: str, count: int = 12, seed: int = 1
) -> str:
    """Names the workspace's table of drawn scenes, and draws it where there is none."""
    table = place(workspace, "scenes")
    if not exists(spark, table):
        run_job(spark, "scenes", output=table, count=count, seed=seed)
    return table
