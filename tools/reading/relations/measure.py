"""The extraction window by window, its checks, and the counts they give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from knowledge.terms import fold
from tools.finding import Lang
from tools.language.structured import ROWS, write_many
from tools.reading.relations import ask, check
from tools.reading.relations.built_in import Case
from tools.reading.relations.check import Entity, Relation
from tools.reading.relations.rules import Mention, mentions
from tools.reading.relations.spans import Span, bare, locate
from tools.specimens.language import LanguageModel

OnStep = Callable[[float, int, int], None]
"""Called with the share that is done, the names found so far and how many of them are not in their sentence."""
Count = tuple[int, int]


@dataclass(frozen=True)
class Measured:
    """All that was written and what the checks say; ``names`` is the reference for what was missed."""

    text: str
    lang: Lang
    spans: list[Span]
    entities: list[Entity]
    relations: list[Relation]
    names: list[Mention]
    by_rule: list[Mention]
    built_in: bool
    exchanged: Count
    cut: int

    def sentence(self, window: int) -> str:
        """The text of a window."""
        low, high = self.spans[window]
        return self.text[low:high]

    @cached_property
    def invented(self) -> Count:
        """Names that stand nowhere in the text, or only in part, and the number of names."""
        return sum(one.place.how in ("absent", "partly") for one in self.entities), len(self.entities)

    @cached_property
    def unsupported(self) -> Count:
        """Relations that are not grounded, and the number of relations."""
        return sum(one.verdict != "grounded" for one in self.relations), len(self.relations)

    @cached_property
    def found(self) -> Count:
        """Names of the reference that the model wrote, and the number of names in the reference."""
        return sum(self.was_found(name) for name in self.names), len(self.names)

    @cached_property
    def rule_found(self) -> Count:
        """Names of the reference that the rule found."""
        return sum(any(_overlap(name.span, one.span) for one in self.by_rule) for name in self.names), len(self.names)

    @cached_property
    def kinds(self) -> Count:
        """On the built-in text: names with the right kind, among those found."""
        pairs = [(name, one) for name in self.names for one in self.entities if one.kind and _covers(one, name)]
        return sum(name.kind == one.kind for name, one in pairs), len(pairs)

    def was_found(self, name: Mention) -> bool:
        """Whether something that the model wrote for this window covers a part of the name."""
        return any(_covers(one, name) for one in self.entities)


def _covers(one: Entity, name: Mention) -> bool:
    return one.place.how in ("exact", "folded", "partly") and any(_overlap(span, name.span) for span in one.place.spans)


def _overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def reference(text: str, spans: list[Span], case: Case | None) -> tuple[list[Mention], list[Mention]]:
    """The names to find (a person's list for the built-in text, else the rule's) and the rule's; once a window each."""
    by_rule = [mention for span in spans for mention in _once(mentions(text, span))]
    if case is None:
        return by_rule, by_rule
    listed = []
    for span in spans:
        for name, kind in case.names.items():
            place = locate(name, text, span)
            if place.there:
                listed.append(Mention(name, kind, place.spans[0]))
    return sorted(listed, key=lambda one: one.span), by_rule


def _once(found: list[Mention]) -> list[Mention]:
    seen: dict[str, Mention] = {}
    for one in found:
        seen.setdefault(fold(one.text), one)
    return list(seen.values())


def measure(
    model: LanguageModel, text: str, case: Case | None, lang: Lang, max_items: int, seed: int, on_step: OnStep
) -> Measured:
    """Asks for the names and relations of each window, greedily, under the schema; then looks all up in the text."""
    spans = ask.windows(text)
    entities: list[Entity] = []
    triples: list[tuple[str, str, str, int]] = []
    cut = 0
    for start in range(0, len(spans), ROWS):
        rows = spans[start : start + ROWS]
        so_far = (len(entities), sum(one.place.how in ("absent", "partly") for one in entities))

        def step(done: int, total: int, start: int = start, size: int = len(rows), had: Count = so_far) -> None:
            on_step((start + size * done / max(total, 1)) / len(spans), *had)

        asked = [ask.conversation(text[low:high], lang) for low, high in rows]
        limit = ask.tokens(max_items)
        replies = write_many(model, asked, ask.schema(max_items), max_tokens=limit, seed=seed, on_step=step)
        for window, reply in enumerate(replies, start):
            cut += not reply.whole
            entities += _entities(reply.value, window, text, spans, lang)
            triples += _triples(reply.value, window)
    relations = check.relations(triples, text, spans, ask.shown_relations(lang))
    names, by_rule = reference(text, spans, case)
    swapped = check.exchanged(relations, text, spans)
    return Measured(text, lang, spans, entities, relations, names, by_rule, case is not None, swapped, cut)


def _entities(reply: dict[str, Any], window: int, text: str, spans: list[Span], lang: Lang) -> list[Entity]:
    """The names of a reply, also those that only its relations use (they have no kind); each once."""
    named = [(one["name"], one["kind"]) for one in reply["entities"]]
    named += [(one[end], "") for one in reply["relations"] for end in ("subject", "object")]
    found: dict[str, Entity] = {}
    for name, kind in named:
        key = fold(bare(name))
        if key and key not in found:
            found[key] = check.entity(name, kind, window, text, spans, ask.shown(lang))
    return list(found.values())


def _triples(reply: dict[str, Any], window: int) -> list[tuple[str, str, str, int]]:
    """The relations of a reply that are not blank, each once."""
    found = [(one["subject"], one["relation"], one["object"], window) for one in reply["relations"]]
    return list(dict.fromkeys(one for one in found if all(part.strip() for part in one[:3])))
