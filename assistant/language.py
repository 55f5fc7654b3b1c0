"""Which language a request is in, judged on the person's own words and not on the text they quote."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from tools.finding import Lang

QUOTED = re.compile(
    r"«[^»]*»|“[^”]*”|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|‘[^’]*’(?!\w)|(?<=[:\n])\s*\S[^\n]{40,}", re.DOTALL
)
SURE = 0.75


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid import langid

    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(["en", "fr"])
    return identifier


def detect(text: str, otherwise: Lang = "en") -> Lang:
    """The language of a request; ``otherwise`` (the conversation's) when its words do not tell."""
    own = QUOTED.sub(" ", text).strip() or text
    lang, probability = _identifier().classify(own)
    if probability < SURE:
        return otherwise
    return "fr" if lang == "fr" else "en"
