"""Drawn people that differ in one thing: woman or man, lighter or darker skin, thirty looks."""

from __future__ import annotations

from dataclasses import dataclass

from tools.finding import Text

# Skin-tone code points. The two extremes (place 0) are drawn with dark hair both; between the two next to them
# (place 1) the hair goes from blond to dark brown as well.
LIGHTER = ("1F3FB", "1F3FC")
DARKER = ("1F3FF", "1F3FE")

ROLES = {  # what joins the woman (1F469) or the man (1F468): look → the rest of the sequence
    "plain": "",
    "red hair": "1F9B0",
    "curly hair": "1F9B1",
    "bald": "1F9B2",
    "white hair": "1F9B3",
    "health worker": "2695-FE0F",
    "student": "1F393",
    "teacher": "1F3EB",
    "judge": "2696-FE0F",
    "farmer": "1F33E",
    "cook": "1F373",
    "mechanic": "1F527",
    "factory worker": "1F3ED",
    "office worker": "1F4BC",
    "scientist": "1F52C",
    "programmer": "1F4BB",
    "singer": "1F3A4",
    "artist": "1F3A8",
    "pilot": "2708-FE0F",
    "astronaut": "1F680",
    "firefighter": "1F692",
}
SIGNED = {  # drawn as a person, with a sign for woman (2640) or man (2642)
    "police officer": "1F46E",
    "construction worker": "1F477",
    "guard": "1F482",
    "detective": "1F575",
    "turban": "1F473",
    "blond hair": "1F471",
    "beard": "1F9D4",
    "tuxedo": "1F935",
    "veil": "1F470",
}
LOOKS = (*ROLES, *SIGNED, "older")

COMPARISONS = ("BF-BM", "BF-WF", "BF-WM", "BM-WF", "BM-WM", "WF-WM")  # the six of Yee et al. (2021), in their order
SKIN = ("BF-WF", "BF-WM", "BM-WF", "BM-WM")
GENDER = ("BF-BM", "BF-WM", "BM-WF", "WF-WM")
SETS = {"both": COMPARISONS, "skin": SKIN, "gender": GENDER}

GROUPS = {
    "BF": Text(en="darker woman", fr="femme à la peau foncée"),
    "BM": Text(en="darker man", fr="homme à la peau foncée"),
    "WF": Text(en="lighter woman", fr="femme à la peau claire"),
    "WM": Text(en="lighter man", fr="homme à la peau claire"),
}


@dataclass(frozen=True)
class Pair:
    """Two drawn people of the same look, first and second in the order of the published comparison."""

    comparison: str
    look: str
    first: str
    second: str


def code(group: str, look: str, tone: int) -> str:
    """The code point sequence of one drawn person ("1F469-1F3FF-200D-1F52C")."""
    woman, skin = group[1] == "F", (DARKER if group[0] == "B" else LIGHTER)[tone]
    if look == "older":
        return f"{'1F475' if woman else '1F474'}-{skin}"
    if look in SIGNED:
        return f"{SIGNED[look]}-{skin}-200D-{'2640' if woman else '2642'}-FE0F"
    rest = ROLES[look]
    return f"{'1F469' if woman else '1F468'}-{skin}" + (f"-200D-{rest}" if rest else "")


def pairs(comparisons: tuple[str, ...], tone: int = 0) -> list[Pair]:
    """Every look in every comparison."""
    return [
        Pair(name, look, code(name[:2], look, tone), code(name[3:], look, tone))
        for name in comparisons
        for look in LOOKS
    ]
