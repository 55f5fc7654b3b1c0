"""Where the title of a reference stands: by its marks, by its place, or beside a known title."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from tools.truth.citations.folding import Word, words

QUOTED = (
    re.compile(r"“([^“”\n]{6,}?)”"), re.compile(r"«\s*([^«»]{6,}?)\s*»"), re.compile(r"``(.{6,}?)''", re.S),
    re.compile(r"\"([^\"]{6,}?)\""), re.compile(r"„([^“”„]{6,}?)[“”]"),
    re.compile(r"(?<!\w)‘(.{12,}?)’(?!\w)", re.S), re.compile(r"(?<!\w)'(.{12,}?)'(?!\w)", re.S),
)  # fmt: skip
EMPHASISED = re.compile(r"(?<![\w*])\*{1,2}([^*\n]{4,}?)\*{1,2}(?![\w*])|(?<!\w)_([^_\n]{4,}?)_(?!\w)|<i>(.{4,}?)</i>")
_INITIAL = r"(?:[A-ZÀ-Þ]\.(?:[\s-]?[A-ZÀ-Þ]\.)*)"
_NAME = r"(?:(?:van|von|de|der|den|del|della|di|da|la|le|du|el|al|ten|ter)\s+)*[^\W\d_a-zß-öø-ÿ][\w’'‐-]+"
PERSON = re.compile(
    rf"^\W*(?:{_NAME}(?:\s{_NAME})?,\s*{_INITIAL}|{_INITIAL}\s*{_NAME}|{_NAME}\s[A-Z]{{1,3}}\b|{_NAME},\s*{_NAME}|"
    rf"{_NAME}(?:\s\w+)?\s+et\s+al|[A-ZÀ-Þ]{{2,}}[\w’'‐-]*,?\s)"
)
SENTENCE = re.compile(r"(?<![\s.(][A-ZÀ-Þ])(?<![A-ZÀ-Þ]\.[A-ZÀ-Þ])(?<!^[A-ZÀ-Þ])[.?!](?=\s+|$)(?!\s*\()")
VANCOUVER = re.compile(
    rf"^\W*(?:{_NAME}(?:\s{_NAME})?\s[A-Z]{{1,3}},\s*)*{_NAME}(?:\s{_NAME})?\s[A-Z]{{1,3}}(?:,?\s*et\s+al)?\.\s+(?=[^\W\d_]{{2}})"
)
LISTED = re.compile(
    rf"^\W*(?:{_NAME}(?:\s{_NAME})?,\s*{_INITIAL}[,;]?\s+(?:(?:&|and|et)\s+)?)+(?:et\s+al\.?,?\s+)?(?=[^\W\d_]{{2}}|A\s)"
)
_CLOSING = re.compile(r"\bet\s+al\b|\bvs?\b|\bp\.|\bpp\b", re.I)


def title_span(text: str, years: list[tuple[int, int]]) -> tuple[tuple[int, int] | None, bool]:
    """Where the title is, and whether its ends are certain (quotation marks)."""
    for pattern in QUOTED:
        found = pattern.search(text)
        if found and len(found.group(1).split()) >= 2 and not _inside_sentence(text, found):
            if more := re.match(r"\s*:\s+(?=\w)", text[found.end() :]):
                return (found.start(), _sentence(text, found.end() + more.end())[1]), False
            return found.span(1), True
    emphasised = [_inner(match) for match in EMPHASISED.finditer(text)]
    year = next((span for span in years if span[0] < 0.7 * len(text)), None)
    if year and re.search(r"[^\W\d]{2}", text[: year[0]]):
        span = _sentence(text, year[1])
        for inner in emphasised:
            if inner[0] <= span[0] + 3:
                return inner, True
        if span[1] - span[0] > 3:
            return span, False
    if len(emphasised) == 1 and len(words(text[slice(*emphasised[0])])) >= 2:
        inner = emphasised[0]
        sentences = _sentences(text[: inner[0]])
        if len(sentences) < 2 or len(words(text[slice(*sentences[-1])])) < 3:
            return inner, True
    return _by_place(text), False


def _inside_sentence(text: str, quoted: re.Match[str]) -> bool:
    """Whether a quotation is a part of a title: a small word before it."""
    before = text[: quoted.start()].rstrip()
    word = re.search(r"(?<![^\W\d_])[a-zà-ÿ][\w’'-]*$", before)
    return bool(word) and word.group() not in ("par", "by", "in", "al", "see", "voir", "dans")  # type: ignore[union-attr]


def _inner(match: re.Match[str]) -> tuple[int, int]:
    return next(match.span(group) for group in (1, 2, 3) if match.group(group))


def _sentence(text: str, start: int) -> tuple[int, int]:
    """From the first letter after ``start`` to the end of that sentence."""
    begin = re.compile(r"[^\W_]").search(text, start)
    if not begin:
        return start, start
    end = SENTENCE.search(text, begin.start() + 3)
    stop = end.start() + (end.group() in "?!") if end else len(text)
    return begin.start(), stop


def _sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a reference; a period after an initial ends none."""
    found, begin = [], 0
    for end in [*(match.end() for match in SENTENCE.finditer(text)), len(text)]:
        if text[begin:end].strip():
            found.append((begin, end))
        begin = end
    return found


def _by_place(text: str) -> tuple[int, int] | None:
    """The first sentence that does not name people; with commas only, the first long part that does not."""
    if listed := VANCOUVER.match(text) or LISTED.match(text):
        return _sentence(text, listed.end())
    sentences = _sentences(text)
    if len(sentences) >= 2:
        for place, (start, end) in enumerate(sentences[:4]):
            part = text[start:end]
            count = len(words(part))
            if (
                count >= 2
                and not (place == 0 and (PERSON.match(part) or _people(part)))
                and not re.match(r"\W*(?:1|2)\d{3}\b", part)
            ):
                return _trim(text, start, end)
    parts, begin = [], 0
    for comma in [*(m.start() for m in re.finditer(r",|;|\s[-–—]\s|:(?=\s)", text)), len(text)]:
        parts.append((begin, comma))
        begin = comma + 1
    best = next((p for p in parts if len(words(text[slice(*p)])) >= 3 and not _people(text[slice(*p)])), None)
    if best is None:
        best = max(parts, key=lambda p: len(words(text[slice(*p)])), default=None)
    return _trim(text, *best) if best and len(words(text[slice(*best)])) >= 2 else None


def _people(part: str) -> bool:
    """Whether a part of a reference names people: initials and capitals only, or et al."""
    if _CLOSING.search(part):
        return True
    found = re.findall(r"[^\W\d_]+", part)
    small = [word for word in found if word[0].islower() and word not in ("and", "et", "de", "van", "von", "der", "la")]
    initials = [word for word in found if len(word) <= 2 and word.isupper()]
    return not small and (bool(initials) or len(found) <= 4)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    left = re.search(r"[^\W_]", part)
    right = len(part.rstrip(" \t\n.,;:"))
    return start + (left.start() if left else 0), start + right


def align(title: str, text: str, found: list[Word]) -> tuple[int, int, float] | None:
    """The run of words of ``text`` that is the closest to ``title``: first and last word, likeness from 0 to 1."""
    line, places = "", []
    for number, word in enumerate(found):
        places += [number] * (len(word.text) + 1)
        line += word.text + " "
    if not line or not title:
        return None
    spot = fuzz.partial_ratio_alignment(title, line)
    if spot is None or spot.score < 50:
        return None
    if len(title) > len(line):
        low, high = 0, len(found) - 1
    else:
        low, high = places[min(spot.dest_start, len(places) - 1)], places[max(min(spot.dest_end, len(places)) - 1, 0)]
    goal, best = title.replace(" ", ""), (low, high, -1.0)
    for first in range(max(0, low - 3), min(high, low + 3) + 1):
        for last in range(max(first, high - 3), min(len(found) - 1, high + 3) + 1):
            ratio = fuzz.ratio(goal, "".join(word.text for word in found[first : last + 1])) / 100
            if ratio > best[2]:
                best = (first, last, ratio)
    return best
