"""What kind of answer a question expects (a number, a date, a sum, a name), and how much of it a text holds.

The oldest trick of question answering (Li and Roth 2002), by the words of the question.
"""

from __future__ import annotations

import re

from knowledge.terms import fold

EXPECTS = (
    re.compile(r"how (many|much|often|big|large)|percent|combien|pourcentage|quelle (proportion|part)|\btaux\b|by how"),
    re.compile(r"\bwhen\b|what (date|year)|which year|\bquand\b|quelle (date|annee)|depuis (quand|combien)"),
    re.compile(
        r"\b(pay|pays|paid|payer|paye|payes|fine|amende|cost|costs|cout|coute|money|refund|indemnis\w*|touche)\b"
    ),
    re.compile(
        r"\bwho\b|\bqui\b(?! est-ce)|s['’]appel|name of|which (bank|company|authority)|quelle? (banque|entreprise)"
    ),
)  # a number, a date, a sum of money, a name
_NUMBERS = re.compile(r"\d+")
_YEAR = re.compile(r"\b(19|20)\d\d\b")
_MONEY = re.compile(r"[€$£]|\beuros?\b|\bdollars?\b|\bmillions?\b")
_NAME = re.compile(r"(?<=[\wé,;] )[A-ZÀ-Ý][\w.-]+")


def expects(question: str) -> list[float]:
    """1 or 0 for each kind of answer."""
    said = fold(question)
    return [float(pattern.search(said) is not None) for pattern in EXPECTS]


def holds(text: str) -> list[float]:
    """How much of each kind a text holds, from 0 to 1: full for a number in five words, a name in eight."""
    words = max(20, len(text.split()))
    return [
        min(5 * len(_NUMBERS.findall(text)) / words, 1.0),
        float(_YEAR.search(text) is not None),
        float(_MONEY.search(text) is not None),
        min(8 * len(_NAME.findall(text)) / words, 1.0),
    ]
