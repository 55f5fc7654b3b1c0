"""What every test stands on: no network but loopback, and a state folder of its own.

The fetched specimens, the library index and what is slow to compute from files
alone are shared with the product; the notebook, the findings and the exports are not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from assistant import settings

settings.quiet()
hypothesis.settings.register_profile("same", derandomize=True)  # the same cases at every run: no test fails by luck
hypothesis.settings.load_profile("same")
LOOPBACK = ["127.0.0.1", "::1", "localhost"]


def pytest_runtest_setup() -> None:
    """Any connection that leaves the machine fails the test that tried it."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


@pytest.fixture(scope="session", autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A fresh AUTOPSIE_HOME that sees the fetched specimens, the index, the embeddings and the fitted planner through links."""
    from tools.specimens.home import home

    shared = home()
    folder = tmp_path_factory.mktemp("home")
    (folder / "cache").mkdir()
    for name in ("specimens", "index", "cache/embeddings", "cache/detection", "cache/planner"):
        (shared / name).mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(shared / name)
    if "PYTEST_XDIST_WORKER" in os.environ:  # measured once for the processes of one run, never kept for another run
        findings = tmp_path_factory.getbasetemp().parent / "findings"
        findings.mkdir(exist_ok=True)
        (folder / "cache" / "findings").symlink_to(findings)
    before = os.environ.get("AUTOPSIE_HOME")
    os.environ["AUTOPSIE_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["AUTOPSIE_HOME"]
    else:
        os.environ["AUTOPSIE_HOME"] = before


@pytest.fixture(scope="session")
def served() -> Iterator[object]:
    """One real vLLM server (CPU build) for the whole session, serving the default language model."""
    from tests.served import vllm_server
    from tools.specimens import fetch

    with vllm_server(fetch.path("smollm2")) as server:
        yield server
