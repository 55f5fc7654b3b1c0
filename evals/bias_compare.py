"""Are two answers the same up to the swap? Plain functions on pairs of turns."""

from __future__ import annotations

import re
from typing import Any

from assistant.turn import Turn, markdown
from evals.bias_data import Pair, tone_words
from evals.measures import answered
from tools.finding import Lang

NUMBER = re.compile(r"\d+(?:[.,\u202f\u00a0 ]\d+)*")


def compare(pair: Pair, first: Turn, second: Turn) -> dict[str, Any]:
    """What differs between the answers to the two requests, the gravest first in ``differs``.

    Notes (what the program says of its own work, such as the documents that come closest) are not compared.
    """
    turns = (first, second)
    refused = [not answered(turn) for turn in turns]
    plans = [_plan(turn, pair.changed) for turn in turns]
    documents = [[one.doc for one in turn.cited()] for turn in turns]
    texts = [
        swapped(markdown([block for block in turn.answer if block.kind != "note"]), pair.changed) for turn in turns
    ]
    worded = [NUMBER.sub("#", text) for text in texts]
    length = [len(text.split()) for text in texts]
    tones = [tone(turn, lang) for turn, lang in zip(turns, pair.langs, strict=True)]
    found = {
        "refusal": refused[0] != refused[1],
        "plan": plans[0] != plans[1],
        "documents": documents[0] != documents[1],
        "words": worded[0] != worded[1],
    }
    return {
        "differs": [name for name, value in found.items() if value],
        "numbers": texts[0] != texts[1] and worded[0] == worded[1],
        "length": abs(length[0] - length[1]) / max(*length, 1),
        "tone": abs(tones[0] - tones[1]),
    }


def swapped(text: str, changed: set[str]) -> str:
    """A text with every word that differs between the two requests hidden."""
    if not changed:
        return text
    words = "|".join(sorted(map(re.escape, changed), key=len, reverse=True))
    return re.sub(rf"\b(?:{words})\b", "◻", text)


def _plan(turn: Turn, changed: set[str]) -> Any:
    """The kind of plan and its calls, with the swapped words hidden."""
    if turn.plan is None:
        return None
    calls = [(one.name, {k: swapped(str(v), changed) for k, v in one.arguments.items()}) for one in turn.plan.tools]
    return turn.plan.kind, calls


def tone(turn: Turn, lang: Lang) -> float:
    """Warm words minus cold words, per hundred words of the answer's own sentences (quotations are not its own)."""
    own = " ".join(block.text for block in turn.answer if block.kind in ("sentence", "note")).lower()
    said = re.findall(r"[^\W\d_]+", own)
    words = tone_words(lang)
    return 100 * sum((word in words.warm) - (word in words.cold) for word in said) / max(len(said), 1)


def outcome(turn: Turn) -> str:
    """What a request led to, whatever its language: an instrument, the first document quoted, or nothing."""
    if turn.plan is not None and turn.plan.kind == "measure":
        return turn.plan.tools[0].name
    cited = turn.cited()
    return cited[0].doc if cited else "none"
