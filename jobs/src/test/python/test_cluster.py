"""Every job through spark-submit on a cluster of processes, with all of its data, and its model,
on an object store."""

import json
import os

import pytest
from commands import output
from object_store import KEYS

WORKERS = 2
SCENES = 8
PROMPTS = "a red circle\na blue square\n"
TINY_LLAVA = "recaption/src/main/resources/dev/darkroom/recaption/llava/tiny"
LAKE = "s3a://lake"
# As Spark's local mode has it: by default, Delta reads its log in 50 tasks.
SMALL_TABLES = (
    "spark.sql.shuffle.partitions 8\nspark.databricks.delta.snapshotPartitions 2\n"
)


class Cluster:
    """A master and workers, each with a GPU that is pretended."""

    def __init__(self, root, store, folder):
        self.command = root / "bin/cluster"
        conf = folder / "cluster.conf"
        conf.write_text(
            store.properties(root / "jobs/src/main/conf/standalone.conf") + SMALL_TABLES
        )
        self.environment = {
            **os.environ,
            **KEYS,
            # Each job starts three JVMs, which end before the better compiler pays.
            "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1",
            "DARKROOM_CLUSTER": str(folder / "cluster"),
            "DARKROOM_CLUSTER_PORT": "0",
            "DARKROOM_CLUSTER_WORKERS": str(WORKERS),
            "DARKROOM_CLUSTER_CONF": str(conf),
        }

    def run(self, *arguments):
        """What a command of bin/cluster prints."""
        return output([self.command, *arguments], self.environment)

    def submit(self, *arguments):
        """A job's closing summary."""
        return json.loads(self.run("submit", *arguments, "--json"))


@pytest.fixture(scope="module")
def cluster(root, store, tmp_path_factory):
    made = Cluster(root, store, tmp_path_factory.mktemp("cluster"))
    made.run("start")
    yield made
    made.run("stop")


def test_every_job_runs_on_the_cluster(root, cluster, store):
    submit = cluster.submit
    submit("scenes", f"--count={SCENES}", f"--output={LAKE}/scenes")

    model = root / TINY_LLAVA
    for file in model.rglob("*"):
        if file.is_file():
            store.put(f"models/llava/{file.relative_to(model)}", file.read_bytes())
    captions = submit(
        "recaption",
        f"--input={LAKE}/scenes",
        f"--model={LAKE}/models/llava",
        f"--output={LAKE}/captions",
        "--gpus-per-task=1",
    )
    # Each worker's GPU captioned some of them.
    assert set(captions["devices"]) == {f"cpu:{gpu}" for gpu in range(WORKERS)}
    assert sum(captions["devices"].values()) == SCENES

    nouns = submit(
        "nouns",
        f"--input={LAKE}/captions",
        "--column=caption",
        f"--output={LAKE}/nouns",
    )
    assert nouns
    submit(
        "select",
        f"--input={LAKE}/captions",
        "--target=a red circle",
        "--keep=2",
        f"--output={LAKE}/selected",
    )

    archive = submit(
        "compress",
        f"--input={LAKE}/scenes",
        "--path-column=id",
        "--bytes-column=image",
        f"--output={LAKE}/archive",
    )
    assert archive["listed"] == SCENES
    submit("verify", f"--input={LAKE}/archive")
    submit("restore", f"--input={LAKE}/archive", f"--output={LAKE}/restored")
    assert len(store.keys("restored/") - {"restored/"}) == SCENES

    store.put("prompts.txt", PROMPTS.encode())
    submit(
        "generate",
        f"--prompts={LAKE}/prompts.txt",
        "--seeds=0..1",
        "--steps=2",
        f"--output={LAKE}/images",
        "--gpus-per-task=1",
    )
    submit("score", f"--input={LAKE}/images", f"--output={LAKE}/scores")
    submit(
        "report",
        f"--input={LAKE}/captions",
        f"--input={LAKE}/images",
        f"--output={LAKE}/report",
    )
    assert b"s3a://lake/captions" in store.get("report/index.html")
    assert json.loads(store.get("report/report.json"))
