"""What other users of a machine see of a running job."""

import os
import pathlib
import signal
import stat
import subprocess
import time

import pytest

# Blanks, quotes, backslashes and what shells and Java's argument files take for their own.
PASSWORD = "p w\"q\" 'r' \\back $HOME #hash `x` %y"


@pytest.fixture
def job(root, tmp_path):
    """A job that runs, and has a password among its properties."""
    conf = tmp_path / "spark.conf"
    conf.write_text(
        f"# comment\nspark.hadoop.my.password   {PASSWORD}  \nspark.ui.enabled=false\n",
        encoding="utf-8",
    )
    images = tmp_path / "images"
    images.mkdir()
    (images / "a.png").write_bytes(b"no image, which is a row as well")
    temp = tmp_path / "temp"
    temp.mkdir()
    subprocess.run([root / "bin/darkroom", "--version"], check=True)
    with subprocess.Popen(
        [
            *[root / "bin/darkroom", "compress", "--input", images],
            *["--output", tmp_path / "archive"],
        ],
        env=os.environ | {"DARKROOM_CONF": str(conf), "TMPDIR": str(temp)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        yield process, temp
        process.kill()


def command_line(pid):
    """The words that ps shows of a process, zombies having none."""
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode()
    except ProcessLookupError:
        return ""


def children(pid):
    """A process and all that it started."""
    found = [pid]
    for parent in found:
        listed = pathlib.Path(f"/proc/{parent}/task/{parent}/children")
        try:
            found += [int(child) for child in listed.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


@pytest.mark.skipif(not pathlib.Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_properties_are_in_no_command_line(job):
    process, temp = job
    seen = set()
    while "dev.darkroom.jobs.Darkroom" not in command_line(process.pid):
        assert process.poll() is None
        seen |= {command_line(pid) for pid in children(process.pid)}
        time.sleep(0.005)
    for _ in range(100):
        seen |= {command_line(pid) for pid in children(process.pid)}
        time.sleep(0.005)

    assert not any("back" in line for line in seen), seen
    modes = [
        stat.S_IMODE(path.stat().st_mode)
        for path in pathlib.Path(f"/proc/{process.pid}/fd").iterdir()
        if "darkroom-properties" in os.readlink(path)
    ]
    assert modes == [0o600]
    assert not list(temp.glob("darkroom-properties*"))

    properties = subprocess.run(
        ["jcmd", str(process.pid), "VM.system_properties"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f"spark.hadoop.my.password={escaped(PASSWORD)}\n" in properties

    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not list(temp.glob("darkroom-properties*"))


def escaped(value):
    """A value as java.util.Properties writes it."""
    for special in "\\", "#", "!", "=", ":":
        value = value.replace(special, "\\" + special)
    return value
