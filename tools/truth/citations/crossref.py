"""Crossref, asked through habanero, only when a person enables the network.

One request a reference: the work of a DOI, else the three works that Crossref finds the likeliest
for the words of the reference. No address of a person is sent. Source: Crossref REST API, /works.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from tools.errors import Unavailable
from tools.truth.citations.contradictions import DOI_FORM
from tools.truth.citations.fields import Parsed, Work

BASE_URL = "https://api.crossref.org"
SELECT = "DOI,title,subtitle,author,container-title,volume,issue,page,issued,published-print,published-online,URL"
ROWS = 3
TIMEOUT = 10  # seconds for one answer
LONGEST = 400  # characters of a reference that are sent


class Crossref:
    """The register of DOIs of scholarly publishers.

    Args:
        base_url: where the API is; ``BASE_URL`` when ``None``.
        timeout: seconds to wait for one answer.
    """

    name = "Crossref"

    def __init__(self, base_url: str | None = None, timeout: int = TIMEOUT) -> None:
        from habanero import Crossref as Register

        self.base_url = base_url or BASE_URL
        self._register = Register(base_url=self.base_url, mailto=None, timeout=timeout)

    def lookup(self, parsed: Parsed) -> list[Work]:
        """The works that may be the one of a reference; ``Unavailable`` when Crossref does not answer."""
        found: list[Work] = []
        if DOI_FORM.fullmatch(parsed.doi):
            answer = self._ask(ids=quote(parsed.doi, safe="/:;().-_"))
            found = [_work(answer["message"])] if answer else []
        words = " ".join(parsed.raw.split())[:LONGEST]
        if not found and re.search(r"[^\W\d]{3}", words):
            answer = self._ask(query_bibliographic=words, limit=ROWS, select=SELECT)
            found = [_work(item) for item in answer["message"].get("items") or []] if answer else []
        return [work for work in found if work.title]

    def _ask(self, **question: Any) -> dict[str, Any] | None:
        """One request; ``None`` for what Crossref does not have (404)."""
        try:
            answer = self._register.works(**question)
        except Exception as error:  # habanero lets through several kinds of its own and of its HTTP library
            status = getattr(getattr(error, "response", None), "status_code", getattr(error, "status_code", None))
            if status == 404:
                return None
            why = f"HTTP {status}" if status else type(error).__name__
            raise Unavailable(
                f"Crossref at {self.base_url} did not answer ({why}). Check the connection, or run without --network: "
                "the references are then compared with the bibliography only.",
                f"Crossref, à l’adresse {self.base_url}, n’a pas répondu ({why}). Vérifiez la connexion, ou lancez sans "
                "--network : les références sont alors comparées à la seule bibliographie.",
            ) from error
        if not isinstance(answer, dict) or not isinstance(answer.get("message"), dict):
            raise Unavailable(
                f"Crossref at {self.base_url} answered something that is not its usual JSON.",
                f"Crossref, à l’adresse {self.base_url}, a répondu autre chose que son JSON habituel.",
            )
        return answer


def _work(item: dict[str, Any]) -> Work:
    """A record of Crossref as a work; what is missing stays empty."""
    title = _first(item.get("title"))
    subtitle = _first(item.get("subtitle"))
    if subtitle and subtitle.lower() not in title.lower():
        title = f"{title}: {subtitle}"
    authors = []
    for author in item.get("author") or []:
        if isinstance(author, dict) and (author.get("family") or author.get("name")):
            given = author.get("given", "")
            authors.append(
                f"{author['family']}, {given}"
                if author.get("family") and given
                else author.get("family") or author["name"]
            )
    doi = str(item.get("DOI", "")).lower()
    return Work(
        key=f"doi:{doi}" if doi else "crossref",
        authors=tuple(authors),
        year=_year(item),
        title=re.sub(r"<[^>]{1,20}>", "", " ".join(title.split())),
        venue=_first(item.get("container-title")),
        volume=str(item.get("volume") or ""),
        number=str(item.get("issue") or ""),
        pages=str(item.get("page") or "").replace("-", "–"),
        doi=doi,
        url=str(item.get("URL") or ""),
        source="Crossref",
    )


def _first(value: Any) -> str:
    """The first of a list of strings, a string as it is, "" for nothing."""
    if isinstance(value, list):
        return str(value[0]) if value else ""
    return str(value or "")


def _year(item: dict[str, Any]) -> int | None:
    """The year of publication: in print, online, or as issued."""
    for name in ("published-print", "issued", "published-online"):
        parts = (item.get(name) or {}).get("date-parts") or [[]]
        if parts and parts[0] and parts[0][0]:
            return int(parts[0][0])
    return None
