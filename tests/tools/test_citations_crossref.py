"""Crossref through habanero against a real loopback server that answers in Crossref's JSON."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlparse

import pytest

from tools.errors import Unavailable
from tools.truth.citation_check import citation_check
from tools.truth.citations import crossref
from tools.truth.citations.check import check
from tools.truth.citations.crossref import Crossref

DAY = date(2026, 6, 1)
FROGS = {
    "DOI": "10.5555/frogs.1", "title": ["Frogs of the Northern Ponds"], "subtitle": ["A census"], "container-title": ["Journal of Frogs"],
    "author": [{"family": "Müller", "given": "Hanna"}, {"family": "Okafor", "given": "Chidi B."}], "volume": "12", "issue": "3",
    "page": "101-119", "issued": {"date-parts": [[2015, 4]]}, "URL": "https://doi.org/10.5555/frogs.1",
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    asked: list[str]
    broken = False

    def do_GET(self) -> None:
        url = urlparse(self.path)
        self.asked.append(self.path)
        if self.broken:
            return self._say(500, b"down")
        if url.path.startswith("/works/"):
            if unquote(url.path[len("/works/") :]) == FROGS["DOI"]:
                return self._say(200, json.dumps({"status": "ok", "message": FROGS}).encode())
            return self._say(404, b"Resource not found.", "text/plain")
        words = parse_qs(url.query).get("query.bibliographic", [""])[0].lower()
        items = [FROGS] if "frog" in words else []
        return self._say(
            200, json.dumps({"status": "ok", "message": {"total-results": len(items), "items": items}}).encode()
        )

    def _say(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def register() -> Iterator[tuple[str, type[Handler]]]:
    handler = type("Once", (Handler,), {"asked": [], "broken": False})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()


def test_a_work_of_crossref(register: tuple[str, type[Handler]]) -> None:
    url, handler = register
    client = Crossref(url)
    text = (
        "Müller, H., & Okafor, C. B. (2015). Frogs of the northern ponds: A census. Journal of Frogs, 12(3), 101–119."
    )
    (found,) = check(text, client, DAY)
    assert (
        found.verdict == "exact"
        and found.key == "doi:10.5555/frogs.1"
        and found.searched == ("bibliography", "Crossref")
    )
    assert check(text, None, DAY)[0].verdict == "nothing"
    (near,) = check(text.replace("2015", "2016").replace("Okafor", "Moreau"), client, DAY)
    assert near.verdict == "near" and {d.field for d in near.differences} == {"year", "authors"}
    assert not any("mailto" in path for path in handler.asked)


def test_by_doi_and_what_it_does_not_have(register: tuple[str, type[Handler]]) -> None:
    url, handler = register
    (found,) = check(
        "Müller, H. et al. (2015). Frogs of the Northern Ponds. https://doi.org/10.5555/frogs.1", Crossref(url), DAY
    )
    assert found.verdict == "exact" and handler.asked[0].startswith("/works/10.5555")
    (missing,) = check("Doe, J. (2015). Weather on small moons. https://doi.org/10.5555/none", Crossref(url), DAY)
    assert missing.verdict == "nothing" and len(handler.asked) == 3  # the DOI, then the words


def test_an_exact_work_of_the_bibliography_is_not_sent(register: tuple[str, type[Handler]]) -> None:
    url, handler = register
    assert check("Vaswani et al. (2017). Attention Is All You Need.", Crossref(url), DAY)[0].verdict == "exact"
    assert handler.asked == []


def test_a_server_that_is_down_or_not_there(register: tuple[str, type[Handler]]) -> None:
    url, handler = register
    handler.broken = True
    text = "Doe, J. (2015). Weather on small moons."
    with pytest.raises(Unavailable, match="did not answer"):
        check(text, Crossref(url), DAY)
    with pytest.raises(Unavailable, match="bibliography only") as raised:
        check(text, Crossref("http://127.0.0.1:9", timeout=2), DAY)
    assert "n’a pas répondu" in raised.value.message.fr


def test_the_tool_asks_only_when_it_is_told_to(
    register: tuple[str, type[Handler]], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, handler = register
    monkeypatch.setattr(crossref, "BASE_URL", url)
    text = "Müller, H., & Okafor, C. B. (2015). Frogs of the Northern Ponds. Journal of Frogs, 12(3), 101–119."
    quiet = citation_check.run({"text": text})
    assert handler.asked == [] and quiet.estimate("nothing").value == 1 and "Crossref was not asked" in quiet.summary.en
    asked = citation_check.run({"text": text, "network": True})
    assert len(handler.asked) == 1 and asked.estimate("exact").value == 1 and "and Crossref" in asked.summary.en
