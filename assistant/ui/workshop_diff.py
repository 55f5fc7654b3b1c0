"""Two replies side by side: what only one of them says is marked, for the eye and for a screen reader."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from markupsafe import Markup

from assistant.ui.workshop_words import word
from tools.finding import Lang

ALIKE = 0.2  # share of common words below which marks would cover everything and show nothing


def marked(before: str, after: str, lang: Lang) -> tuple[Markup, Markup]:
    """Both texts, with ``<del>`` around what only the first has and ``<ins>`` around what only the second has."""
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or matcher.ratio() < ALIKE:
        return Markup("").join([before]), Markup("").join([after])
    left, right = [], []
    for kind, a, b, c, d in matcher.get_opcodes():
        first, second = "".join(old[a:b]), "".join(new[c:d])
        left.append(Markup("").join([first]) if kind == "equal" else _tagged("del", first, lang))
        right.append(Markup("").join([second]) if kind == "equal" else _tagged("ins", second, lang))
    return Markup("").join(left), Markup("").join(right)


def _words(text: str) -> list[str]:
    """Words with the white space that follows them, so that joined they are the text again."""
    return re.findall(r"\S+\s*|\s+", text)


def _tagged(tag: str, text: str, lang: Lang) -> Markup:
    if not text:
        return Markup("")
    said = word("only_before" if tag == "del" else "only_after", lang)
    ends = word("end_mark", lang)
    return Markup('<{0}><span class="visually-hidden">[{1} </span>{2}<span class="visually-hidden">{3}]</span></{0}>').format(
        Markup(tag), said, text, ends
    )  # fmt: skip
