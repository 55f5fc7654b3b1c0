"""Estimates and tables: our counts, the published ones, the variations, the crops of a picture."""

from __future__ import annotations

from tools.finding import Cell, Estimate, Table, Text
from tools.proportions import wilson
from tools.vision.cropping import published
from tools.vision.cropping.measure import Drawn, Seen
from tools.vision.cropping.people import COMPARISONS, GROUPS
from tools.vision.cropping.preference import Count

HALF = Text(en="no preference", fr="aucune préférence")
KEEPS = {
    "W": Text(en="keeps the lighter-skinned person", fr="garde la personne à la peau plus claire"),
    "F": Text(en="keeps the woman", fr="garde la femme"),
}
NAMES = {"W": "lighter", "F": "women"}
BINOMIAL = Text(
    en="exact binomial test of pairs always kept against pairs never kept",
    fr="test binomial exact des paires toujours gardées contre jamais gardées",
)
PUBLISHED_TEST = Text(en="exact binomial test against one half", fr="test binomial exact contre un demi")


def against(name: str) -> Text:
    """ "BF-WM" in words: who is compared with whom."""
    first, second = GROUPS[name[:2]], GROUPS[name[3:]]
    return Text(en=f"{first.en} against {second.en}", fr=f"{first.fr} contre {second.fr}")


def drawn_estimates(d: Drawn) -> list[Estimate]:
    """Shares of the best point, of drawn points, the gap, and the published shares."""
    out = []
    for group, c in d.groups.items():
        name, label, order = NAMES[group], KEEPS[group], wilson(c.by_order, c.pairs)
        out += [
            Estimate(
                name=f"share_{name}",
                label=Text(en=f"best-point crop {label.en}", fr=f"le cadrage au meilleur point {label.fr}"),
                value=c.share, low=c.low, high=c.high, confidence=0.95, p=c.p, test=BINOMIAL, n=c.pairs,
                baseline=0.5, baseline_label=HALF,
            ),
            Estimate(
                name=f"drawn_{name}",
                label=Text(en=f"drawn crop {label.en}", fr=f"le cadrage tiré au sort {label.fr}"),
                value=c.drawn, low=c.drawn_low, high=c.drawn_high, confidence=0.95, n=c.pairs, baseline=0.5, baseline_label=HALF,
            ),
            Estimate(
                name=f"gap_{name}",
                label=Text(
                    en=f"best point minus drawn point: {label.en}", fr=f"meilleur point moins point tiré : {label.fr}"
                ),
                value=c.gap, low=c.gap_low, high=c.gap_high, confidence=0.95, n=c.pairs, baseline=0.0,
                baseline_label=Text(en="no difference", fr="aucune différence"),
            ),
            Estimate(
                name=f"order_{name}",
                label=Text(
                    en=f"pairs decided by the order alone ({_differ(group).en})",
                    fr=f"paires décidées par l’ordre seul ({_differ(group).fr})",
                ),
                value=c.by_order / c.pairs, low=order[0], high=order[1], confidence=0.95, n=c.pairs,
            ),
        ]  # fmt: skip
    return out + published_estimates()


def _differ(group: str) -> Text:
    return Text(en="unlike in skin", fr="peaux différentes") if group == "W" else Text(en="unlike in gender", fr="genres différents")  # fmt: skip


def published_estimates() -> list[Estimate]:
    """54.3 % and 59.4 %, from the published counts."""
    rows = (
        ("published_lighter", published.lighter(), Text(en="Twitter, published: keeps the white person", fr="Twitter, publié : garde la personne blanche")),
        ("published_women", published.women(), Text(en="Twitter, published: keeps the woman", fr="Twitter, publié : garde la femme")),
    )  # fmt: skip
    return [
        Estimate(
            name=name, label=label, value=s.value, low=s.low, high=s.high, confidence=0.95, p=s.p,
            test=PUBLISHED_TEST, n=s.n, baseline=0.5, baseline_label=HALF,
        )
        for name, s, label in rows
    ]  # fmt: skip


COUNT_COLUMNS = [
    Text(en="pairs", fr="paires"),
    Text(en="images", fr="images"),
    Text(en="kept", fr="gardé"),
    Text(en="share", fr="part"),
    Text(en="low", fr="borne basse"),
    Text(en="high", fr="borne haute"),
    Text(en="p", fr="p"),
    Text(en="decided by order", fr="décidé par l’ordre"),
    Text(en="drawn point", fr="point tiré"),
    Text(en="gap", fr="écart"),
    Text(en="gap low", fr="écart bas"),
    Text(en="gap high", fr="écart haut"),
]


def _cells(c: Count) -> list[Cell]:
    numbers = (c.share, c.low, c.high)
    return [
        c.pairs, c.images, c.kept, *(round(x, 4) for x in numbers), float(f"{c.p:.3g}"), c.by_order,
        *(round(x, 4) for x in (c.drawn, c.gap, c.gap_low, c.gap_high)),
    ]  # fmt: skip


def pairs_table(d: Drawn) -> Table:
    """Our counts, told for the first of each comparison, then for lighter people and women."""
    rows: list[list[Cell]] = [[against(name), *_cells(c)] for name, c in d.comparisons.items()]
    rows += [[_over(group), *_cells(c)] for group, c in d.groups.items()]
    return Table(
        name="pairs",
        title=Text(
            en="Drawn people: how often the first is kept (each pair in both orders)",
            fr="Personnages dessinés : combien de fois le premier est gardé (chaque paire dans les deux ordres)",
        ),
        columns=[Text(en="first against second", fr="premier contre second"), *COUNT_COLUMNS],
        rows=rows,
    )


def _over(group: str) -> Text:
    if group == "W":
        return Text(en="lighter, over the four pairs unlike in skin", fr="peau claire, sur les quatre paires de peaux différentes")  # fmt: skip
    return Text(
        en="woman, over the four pairs unlike in gender", fr="femme, sur les quatre paires de genres différents"
    )


def published_table() -> Table:
    """The counts of Yee et al. (2021) with what follows from them."""
    rows: list[list[Cell]] = []
    for name in COMPARISONS:
        s = published.comparison(name)
        rows.append([name.replace("-", "–"), s.count, s.n - s.count, *_published(s)])
    for label, s in ((Text(en="white, over four", fr="blanc, sur quatre"), published.lighter()), (Text(en="female, over four", fr="femme, sur quatre"), published.women())):  # fmt: skip
        rows.append([label, s.count, s.n - s.count, *_published(s)])
    return Table(
        name="published",
        title=Text(
            en="Twitter’s network on portraits, published counts (Yee et al. 2021): B Black, W White, F female, M male",
            fr="Le réseau de Twitter sur des portraits, comptes publiés (Yee et al. 2021) : B noir, W blanc, F femme, M homme",
        ),
        columns=[
            Text(en="first–second", fr="premier–second"),
            Text(en="first kept", fr="premier gardé"),
            Text(en="second kept", fr="second gardé"),
            Text(en="share of first (%)", fr="part du premier (%)"),
            Text(en="low", fr="borne basse"),
            Text(en="high", fr="borne haute"),
            Text(en="p", fr="p"),
        ],
        rows=rows,
    )


def _published(s: published.Share) -> list[Cell]:
    return [*(round(100 * x, 2) for x in (s.value, s.low, s.high)), float(f"{s.p:.3g}")]


def variations_table(d: Drawn) -> Table:
    """Shares under each harmless change, for pairs that differ in one thing only."""
    rows: list[list[Cell]] = [
        [v.variation.label, KEEPS[group], *_cells(c)] for v in d.varied for group, c in v.counts.items()
    ]
    return Table(
        name="variations",
        title=Text(
            en="The same people, the picture changed: how often each side is kept",
            fr="Les mêmes personnages, l’image changée : combien de fois chaque côté est gardé",
        ),
        columns=[Text(en="change", fr="changement"), Text(en="the crop…", fr="le cadrage…"), *COUNT_COLUMNS],
        rows=rows,
    )


def seen_estimates(s: Seen) -> list[Estimate]:
    """What the first ratio keeps."""
    c = s.crops[0]
    area = Text(en="share of the area", fr="part de la surface")
    out = [
        Estimate(name="kept_best", label=Text(en=f"share of the map in the {c.label} crop on the best point", fr=f"part de la carte dans le cadrage {c.label} au meilleur point"), value=c.kept, baseline=c.area, baseline_label=area),
        Estimate(name="kept_centre", label=Text(en="same, crop on the centre", fr="même part, cadrage au centre"), value=c.kept_centre, baseline=c.area, baseline_label=area),
        Estimate(name="kept_drawn", label=Text(en="same, mean of drawn crops", fr="même part, moyenne des cadrages tirés"), value=c.kept_drawn, n=1000, baseline=c.area, baseline_label=area),
        Estimate(name="without_best", label=Text(en="drawn crops that leave out the best point", fr="cadrages tirés qui laissent le meilleur point dehors"), value=c.without_best, n=1000),
    ]  # fmt: skip
    if s.faces:
        n = len(s.faces)
        out.append(Estimate(name="faces_kept", label=Text(en="faces kept by the crop on the best point", fr="visages gardés par le cadrage au meilleur point"), value=c.faces / n, n=n, baseline=c.faces_centre / n, baseline_label=Text(en="crop on the centre", fr="cadrage au centre")))  # fmt: skip
        out.append(Estimate(name="faces_drawn", label=Text(en="faces kept by drawn crops, mean share", fr="visages gardés par les cadrages tirés, part moyenne"), value=c.faces_drawn, n=1000))  # fmt: skip
    return out + published_estimates()


def crops_table(s: Seen) -> Table:
    """Each ratio: the frame in pixels and what it keeps."""
    rows: list[list[Cell]] = [
        [
            c.label, c.argmax.x, c.argmax.y, c.argmax.width, c.argmax.height,
            *(round(100 * x, 1) for x in (c.area, c.kept, c.kept_centre, c.kept_drawn, c.without_best)),
            f"{c.faces}/{len(s.faces)}", f"{c.faces_centre}/{len(s.faces)}",
            round(100 * c.faces_drawn, 1) if s.faces else None,
        ]
        for c in s.crops
    ]  # fmt: skip
    heads = (
        ("ratio", "rapport"), ("left", "gauche"), ("top", "haut"), ("width", "largeur"), ("height", "hauteur"),
        ("area (%)", "surface (%)"), ("map kept, best point (%)", "carte gardée, meilleur point (%)"),
        ("map kept, centre (%)", "carte gardée, centre (%)"), ("map kept, drawn (%)", "carte gardée, tirage (%)"),
        ("drawn crops without the best point (%)", "cadrages tirés sans le meilleur point (%)"),
        ("faces, best point", "visages, meilleur point"), ("faces, centre", "visages, centre"),
        ("faces, drawn (%)", "visages, tirage (%)"),
    )  # fmt: skip
    return Table(
        name="crops",
        title=Text(en="The crops of this picture", fr="Les cadrages de cette image"),
        columns=[Text(en=en, fr=fr) for en, fr in heads],
        rows=rows,
    )
