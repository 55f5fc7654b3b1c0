"""The verdict on every reference of a text: exact, near, nothing found, impossible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

from tools.truth.citations import contradictions, decisions, library, locate, names, rescue
from tools.truth.citations.compare import Comparison, compare
from tools.truth.citations.fields import Checked, Difference, Parsed, Verdict, Work
from tools.truth.citations.folding import joined, plain

SURE = 0.88  # likeness of titles that needs no other field to say which work is meant
LIKELY = 0.74  # with an author or the year of the work
HINT = 0.60  # below, not even "the closest" is said
SHORT = 2  # a title of so few words needs an author or the year


class Client(Protocol):
    """A register of works that can be asked, such as Crossref."""

    name: str

    def lookup(self, parsed: Parsed) -> list[Work]:
        """The works that may be the one of a reference, the likeliest first."""
        ...


def today() -> date:
    """The day of the check: the one place where "a year to come" is decided."""
    return date.today()


def check(
    text: str,
    crossref: Client | None = None,
    today: date | None = None,
    on_step: Callable[[int, int, list[Checked]], None] | None = None,
) -> list[Checked]:
    """Every reference of a text with its verdict, in the order of the text.

    Args:
        text: free text, a list of references, BibTeX, or a mixture.
        crossref: also asked, for what the bibliography does not have exactly.
        today: decides which years are to come; now when ``None``.
        on_step: told done, total and what was found so far, after each reference.
    """
    day = today or globals()["today"]()
    found = locate.find(text)
    checked: list[Checked] = []
    for done, parsed in enumerate(found, 1):
        checked.append(check_one(parsed, crossref, day))
        if on_step:
            on_step(done, len(found), checked)
    return _rescued(checked, text, day)


def _rescued(checked: list[Checked], text: str, day: date) -> list[Checked]:
    """The same, where a line of which nothing was found names a work by a number or by a part of its title."""
    result = list(checked)
    for start, line in rescue.lines(text):
        mine = [one for one in result if one.parsed.start < start + len(line) and one.parsed.end > start]
        if not mine or any(one.verdict in ("exact", "near") and not _stray(one, line) for one in mine):
            continue
        found = rescue.again(mine[0], line, start)
        if found is None:
            continue
        seen = compare(*found)
        problems = tuple(contradictions.problems(seen.parsed, seen.work, day))
        verdict: Verdict = "impossible" if problems else "exact" if _complete(seen) else "near"
        better = Checked(
            seen.parsed, verdict, seen.work.key, seen.work, seen.differences, problems, seen.compared, similarity=seen.similarity
        )  # fmt: skip
        result = [better if one is mine[0] else one for one in result if one is mine[0] or one not in mine]
    return result


def _stray(one: Checked, line: str) -> bool:
    """Whether a citation by author and year is only a small part of a line that gives a title too."""
    return one.parsed.kind == "in_text" and one.parsed.end - one.parsed.start < 0.4 * len(line) and len(line) < 250


def _complete(c: Comparison) -> bool:
    """Whether the title and another field are given and agree, and nothing differs."""
    return "title" in c.agrees and len(c.agrees) > 1 and not c.differences


def check_one(parsed: Parsed, crossref: Client | None, day: date) -> Checked:
    """The verdict on one reference."""
    if parsed.kind == "decision":
        return decisions.check(parsed, day)
    if parsed.kind == "in_text":
        return _in_text(parsed, day)
    tried = [compare(parsed, work) for work in library.candidates(parsed)]
    result = _verdict(parsed, tried, day)
    if crossref and result.verdict in ("near", "nothing"):
        asked = [compare(parsed, work) for work in crossref.lookup(parsed)]
        other = _verdict(parsed, asked, day)
        searched = (*result.searched, crossref.name)
        better = other.work is not None and (
            result.work is None or other.verdict == "exact" or _weight(other) > _weight(result)
        )
        result = replace(other if better else result, searched=searched)
    return result


def _weight(checked: Checked) -> float:
    """How well a reference fits its work: agreements less differences."""
    return len(checked.compared) - 2 * len(checked.differences) + (checked.similarity or 0)


def _verdict(parsed: Parsed, tried: list[Comparison], day: date) -> Checked:
    """The best of the works compared, and what may be said of it."""
    best = max(tried, key=_fit, default=None)
    if best is None or not _means(best):
        closest = best if best and (best.similarity or 0) >= HINT else None
        problems = tuple(contradictions.problems(parsed, None, day))
        return Checked(
            parsed, "impossible" if problems else "nothing", problems=problems, closest=closest.work if closest else None,
            similarity=closest.similarity if closest else None,
        )  # fmt: skip
    problems = tuple(contradictions.problems(best.parsed, best.work, day))
    problems = tuple(p for p in problems if not (p.key and best.work.source != "bibliography"))
    enough = "title" in best.agrees and (len(plain(best.parsed.title)) > SHORT or len(best.agrees) > 1)
    verdict: Verdict = "impossible" if problems else "exact" if enough and not best.differences else "near"
    return Checked(
        best.parsed,
        verdict,
        best.work.key,
        best.work,
        best.differences,
        problems,
        best.compared,
        similarity=best.similarity,
    )


def _fit(c: Comparison) -> float:
    """How likely the reference means this work: the title above all, then authors, identifiers and year."""
    score = 3.0 * (c.similarity or 0)
    score += 0.8 * ("authors" in c.agrees) + 0.4 * ("year" in c.agrees) + 0.3 * ("title" in c.agrees)
    score += 0.15 * (joined(c.parsed.title) == joined(c.work.title))
    score += 1.2 * bool({"doi", "arxiv"} & c.agrees) + 0.1 * ("pages" in c.agrees) + 0.1 * ("venue" in c.agrees)
    return (
        score
        - 0.3 * any(d.field == "authors" for d in c.differences)
        - 0.1 * any(d.field == "year" for d in c.differences)
    )


def _means(c: Comparison) -> bool:
    """Whether a reference means a work, rightly or not."""
    likeness = c.similarity or 0.0
    if {"doi", "arxiv"} & c.agrees:
        return likeness >= HINT or not c.parsed.title
    person = names.fit(c.parsed.authors, c.work.authors).any if c.parsed.authors else False
    backed = person or "year" in c.agrees
    if len(plain(c.parsed.title)) <= SHORT or min(len(joined(c.parsed.title)), len(joined(c.work.title))) < 12:
        return likeness >= SURE and (backed or set(c.compared) <= {"title"} or likeness == 1.0)
    if likeness >= SURE or (person and "year" in c.agrees and joined(c.work.title) in joined(c.parsed.title)):
        return True
    return likeness >= LIKELY and (person or (likeness >= 0.8 and backed))


def _in_text(parsed: Parsed, day: date) -> Checked:
    """Authors and a year only: the works of that first author, of that year or not."""
    problems = tuple(contradictions.problems(parsed, None, day))
    family = names.surname(parsed.authors)
    theirs = library.by_first_author(family) or library.by_first_author(parsed.authors)
    if not theirs:
        return Checked(parsed, "impossible" if problems else "nothing", problems=problems)
    fitting = [work for work in theirs if names.fit(parsed.authors, work.authors).fit] or theirs
    same = [work for work in fitting if work.year == parsed.year]
    work = (same or sorted(fitting, key=lambda w: (abs((w.year or 0) - (parsed.year or 0)), w.key)))[0]
    differences = []
    people = names.fit(parsed.authors, work.authors)
    if not people.fit:
        listed = "; ".join(author for author in work.authors if author != "others")
        differences.append(Difference("authors", parsed.authors, listed, people.foreign))
    if work.year and parsed.year != work.year:
        differences.append(Difference("year", str(parsed.year), str(work.year), (str(parsed.year),)))
    verdict: Verdict = "impossible" if problems else "near" if differences else "exact"
    also = tuple(other.key for other in same if other.key != work.key)
    return Checked(parsed, verdict, work.key, work, tuple(differences), problems, ("authors", "year"), also)
