"""Runs commands of bin/."""

import subprocess


def output(command, environment):
    """What a command prints; it must end well."""
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout
