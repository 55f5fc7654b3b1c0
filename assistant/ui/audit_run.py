"""The self-audit in a process of its own: the evaluations stand above this floor, so the page starts the command and reads its progress.

One audit at a time for the whole page; whoever opens the tab sees the same one.
"""

from __future__ import annotations

import atexit
import json
import signal
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

PATIENCE = 60.0  # seconds that a stopped audit has to put its logs away
State = Literal["working", "stopping", "stopped", "done", "failed"]


@dataclass
class Step:
    """How far it is: the suite at work, its samples, and which of the suites it is (from 1)."""

    suite: str = ""
    done: int = 0
    total: int = 0
    part: int = 0
    parts: int = 0


@dataclass
class Audit:
    """One run of ``autopsie eval all``."""

    process: subprocess.Popen[str]
    step: Step = field(default_factory=Step)
    said: deque[str] = field(default_factory=lambda: deque(maxlen=20))
    asked_to_stop: bool = False

    @property
    def state(self) -> State:
        """Whether it works, is being stopped, or how it ended."""
        code = self.process.poll()
        if code is None:
            return "stopping" if self.asked_to_stop else "working"
        return "done" if code == 0 else "stopped" if self.asked_to_stop else "failed"

    def stop(self) -> None:
        """Asks it to stop as Ctrl+C would; after a minute of patience it is ended."""
        if self.process.poll() is not None or self.asked_to_stop:
            return
        self.asked_to_stop = True
        self.process.send_signal(signal.SIGINT)
        threading.Thread(target=self._insist, daemon=True).start()

    def _insist(self) -> None:
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def listen(self) -> None:
        """Reads its standard error until it ends: JSON lines are progress, the rest is kept for a message."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            try:
                told = json.loads(line)
                self.step = Step(**{name: told[name] for name in ("suite", "done", "total", "part", "parts")})
            except (ValueError, KeyError, TypeError):
                if line.strip():
                    self.said.append(line.rstrip())
        self.process.wait()


_latest: Audit | None = None
_starting = threading.Lock()


def latest() -> Audit | None:
    """The audit that works, or the last one that this page started."""
    return _latest


def start(engine: str, seed: int = 0) -> Audit:
    """Starts the audit, or gives back the one that works already."""
    global _latest
    with _starting:
        if _latest is not None and _latest.state in ("working", "stopping"):
            return _latest
        command = [sys.executable, "-m", "assistant.cli", "eval", "all", "--json", "--progress"]
        process = subprocess.Popen(
            [*command, "--engine", engine, "--seed", str(seed)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8",
            start_new_session=True,
        )  # fmt: skip
        _latest = Audit(process)
        threading.Thread(target=_latest.listen, daemon=True).start()
        return _latest


@atexit.register
def _leave() -> None:
    """The page closes: its audit is stopped, and goes on another time."""
    if _latest is not None and _latest.process.poll() is None:
        _latest.process.send_signal(signal.SIGINT)
