"""The check: every number and citation of an answer stands in a finding or a passage, or its sentence goes.

A sentence that its source contradicts (another number, date or name, a
negation: the rules of ``claim_check``) goes as well. What it cannot see: a
false relation between things that the source names, told in other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.turn import GAP, Block, Checks, Passage
from tools.finding import Finding, Lang

SUPPORT = 0.45  # cosine between a narrated sentence and the nearest sentence of its source; see tests/assistant/test_grounding.py

_GROUPED = r"\d{1,3}(?:[\u202f\u00a0]\d{3})+"
_NUMBER = {
    "en": re.compile(
        rf"(?<![\w.,])([-\u2212]?)(\d{{1,3}}(?:,\d{{3}})+(?!\d)|{_GROUPED}|\d+)(\.\d+)?(?:e([-+]?\d+))?\s?(%)?"
    ),
    "fr": re.compile(
        rf"(?<![\w.,])([-\u2212]?)(\d{{1,3}}(?: \d{{3}})+(?!\d)|{_GROUPED}|\d+)([.,]\d+)?(?:e([-+]?\d+))?\s?(%)?"
    ),
}
_MARK = re.compile(r"\[(M?)(\d+)\]")


@dataclass(frozen=True)
class Written:
    """A number as it was written: its value, how many decimals, whether a percent sign follows."""

    text: str
    value: float
    decimals: int
    percent: bool


def numbers_in(text: str, lang: str) -> Iterator[Written]:
    """The numbers written in digits; citation marks and digits inside names (word2vec, GPT-4) do not count."""
    bare = _MARK.sub(" ", text)
    for match in _NUMBER["fr" if lang == "fr" else "en"].finditer(bare):
        sign, whole, fraction, exponent, percent = match.groups()
        if re.search(r"[^\W\d_][-\u2010\u2011]$", bare[: match.start()]):  # GPT-4: part of a name
            continue
        digits = re.sub(r"\D", "", whole) + (fraction or "").replace(",", ".")
        value = float(digits + (f"e{exponent}" if exponent else ""))
        yield Written(
            match.group().strip(),
            -value if sign else value,
            len(fraction or " ") - 1 if not exponent else 12,
            bool(percent),
        )


def numbers_of(finding: Finding) -> set[float]:
    """Every number a finding carries: estimates, tables, arguments, and those in its own words."""
    found: set[float] = set()

    def visit(part: object, langs: tuple[str, ...] = ("en", "fr")) -> None:
        if isinstance(part, bool) or part is None:
            return
        if isinstance(part, int | float):
            found.add(float(part))
        elif isinstance(part, str):
            found.update(n.value for lang in langs for n in numbers_in(part, lang))
        elif isinstance(part, dict):
            for key, value in part.items():
                visit(value, (key,) if key in ("en", "fr") else langs)
        elif isinstance(part, list):
            for value in part:
                visit(value, langs)

    visit(finding.model_dump(exclude={"figures", "references", "tool", "version"}))
    return found


def carried(number: Written, source: Iterable[float]) -> bool:
    """Whether ``number`` is one of ``source`` after rounding to the decimals it is written with.

    A whole number must be a whole number in the source, or round one of at
    least 10: else "2" would pass for 1.6. A percentage may be a share there.
    """
    half = 0.5 * 10**-number.decimals + 1e-9 * max(1.0, abs(number.value))
    for value in source:
        if abs(value - number.value) <= half and (number.decimals or value == int(value) or abs(value) >= 10):
            return True
        if number.percent and abs(value) <= 1 and abs(100 * value - number.value) <= half:
            return True
    return False


class Grounding:
    """Checks sentences one by one against the findings and passages of a turn, and counts."""

    def __init__(self, findings: list[Finding], passages: list[Passage], lang: Lang) -> None:
        self.findings, self.lang = findings, lang
        self.passages = {passage.number: passage for passage in passages}
        self.checks = Checks()
        self._measured: set[float] = set().union(*(numbers_of(f) for f in findings)) if findings else set()

    def check(self, sentence: str) -> Block | None:
        """The sentence as a traced block, or ``None`` when it may not be shown (it is then counted)."""
        cited = [int(n) for mark, n in _MARK.findall(sentence) if not mark]
        claimed = [int(n) for mark, n in _MARK.findall(sentence) if mark]
        text = re.sub(r"\s+([.,;])", r"\1", _MARK.sub("", sentence)).strip()
        self.checks.sentences += 1
        self.checks.citations += len(cited) + len(claimed)
        unknown = [f"[{n}]" for n in cited if n not in self.passages]
        unknown += [f"[M{n}]" for n in claimed if not 1 <= n <= len(self.findings)]
        cited = [n for n in dict.fromkeys(cited) if n in self.passages]
        wrong = [n.text for n in self._numbers(text) if not self._known(n, cited)]
        self.checks.numbers_removed += wrong
        self.checks.citations_removed += unknown
        if wrong or unknown:
            self._remove(sentence)
            return None
        cited = [n for n in cited if self._says([self.passages[n].text], text, self.passages[n].lang)]
        measured = [
            i + 1
            for i, finding in enumerate(self.findings)
            if self._says(words_of(finding, self.lang), text, self.lang)
        ]
        if not cited and not measured:
            self.checks.citations_removed += [f"[{n}]" for n in self.passages if f"[{n}]" in sentence]
            self._remove(sentence)
            return None
        return Block(text=text, passages=cited, findings=measured[:1] if not cited else [])

    def trace(self, blocks: list[Block]) -> list[Block]:
        """Composed blocks pass the check too: a quote stands in its passage word for word, a number in its finding."""
        kept = []
        for block in blocks:
            if block.kind in ("sentence", "quote"):
                self.checks.sentences += 1
                self.checks.citations += len(block.passages) + len(block.findings)
                if block.kind == "quote":
                    texts = [flat(self.passages[n].text) for n in block.passages if n in self.passages]
                    fine = bool(texts) and all(
                        any(flat(part) in text for text in texts) for part in block.text.split(GAP)
                    )
                else:
                    wrong = [n.text for n in self._numbers(block.text) if not self._known(n, block.passages)]
                    self.checks.numbers_removed += wrong
                    fine = not wrong
                if not fine:
                    self._remove(block.text)
                    continue
            kept.append(block)
        return kept

    def _remove(self, sentence: str) -> None:
        self.checks.sentences_removed.append(sentence.strip())

    def _numbers(self, text: str) -> list[Written]:
        found = list(numbers_in(text, self.lang))
        self.checks.numbers += len(found)
        return found

    def _known(self, number: Written, cited: list[int]) -> bool:
        read = {n.value for i in cited for n in numbers_in(self.passages[i].text, self.passages[i].lang)}
        return carried(number, self._measured | read)

    def _says(self, sources: list[str], sentence: str, lang: str) -> bool:
        """Whether sources in ``lang`` say a sentence and none contradicts it; what they contradict is kept.

        Numbers are left to ``_known``: a finding holds many that speak of other things.
        """
        from tools.truth.claims.conflicts import conflicts

        if not self.supported(sentence, sources):
            return False
        found = [one for source in sources for one in conflicts(sentence, source)] if lang == self.lang else []
        against = [one for one in found if one.kind != "number"]
        self.checks.contradictions_removed += [f"{one.said} ≠ {one.found}" for one in against]
        return not against

    def supported(self, sentence: str, sources: list[str]) -> bool:
        """Whether a source says it: word for word, or a sentence of it lies close enough in meaning."""
        plain = flat(sentence)
        if any(plain in flat(source) for source in sources):
            return True
        from knowledge.encoder import encode
        from knowledge.sentences import split

        parts = [part for source in sources for part in split(source)]
        if not parts:
            return False
        vectors = encode([sentence, *parts])
        return bool((vectors[1:] @ vectors[0]).max() >= SUPPORT)


def words_of(finding: Finding, lang: str) -> list[str]:
    """What a finding says in words."""
    return [text.get(lang) for text in (finding.summary, finding.how_to_read, finding.limits, finding.question)]


def flat(text: str) -> str:
    """The words of a text alone, in small letters, with single spaces."""
    return re.sub(r"\W+", " ", text.lower()).strip()
