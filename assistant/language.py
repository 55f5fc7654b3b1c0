"""Which language a request is in, judged on the person's own words and not on the text they quote."""

from __future__ import annotations

import re

from tools.finding import Lang
from tools.specimens.languages import identifier

QUOTED = re.compile(
    r"«[^»]*»|“[^”]*”|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)|‘[^’]*’(?!\w)|(?<=[:\n])\s*\S[^\n]{40,}", re.DOTALL
)
SURE = 0.75


def detect(text: str, otherwise: Lang = "en") -> Lang:
    """The language of a request; ``otherwise`` (the conversation's) when its words do not tell."""
    own = QUOTED.sub(" ", text).strip() or text
    lang, probability = identifier("en", "fr").classify(own)
    if probability < SURE:
        return otherwise
    return "fr" if lang == "fr" else "en"
