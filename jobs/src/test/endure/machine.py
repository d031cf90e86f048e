"""Starts jobs as processes of this machine, and asks about their tables."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_LOGGING = "classpath:dev/darkroom/jobs/log4j2-local.properties"
_NO_CONF: Mapping[str, str] = {}
_SHORT_LIVED = ["-XX:TieredStopAtLevel=1"]
"""Jobs of a few seconds end before the optimizing compiler has paid for itself."""
_CODING = {"compress", "restore", "verify"}
"""Jobs that spend their time in Java's own loops, and so in need of that compiler."""


class Job:
    """A command that runs, in a group of processes of its own."""

    def __init__(self, command: list[str], log: Path, file_limit: int = 0, env=None):
        def limit() -> None:
            if file_limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, file_limit))

        self._log = log
        self._started = time.monotonic()
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                start_new_session=True,
                preexec_fn=limit,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def kill_after(self, seconds: float) -> bool:
        """Ends it by force at a moment; whether it still ran then."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return True
        return False

    def end(self) -> int:
        """Waits for its end; its status."""
        return self._process.wait(3600)

    def end_watched(self, limit: float = 6 * 3600) -> tuple[int, int]:
        """Waits for its end; its status, and the most bytes of memory that it had.

        The kernel keeps the most of a process only as long as that runs, so it is asked often.
        """
        peak = 0
        until = time.monotonic() + limit
        while True:
            peak = max(peak, _peak(self.pid))
            try:
                return self._process.wait(0.2), peak
            except subprocess.TimeoutExpired:
                if time.monotonic() > until:
                    self._process.kill()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._started

    @property
    def said(self) -> str:
        """The end of what it said."""
        return self._log.read_bytes()[-3000:].decode(errors="replace")

    @property
    def said_at_all(self) -> str:
        """All that it said."""
        return self._log.read_bytes().decode(errors="replace")


class Machine:
    """The build, and a folder for what is made."""

    def __init__(self, root: Path, work: Path):
        self.root = root
        self.work = work
        self._jobs = 0
        self.temp = work / "temp"
        self.temp.mkdir(parents=True, exist_ok=True)

    def java(
        self,
        main: str,
        *args: object,
        conf: Mapping[str, str] = _NO_CONF,
        flags: Sequence[str] = (),
    ) -> list[str]:
        """The command that starts a class of the build, its tests' programs included."""
        target = self.root / "jobs/target"
        classes = [
            *[target / "test-classes", self.root / "compression/target/test-classes"],
            *[
                target / "darkroom.jar",
                (target / "spark.classpath").read_text().strip(),
            ],
        ]
        properties = {
            "java.awt.headless": "true",
            "java.io.tmpdir": self.temp,
            "spark.local.dir": self.temp,
            "log4j2.configurationFile": _LOGGING,
            **conf,
        }
        home = os.environ.get("JAVA_HOME")
        return [
            *[
                f"{home}/bin/java" if home else "java",
                "-Xmx1g",
                *flags,
                f"@{target}/java.flags",
            ],
            *[f"-D{name}={value}" for name, value in properties.items()],
            *["-cp", ":".join(map(str, classes)), main],
            *map(str, args),
        ]

    def start(
        self, *args: object, conf: Mapping[str, str] = _NO_CONF, file_limit: int = 0
    ) -> Job:
        """Starts a subcommand of darkroom."""
        flags = [] if args[0] in _CODING else _SHORT_LIVED
        command = self.java("dev.darkroom.jobs.Darkroom", *args, conf=conf, flags=flags)
        return Job(command, self.log(), file_limit)

    def log(self) -> Path:
        """A file for what the next process says."""
        self._jobs += 1
        return self.work / f"job-{self._jobs:04}.log"


class Inspector:
    """A process that answers questions about tables."""

    def __init__(self, machine: Machine):
        with machine.log().open("wb") as errors:
            self._process = subprocess.Popen(
                machine.java("dev.darkroom.jobs.endure.Inspector"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )

    def ask(self, *words: object) -> dict:
        """The answer to a question."""
        self._process.stdin.write("\t".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the inspector ended at {words}; its log says why")
        return json.loads(answer)

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(60)


def _peak(pid: int) -> int:
    """The most bytes that a process has had in memory until now; 0 where nobody tells."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    sizes = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return sizes[0] << 10 if sizes else 0
