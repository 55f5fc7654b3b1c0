"""The real page, served by the real command, in a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

# Patience, not a wait: an expectation that holds returns at once. Five seconds is short where the other process
# of the tests measures on the same cores.
expect.set_options(timeout=30_000)

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int, *options: str) -> subprocess.Popen[str]:
    """``autopsie ui`` on a port, once it answers."""
    command = [sys.executable, "-m", "assistant.cli", "ui", "--port", str(port), *options]
    server = subprocess.Popen(
        command, env=dict(os.environ), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    for _ in range(240):
        if server.poll() is not None:
            raise RuntimeError(f"the page did not start: {server.stdout.read() if server.stdout else ''}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).read()
            break
        except OSError:
            time.sleep(0.25)
    return server


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """``autopsie ui`` on a free port until the block ends."""
    port = free_port()
    server = start(port, *options)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    """The page with the embedded engine."""
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    assert program, "the browser tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def visit(browser: Browser, url: str) -> Iterator[Callable[[str], Page]]:
    """Opens the page as a visitor whose browser speaks a language; fails on any request that leaves the machine."""
    contexts = []
    outside: list[str] = []

    def open_page(locale: str = "en-US", width: int = 1360) -> Page:
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
        )
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda request: (
                outside.append(request.url) if not request.url.startswith((url, "data:", "blob:")) else None
            ),
        )
        page.goto(url)
        page.wait_for_selector("#question textarea")
        page.wait_for_timeout(800)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not outside, f"the page asked for {outside[:3]}"


def ask(page: Page, question: str) -> None:
    """Types a question, sends it with Enter, and waits for its answer."""
    before = page.locator("article.turn").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function(
        f"document.querySelectorAll('article.turn:not([aria-busy])').length > {before}", timeout=90_000
    )
