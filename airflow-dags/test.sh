#!/usr/bin/env bash
# Loads every DAG and runs each one against a Spark on this machine, in a virtual environment of its own.
#   DARKROOM_JAR   the job jar (default: what the build left in jobs/target)
# Arguments go to pytest; --record -k structure records the DAGs' structures anew.
set -euo pipefail

cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"

fail() {
  echo "airflow-dags/test.sh: $1" >&2
  exit 2
}

command -v java > /dev/null \
  || fail "there is no java; install it with: apt-get install openjdk-17-jdk-headless"
jar="${DARKROOM_JAR:-../jobs/target/darkroom.jar}"
[[ -f "$jar" ]] \
  || fail "there is no job jar at '$jar'; build it with ./mvnw -DskipTests package, or set DARKROOM_JAR to where it is"
DARKROOM_JAR="$(readlink -f "$jar")"
export DARKROOM_JAR

# What was installed is noted last: an installation that was cut short is done again.
wanted="$(cat requirements.txt requirements-test.txt)"
if [[ ! -x .venv/bin/python || "$(cat .venv/installed.txt 2> /dev/null)" != "$wanted" ]]; then
  python3 -m venv .venv \
    || fail "python3 can't make virtual environments; install that with: apt-get install python3-venv"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
  echo "$wanted" > .venv/installed.txt
fi

exec .venv/bin/python -m pytest -q tests "$@"
