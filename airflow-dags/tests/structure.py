"""A DAG's structure as text: what is recorded in ``golden``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from airflow.sdk import DAG, Asset, XComArg


def describe(dag: DAG) -> str:
    """Everything about a DAG that a change should be seen to change."""
    return "\n".join(_lines(dag)) + "\n"


def _lines(dag: DAG) -> Iterator[str]:
    yield f"dag {dag.dag_id}"
    yield f"  schedule         {_schedule(dag.timetable)}"
    yield f"  catch-up         {dag.catchup}"
    yield f"  runs at once     {dag.max_active_runs}"
    yield f"  run timeout      {dag.dagrun_timeout}"
    for name in sorted(dag.params):
        given = dag.params.get_param(name)
        yield f"param {name} = {json.dumps(given.value)}"
        yield f"  schema           {json.dumps(given.schema, sort_keys=True)}"
    for task in dag.topological_sort():
        yield f"task {task.task_id}"
        yield f"  operator         {type(task).__name__}"
        yield f"  after            {', '.join(sorted(task.upstream_task_ids)) or '-'}"
        yield f"  rule             {task.trigger_rule.value}"
        yield f"  pool             {task.pool}"
        yield f"  retries          {task.retries}, {task.retry_delay} apart, then {task.retry_exponential_backoff} times that"
        yield f"  timeout          {task.execution_timeout}"
        if outlets := [each.name for each in task.outlets if isinstance(each, Asset)]:
            yield f"  emits            {', '.join(outlets)}"
        if hasattr(task, "application"):
            yield from _submission(task)


def _submission(task: Any) -> Iterator[str]:
    yield f"  application      {task.application}"
    yield f"  class            {task._java_class or '-'}"
    yield f"  jars             {task.jars or '-'}"
    yield f"  arguments        {_reference(task.application_args)}"
    yield f"  connection       {task._conn_id}"
    for name, value in sorted(task.conf.items()):
        yield f"  conf             {name}={value}"


def _reference(argument: XComArg) -> str:
    (operator, key), *_ = (
        (task.task_id, argument.key) for task, _ in argument.iter_references()
    )
    return f"{operator}[{key}]"


def _schedule(timetable: Any) -> str:
    parts = [type(timetable).__name__]
    if condition := getattr(timetable, "asset_condition", None):
        parts.append("on " + ", ".join(each.name for each in condition.objects))
    if inner := getattr(timetable, "timetable", None):
        parts.append("or " + _schedule(inner))
    if expression := getattr(timetable, "expression", None):
        parts.append(f"'{expression}' {timetable.timezone}")
    return " ".join(parts)
