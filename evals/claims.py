"""Is a sentence borne out by what it cites? A second, stricter reading than the assistant's own check, and independent of it.

It does not import ``assistant.grounding``: what a passage says is read again in the library, not in the answer, and the
rules are other ones. A sentence passes when it stands there word for word; otherwise every number and every name must
stand there, one to three neighbouring sentences must hold three quarters of its content words, and the nearest of them
must agree with it on negation. A true sentence in quite other words fails: the rate of unsupported sentences is an upper
bound for a model that paraphrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.turn import GAP, Block, Turn
from knowledge.sentences import split
from knowledge.terms import fold, terms
from tools.finding import Finding, Lang

COVERED = 0.75  # of the content words of a sentence
WINDOW = 3  # neighbouring sentences that may say it together
_NUMBER = re.compile(r"(?<![\w.,])[-−]?\d+(?:[.,\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|jamais|aucune?|rien|personne|sans|ni|"
    r"n['’]\w+|ne)\b",
    re.I,
)
_NAME = re.compile(r"(?<![.!?…:»”\"] )(?<!^)\b[A-ZÀ-Þ][\w’'-]*\w\b")


class Judged(NamedTuple):
    """A sentence of an answer: whether what it cites supports it, why not, and which of its citations do so alone."""

    text: str
    supported: bool
    why: str
    copied: bool
    cited: list[str]
    precise: list[bool]


class Support(NamedTuple):
    """The verdict of one comparison; ``why`` is "" or the rule that failed, with what it failed on."""

    holds: bool
    why: str = ""
    copied: bool = False


def judge(turn: Turn) -> list[Judged]:
    """Every sentence of a turn that claims something: quotes and sentences, not the program's notes and headings."""
    return [_judged(text, block, turn) for block in turn.answer for text in sentences(block)]


def sentences(block: Block) -> list[str]:
    """The claims of a block of an answer."""
    if block.kind not in ("sentence", "quote"):
        return []
    return [text for part in block.text.split(GAP.strip()) for text in split(part)]


def _judged(text: str, block: Block, turn: Turn) -> Judged:
    named = {f"[{n}]": _passage(turn, n) for n in block.passages}
    named |= {f"[M{n}]": _finding(turn, n) for n in block.findings}
    alone = [support(text, [source]) if source else Support(False, "nothing there") for source in named.values()]
    if not named:
        return Judged(text, False, "no citation", False, [], [])
    whole = next((one for one in alone if one.holds), None) or support(text, [s for s in named.values() if s])
    return Judged(text, whole.holds, whole.why, whole.copied, list(named), [one.holds for one in alone])


def _passage(turn: Turn, number: int) -> str:
    """What a cited passage says in the library (not what the answer carries of it)."""
    found = next((passage for passage in turn.passages if passage.number == number), None)
    return library_text(found.id) if found else ""


def _finding(turn: Turn, number: int) -> str:
    return words_of(turn.findings[number - 1], turn.lang) if 1 <= number <= len(turn.findings) else ""


def library_text(identifier: str) -> str:
    """A passage of the library as the index holds it, or a part of the self-audit cards; "" when there is none of that id."""
    from assistant import card, card_answer
    from knowledge.index import current

    document, _, name = identifier.partition("#")
    if document == card_answer.EVIDENCE:
        suites = [(one, suite) for one in card.by_speaker() for suite in one.suites if suite.name == name]
        return "\n".join(card_answer.evidence(*found, 1, lang).text for found in suites for lang in ("en", "fr"))
    return next((passage.text for passage in current().passages if passage.id == identifier), "")


def words_of(finding: Finding, lang: Lang) -> str:
    """All that a finding says in one language: its texts, then a line for each estimate, table row and argument."""
    lines = [text.get(lang) for text in (finding.question, finding.summary, finding.how_to_read, finding.limits)]
    for one in finding.estimates:
        numbers = [one.value, one.low, one.high, one.p, one.n, one.baseline]
        lines.append(one.label.get(lang) + " " + " ".join(str(number) for number in numbers if number is not None))
    for table in finding.tables:
        lines += [" ".join(str(cell) for cell in row) for row in table.model_dump()["rows"]]
    return "\n".join([*lines, str(finding.arguments)])


def support(claim: str, sources: Sequence[str]) -> Support:
    """Whether one of the sources says the claim, or several together hold its numbers and names and one of them the rest."""
    plain = _flat(claim)
    if any(plain in _flat(source) for source in sources):
        return Support(True, copied=True)
    together = "\n".join(sources)
    lacking = [number[0] for number in _NUMBER.finditer(claim) if not _carried(number, together)]
    if lacking:
        return Support(False, f"number {lacking[0].strip()}")
    words = set(re.findall(r"\w+", fold(together)))
    unknown = [name for name in _NAME.findall(claim) if not set(re.findall(r"\w{2,}", fold(name))) <= words]
    if unknown:
        return Support(False, f"name {unknown[0]}")
    return max((_said(claim, source) for source in sources), default=Support(False, "nothing there"))


def _said(claim: str, source: str) -> Support:
    """Whether neighbouring sentences of a source hold the words of the claim, and the nearest agrees on negation."""
    wanted = {term for term in terms(claim) if not term.isdigit()}  # numbers are judged on their own
    if not wanted:
        return Support(False, "no content word")
    parts = split(source)
    held = [wanted & set(terms(part)) for part in parts]
    best, place = 0.0, -1
    for start in range(len(parts)):
        for end in range(start + 1, min(start + WINDOW, len(parts)) + 1):
            covered = len(set().union(*held[start:end])) / len(wanted)
            if covered > best + 1e-9:
                best, place = covered, max(range(start, end), key=lambda at: len(held[at]))
    if best < COVERED:
        return Support(False, f"{best:.0%} of its words")
    if bool(_NEGATION.search(claim)) != bool(_NEGATION.search(parts[place])):
        return Support(False, "negation")
    return Support(True)


def _carried(written: re.Match[str], source: str) -> bool:
    """Whether a number stands in the source, after rounding to the decimals it has; a percentage may be a share there."""
    known = {value for other in _NUMBER.findall(source) for value in _values(other)}
    if re.match(r"\s?%", written.string[written.end() :]):
        known |= {100 * value for value in known if value <= 1}
    decimals = re.search(r"[.,](\d+)$", written[0])
    for value in _values(written[0]):
        half = 0.5 * 10 ** -len(decimals[1]) if decimals and value != int(value) else 0.0
        if any(abs(value - other) <= half + 1e-9 for other in known):
            return True
    return False


def _values(written: str) -> set[float]:
    """What a number may mean: 1,234 is one thousand and something in English, one and something in French."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", written).replace("−", "-")
    grouped = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", bare)
    found = set[float]()
    for reading in (bare.replace(",", "."), grouped.replace(",", ".")):
        if reading.count(".") <= 1:
            found.add(abs(float(reading)))
    return found


def _flat(text: str) -> str:
    """A text without what the typesetting adds: kinds of spaces, emphasis, curly apostrophes."""
    return " ".join(re.sub(r"[*_`]", "", text).replace("’", "'").split())


def second_opinions(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """What ``claim_check`` says of (sentence, source): supported, contradicted or not_found."""
    from knowledge.encoder import encode
    from tools.truth.claims.check import check
    from tools.truth.claims.matching import Meaning

    meaning = Meaning(encode)
    return [check([claim], split(source), meaning)[0].answer for claim, source in pairs]
