"""The library as a source: for each claim, the documents that its passages come from, and the one the whole text is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from tools.truth.claims.check import Verdict, check
from tools.truth.claims.matching import Meaning, Source
from tools.truth.claims.names import names
from tools.truth.claims.sources import Evidence, evidence

HITS = 6  # passages searched for each claim
DOCUMENTS = 4  # documents compared with each claim
SUBJECT, SAID = 0.3, 0.3  # what the document of the whole text, and a document that says the claim, are worth
LACKS = 0.5  # what a number, date or name that a document lacks takes off


class Library:
    """The library in one language, each document read once."""

    def __init__(self, lang: str, meaning: Meaning) -> None:
        from knowledge.index import current

        self.lang, self.meaning, self.index = lang, meaning, current()
        self._read: dict[str, tuple[Source, list[str]]] = {}

    def check(self, claims: Sequence[str], step: Callable[[int], None]) -> list[Evidence]:
        """The evidence for each claim; ``step`` is told how many are done."""
        from knowledge import search

        docs = list[list[str]]()
        for query in _queries(claims):
            hits = search.find(self.index, query, self.meaning.vectors([query]), HITS, self.lang)
            docs.append([hit.doc for hit in hits])
        subject = Counter(found[0] for found in docs if found).most_common(1)
        main = subject[0][0] if subject and subject[0][1] > len(claims) / 3 else ""
        result = list[Evidence]()
        for at, (claim, found) in enumerate(zip(claims, docs, strict=True)):
            step(at)
            tried = list(dict.fromkeys([*([main] if main else []), *found]))[:DOCUMENTS]
            result.append(self._best(claim, tried, main))
        return result

    def _best(self, claim: str, docs: Sequence[str], main: str) -> Evidence:
        """The evidence of the document that speaks most of a claim."""
        best, most = Evidence(Verdict(claim, "not_found"), "", ""), float("-inf")
        for doc in docs:
            source, places = self.read(doc)
            one = evidence(check([claim], source, self.meaning)[0], source, places)
            score = one.verdict.about + SUBJECT * (doc == main) - LACKS * bool(one.verdict.missing)
            score += SAID * (one.verdict.answer == "supported")
            if score > most:
                best, most = one, score
        return best

    def read(self, doc: str) -> tuple[Source, list[str]]:
        """The sentences of a document ready to be compared, and the passage of each."""
        from knowledge.sentences import split

        if doc not in self._read:
            offered = self.index.offered[self.lang]
            mine = [one for row, one in enumerate(self.index.passages) if one.doc == doc and offered[row]]
            pairs = [
                (sentence, f"{one.title} › {one.heading} ({one.id})") for one in mine for sentence in split(one.text)
            ]
            source = Source([sentence for sentence, _ in pairs], self.meaning, mine[0].title if mine else "")
            self._read[doc] = source, [place for _, place in pairs]
        return self._read[doc]


def _queries(claims: Sequence[str]) -> list[str]:
    """What is searched for each claim: the claim, after the last one that names its subject when it has no name."""
    queries, subject = list[str](), ""
    for claim in claims:
        named = [one for one in names(claim) if one.sure]
        queries.append(claim if named or not subject else f"{subject} {claim}")
        subject = claim if named else subject
    return queries
