"""Takes the plans out of the logs of jobs that ran with RAPIDS' explainOnly mode.

    python plans.py LOGS PLANS

LOGS has a log for each job, <job>.txt. For each, PLANS/<job>.txt gets the operators of each
plan, the ones that would stay on the CPU with the reasons. A table of all jobs is printed.
"""

import pathlib
import re
import sys

HEAD = re.compile(r"WARN GpuOverrides:\s*$")
LINE = re.compile(r"^( *)([!*@#])\s*(\w*) ?<([\w$]+)>(.*)$")
REASON = re.compile(r"cannot run on GPU because (.*)$")
# Plans over Delta's own log name what is in it.
DELTA = re.compile(r"delta\.actions|inCommitTimestamp|numRecords|deletionVector")
# What differs from run to run.
UNSTABLE = re.compile(r"#\d+L?|\$\$Lambda\S*|@[0-9a-f]{4,}|/tmp/[\w./-]+")
# Told of an operator beside its expressions, which tell more.
OPERANDS = "not all expressions can be replaced"
LONGEST = 240


def plans(lines):
    """Each plan that was told, as its lines."""
    plan = None
    for line in lines:
        if HEAD.search(line):
            plan = []
        elif plan is not None and LINE.match(line):
            plan.append(line)
        elif plan is not None and not line.strip() and plan:
            yield plan
            plan = None


def operators(plan):
    """The operators of a plan: depth, name, and why it stays on the CPU or None. Of many
    expressions of a class that are not supported, the first is told."""
    found = []
    for line in plan:
        indent, sign, sort, name, rest = LINE.match(line).groups()
        if name.endswith("Exec"):
            reason = REASON.search(rest)
            why = reason.group(1).split("; ") if sign == "!" and reason else []
            found.append((len(indent) // 2, name.removesuffix("Exec"), sign, why))
        elif sign == "!" and found and found[-1][2] == "!":
            reason = REASON.search(rest)
            said = f"{name}: "
            if reason and not any(each.startswith(said) for each in found[-1][3]):
                found[-1][3].append(said + reason.group(1))
    for depth, name, sign, why in found:
        whys = dict.fromkeys(stable(each) for each in why if OPERANDS not in each)
        yield depth, name, list(whys) if sign == "!" else None


def stable(text):
    return UNSTABLE.sub("", text).strip().rstrip(";")


def told(plan):
    """A plan's operators as text."""
    lines = []
    for depth, name, why in operators(plan):
        lines.append(f"{'  ' * depth}{'GPU' if why is None else 'CPU'} {name}")
        for reason in why or []:
            lines.append(f"{'  ' * depth}    {reason}"[:LONGEST])
    return "\n".join(lines)


def main():
    logs, target = map(pathlib.Path, sys.argv[1:])
    target.mkdir(exist_ok=True)
    print("| Job | plans | operators on the GPU | on the CPU |")
    print("|---|---|---|---|")
    for log in sorted(logs.glob("*.txt")):
        with open(log, encoding="utf-8") as lines:
            every = list(plans(lines))
        own = [plan for plan in every if not DELTA.search("\n".join(plan))]
        distinct = dict.fromkeys(map(told, own))
        text = "\n\n".join(distinct) + "\n"
        (target / log.name).write_text(text, encoding="utf-8")
        names = {
            where: re.findall(rf"^ *{where} (\w+)$", text, re.M)
            for where in ("GPU", "CPU")
        }
        stays = ", ".join(
            f"{name} {names['CPU'].count(name)}" for name in sorted(set(names["CPU"]))
        )
        print(
            f"| `{log.stem}` | {len(distinct)} | {len(names['GPU'])} "
            f"| {stays or 'none'} |"
        )


if __name__ == "__main__":
    main()
