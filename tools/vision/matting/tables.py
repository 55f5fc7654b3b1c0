"""The estimates and the tables of ``background_matting``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Cell, Estimate, Table, Text, both
from tools.vision.matting.drawn import TONES as CODES
from tools.vision.matting.factors import FACTORIAL
from tools.vision.matting.measure import FRAMINGS
from tools.vision.matting.text import FACTORS, TONES, VIEWS, changes, level

if TYPE_CHECKING:
    from tools.vision.matting.drawn import Drawn
    from tools.vision.matting.measure import Measured

CONFIDENCE = 0.95
WHOLE = Text(en="the whole head", fr="toute la tête")
NO_CHANGE = Text(en="no change", fr="aucun changement")
NO_GAP = Text(en="no difference between the tones", fr="aucune différence entre les teintes")
FLIP = Text(
    en="exact sign-flip test over the drawings, two-sided",
    fr="test exact par changement de signe sur les dessins, bilatéral",
)
LOW, HIGH = Text(en="Low (95%)", fr="Bas (95 %)"), Text(en="High", fr="Haut")


def estimates(m: Measured, d: Drawn) -> list[Estimate]:
    """The head as taken, its change in the light, the share of each factor, the worst found, the drawn people."""
    return [*_heads(m), *_shares(m), *_drawn(d)]


def _heads(m: Measured) -> list[Estimate]:
    first, n = m.repeated["original"].kept, FRAMINGS
    found = [
        Estimate(
            name="head_kept", label=Text(en="Share of the head kept, light unchanged", fr="Part de la tête conservée, lumière inchangée"),
            value=first[0], low=first[1], high=first[2], confidence=CONFIDENCE, n=n, baseline=1,
            baseline_label=WHOLE,
        ),
        Estimate(
            name="iou", label=Text(en="IoU of the whole person, as taken", fr="IoU de toute la personne, image telle quelle"),
            value=m.views["original"].score.iou, n=1, baseline=1, baseline_label=Text(en="the two masks agree", fr="les deux masques s’accordent"),
        ),
    ]  # fmt: skip
    for name in ("darkened", "backlit", "worst"):
        what = VIEWS[name]
        label = Text(en=f"Change of the share kept, {what.en}", fr=f"Changement de la part conservée, {what.fr}")
        change, low, high = m.repeated[name].change
        found.append(
            Estimate(
                name=f"change_{name}", label=label, value=change, low=low, high=high, confidence=CONFIDENCE, n=n, baseline=0,
                baseline_label=NO_CHANGE,
            )
        )  # fmt: skip
    return found


def _shares(m: Measured) -> list[Estimate]:
    found = []
    for name, share in zip(FACTORIAL, m.shares or [], strict=False):
        label = Text(
            en=f"Share of the differences explained by {FACTORS[name].en} alone",
            fr=f"Part des différences expliquée par « {FACTORS[name].fr} » seul",
        )
        found.append(
            Estimate(
                name=f"share_{name}", label=label, value=share.alone, low=share.low, high=share.high, confidence=CONFIDENCE,
                n=m.takes.size, baseline=0, baseline_label=Text(en="explains nothing", fr="n’explique rien"),
            )
        )  # fmt: skip
    change, low, high = m.dark_head
    label = Text(
        en="Change of the share kept with the head alone 4 stops darker, over the factorial",
        fr="Changement de la part conservée, tête seule assombrie de 4 IL, sur le plan factoriel",
    )
    found.append(
        Estimate(
            name="dark_head", label=label, value=change, low=low, high=high, confidence=CONFIDENCE, n=m.takes.size, baseline=0,
            baseline_label=NO_CHANGE,
        )
    )  # fmt: skip
    return found


def _drawn(d: Drawn) -> list[Estimate]:
    labels = {
        "as_drawn": Text(en="Drawn people: darkest minus lightest skin kept, as drawn", fr="Personnes dessinées : peau foncée moins peau claire conservée, dessins tels quels"),
        "skin_only": Text(en="Drawn people: darkest minus lightest skin kept, skin alone changed", fr="Personnes dessinées : peau foncée moins peau claire conservée, seule la peau change"),
    }  # fmt: skip
    return [
        Estimate(
            name=f"drawn_{way}", label=label, value=d.difference[way][0], low=d.difference[way][1], high=d.difference[way][2],
            confidence=CONFIDENCE, p=d.p[way], test=FLIP, n=len(d.as_drawn), baseline=0, baseline_label=NO_GAP,
        )
        for way, label in labels.items()
    ]  # fmt: skip


def single_table(m: Measured) -> Table:
    """Every level of every factor, then the scenes of the figure."""
    rows: list[list[Cell]] = [
        [FACTORS[p.factor], both(level, p.factor, p.level), p.score.head, p.score.iou] for p in m.points
    ]
    for name, view in m.views.items():
        told = both(changes, view.scene) if name == "worst" else Text(en="", fr="")
        rows.append([VIEWS[name], told, view.score.head, view.score.iou])
    columns = [
        Text(en="Change (simulated)", fr="Changement (simulé)"), Text(en="Level", fr="Niveau"),
        Text(en="Head kept", fr="Tête conservée"), Text(en="IoU of the person", fr="IoU de la personne"),
    ]  # fmt: skip
    title = Text(
        en="One change at a time, and the scenes of the figure",
        fr="Un changement à la fois, et les scènes de la figure",
    )
    return Table(name="changes", title=title, columns=columns, rows=rows)


def shares_table(m: Measured) -> Table:
    """The shares of the variance, alone and with interactions."""
    rows: list[list[Cell]] = [
        [FACTORS[name], s.alone, s.low, s.high, s.total, s.total_low, s.total_high]
        for name, s in zip(FACTORIAL, m.shares or [], strict=False)
    ]
    columns = [
        Text(en="Factor", fr="Facteur"), Text(en="Alone", fr="Seul"), LOW, HIGH,
        Text(en="With interactions", fr="Avec interactions"), LOW, HIGH,
    ]  # fmt: skip
    title = Text(
        en="Share of the differences that each factor explains", fr="Part des différences qu’explique chaque facteur"
    )
    return Table(name="shares", title=title, columns=columns, rows=rows)


def tones_table(d: Drawn) -> Table:
    """Share of the skin kept in the drawings, by tone."""
    rows: list[list[Cell]] = [
        [TONES[k], CODES[k] or "–", *d.tones["as_drawn"][k], *d.tones["skin_only"][k]] for k in range(len(TONES))
    ]
    columns = [
        Text(en="Skin of the drawing", fr="Peau du dessin"), Text(en="Unicode", fr="Unicode"),
        Text(en="Kept, as drawn", fr="Conservée, dessins tels quels"), LOW, HIGH,
        Text(en="Kept, skin alone changed", fr="Conservée, seule la peau change"), LOW, HIGH,
    ]  # fmt: skip
    title = Text(
        en="Drawn people: share of the skin kept, by tone",
        fr="Personnes dessinées : part de la peau conservée, par teinte",
    )
    return Table(name="tones", title=title, columns=columns, rows=rows)
