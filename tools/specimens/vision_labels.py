"""The names of the 1,000 classes of ImageNet in English, one short name each, and ours in French."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from tools.specimens import fetch

_TWINS = {134: "crane (bird)", 517: "crane (machine)", 638: "maillot", 639: "maillot (tank suit)"}
"""Classes whose first name is also that of another one and whose other names do not help."""
_FRENCH = Path(__file__).parent / "imagenet_fr.json"


@lru_cache(maxsize=1)
def imagenet_names() -> tuple[str, ...]:
    """1,000 English names in the order of the classes: the first of each synset, with the second where two agree."""
    names = json.loads((fetch.path("imagenet-labels") / "names.json").read_text(encoding="utf-8"))
    synonyms = [names[str(index)].split(", ") for index in range(len(names))]
    first = [words[0].lower() for words in synonyms]
    short = []
    for index, words in enumerate(synonyms):
        twin = first.count(first[index]) > 1
        plain = f"{words[0]} ({words[1]})" if twin and len(words) > 1 else words[0]
        short.append(_TWINS.get(index, plain))
    return tuple(short)


def french_name(label: str) -> str:
    """The French name of an ImageNet class by its English one; "" for any other word.

    The translations are Autopsie's own: one line a class, in the order of the classes.
    """
    return _french_names().get(label.lower(), "")


@lru_cache(maxsize=1)
def _french_names() -> dict[str, str]:
    french = json.loads(_FRENCH.read_text(encoding="utf-8"))
    return {label.lower(): name for label, name in zip(imagenet_names(), french, strict=True)}
