#!/usr/bin/env bash
# Spark 4.1.1 with its parquet-java 1.16: `parquet.block.size` does not bound a row group of large values. How large a
# group is by now is asked when its first 100 rows are in, and then as often as settings say that are named after pages.
#
# The tables: values of 256 KiB, a limit of 1 MiB, one task. One expects groups of four rows or so. Seen:
# - 150 such rows: a group of 100 rows, 25 times the limit, and one of 50.
# - 2,000 rows of one byte, then 150 of 256 KiB: one group, 37 times the limit. Small rows make the writer look away
#   for longer, up to 10,000 rows.
# - The same with parquet.page.size.row.check.min and .max at 1: groups of two rows, none over the limit.
# A reader that holds one group in memory, and a writer, which holds one too, need that many times what was asked for.
#
# Needs bash, python3 with venv, a JDK 17. Fails where anything else is seen.
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip -q install pyspark==4.1.1 pyarrow==22.0.0
cat > try.py <<'PY'
import glob

import pyarrow.parquet
from pyspark.sql import SparkSession

LIMIT = 1 << 20
PAYLOAD = 256 << 10
CHECKS = "parquet.page.size.row.check."

spark = (
    SparkSession.builder.master("local[1]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.memory", "2g")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")


def groups(name, rows, **checks):
    """Rows of each row group, and the largest in limits."""
    writer = spark.range(0, rows, 1, 1).selectExpr("id", expression).write
    writer = writer.option("parquet.block.size", LIMIT).option("compression", "none")
    writer = writer.option("parquet.enable.dictionary", "false")
    for check, value in checks.items():
        writer = writer.option(CHECKS + check, value)
    writer.parquet(name)
    file = pyarrow.parquet.ParquetFile(glob.glob(f"{name}/*.parquet")[0])
    found = [file.metadata.row_group(i) for i in range(file.num_row_groups)]
    largest = max(group.total_byte_size for group in found)
    return [group.num_rows for group in found], largest / LIMIT


large = f"repeat(char(65 + id % 26), {PAYLOAD}) as payload"
late = f"if(id < 2000, 'x', repeat(char(65 + id % 26), {PAYLOAD})) as payload"
for name, expression, rows, checks in (
    ("large", large, 150, {}),
    ("large-each", large, 150, {"min": "1", "max": "1"}),
    ("late", late, 2150, {}),
    ("late-each", late, 2150, {"min": "1", "max": "1"}),
):
    counts, largest = groups(name, rows, **checks)
    print(name, "groups", len(counts), "rows", counts[:3], f"largest {largest:.1f} limits", flush=True)
PY
venv/bin/python try.py 2> log | tee seen || { tail -20 log >&2; exit 1; }

cat > expected <<'TXT'
large groups 2 rows [100, 50] largest 25.0 limits
large-each groups 75 rows [2, 2, 2] largest 0.5 limits
late groups 1 rows [2150] largest 37.5 limits
late-each groups 74 rows [2004, 2, 2] largest 1.0 limits
TXT
diff expected seen && echo "seen as stated: the limit of a row group is looked at every 100 to 10,000 rows"
