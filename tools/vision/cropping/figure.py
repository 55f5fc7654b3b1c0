"""Pictures with their frames: the tall picture of two people, and the crops of one picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.figures import INK, OCHRE, PAPER, TEAL, drawing, png
from tools.finding import Figure, Lang, Text, both
from tools.numbers import percent
from tools.vision.cropping.crops import Frame
from tools.vision.cropping.measure import Crops, Drawn, Seen
from tools.vision.cropping.people import GROUPS
from tools.vision.cropping.text import place

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 7.2  # inches of every figure


def seed_words(seed: int, lang: Lang) -> str:
    """The seed, for a subtitle."""
    return f"seed {seed}" if lang == "en" else f"graine {seed}"


METHOD = {
    "spectral": Text(en="spectral saliency", fr="saillance spectrale"),
    "fine": Text(en="fine-grained saliency", fr="saillance fine"),
}


def lesson_figure(d: Drawn, seed: int, lang: Lang) -> Figure:
    """Two people far apart: as it is, swapped, on another background; each with its map."""
    ratio, method = d.lesson[0].crops[0].label, METHOD[d.kind].get(lang)
    subtitle = (
        f"simulation, an example among the pairs · teal: {ratio} crop · ochre: drawn points · {method} · {seed_words(seed, lang)}"
        if lang == "en"
        else f"simulation, un exemple parmi les paires · bleu-vert : cadrage {ratio} · ocre : tirages · {method} · {seed_words(seed, lang)}"
    )
    across, down = d.lesson[0].size
    wide = 0.152
    tall = WIDTH * wide * down / across
    with drawing(_lesson_title(d, lang), subtitle, WIDTH, tall + 0.55) as (figure, axes):
        axes.remove()
        full = figure.get_figheight()
        for column, (seen, label) in enumerate(zip(d.lesson, lesson_labels(d), strict=True)):
            left = 0.02 + column * 0.33
            figure.text(left + wide + 0.004, (tall + 0.13) / full, label.get(lang), ha="center", fontsize=10)
            shown = figure.add_axes((left, 0.06 / full, wide, tall / full))
            heat = figure.add_axes((left + wide + 0.008, 0.06 / full, wide, tall / full))
            draw_frames(shown, seen, seen.crops[0])
            draw_map(heat, seen)
        return png(figure, "tall_picture", both(_lesson_alt, d), lang)


def lesson_labels(d: Drawn) -> list[Text]:
    """What each of the three pictures is."""
    other = Text(en="white background", fr="fond blanc") if d.background == "black" else Text(en="black background", fr="fond noir")  # fmt: skip
    return [Text(en="as it is", fr="telle quelle"), Text(en="the two swapped", fr="les deux échangés"), other]


def kept(d: Drawn, column: int) -> str:
    """The group ("WF") that the best point keeps in one of the three pictures."""
    seen = d.lesson[column]
    upper = seen.best[1] < seen.size[1] / 2
    first, second = lesson_groups(d)
    return first if upper != (column == 1) else second


def lesson_groups(d: Drawn) -> tuple[str, str]:
    """Who stands above and below in the first picture."""
    return ("WF", "WM") if d.asked == "gender" else ("BF", "WF")


def _lesson_title(d: Drawn, lang: Lang) -> str:
    one, two, three = (kept(d, column) for column in range(3))
    if lang == "en":
        swap = "swap them, and it keeps the other" if one != two else "swapping them changes nothing"
        ground = "another background changes who stays" if one != three else "another background changes nothing"
        return f"The best point keeps the {GROUPS[one].en}; {swap}; {ground}"
    swap = "échangez-les, il garde l’autre" if one != two else "les échanger ne change rien"
    ground = "un autre fond change qui reste" if one != three else "un autre fond ne change rien"
    return f"Le meilleur point garde la {GROUPS[one].fr}\u202f; {swap}\u202f; {ground}".replace("la homme", "l’homme")


def _lesson_alt(d: Drawn, lang: Lang) -> str:
    """Each picture: who stands where, where the best point and the drawn crops go."""
    first, second = lesson_groups(d)
    parts = []
    for column, (seen, label) in enumerate(zip(d.lesson, lesson_labels(d), strict=True)):
        above, below = (second, first) if column == 1 else (first, second)
        share = float(seen.saliency[: seen.size[1] // 2].sum())
        depth = percent(seen.best[1] / seen.size[1], lang)
        if lang == "en":
            parts.append(
                f"{label.en.capitalize()}: the {GROUPS[above].en} above, the {GROUPS[below].en} below; the upper half holds {percent(share, lang)} "
                f"of the saliency; the best point is {depth} of the way down, so the crop keeps the {GROUPS[kept(d, column)].en}"
            )
        else:
            parts.append(
                f"{label.fr.capitalize()} : en haut {GROUPS[above].fr}, en bas {GROUPS[below].fr} ; la moitié haute contient {percent(share, lang)} "
                f"de la saillance ; le meilleur point est à {depth} de la hauteur depuis le haut ; le cadrage garde : {GROUPS[kept(d, column)].fr}"
            )
    if lang == "en":
        return (
            "Three tall pictures of two drawn singers far apart, an example among the pairs, each beside its saliency map. "
            + ". ".join(parts)
            + "."
        )
    return "Trois images hautes de deux personnes dessinées qui chantent, loin l’une de l’autre (un exemple parmi les paires), chaque image à côté de sa carte de saillance. " + ". ".join(parts) + "."  # fmt: skip


def draw_frames(axes: Axes, seen: Seen, crops: Crops) -> None:
    """The picture, veiled outside the best-point crop, with drawn crops, faces and the point."""
    axes.imshow(seen.pixels)
    width, height = seen.size
    f = crops.argmax
    for x, y, across, down in (
        (0, 0, width, f.y), (0, f.y + f.height, width, height - f.y - f.height),
        (0, f.y, f.x, f.height), (f.x + f.width, f.y, width - f.x - f.width, f.height),
    ):  # fmt: skip
        axes.add_patch(_box(Frame(x, y, across, down), facecolor=FAINT_VEIL, alpha=0.55, linewidth=0))
    for frame in crops.drawn:
        axes.add_patch(_box(frame, fill=False, edgecolor=OCHRE, linewidth=1.1, linestyle=(0, (4, 2))))
    axes.add_patch(_box(f, fill=False, edgecolor=TEAL, linewidth=3))
    for face in seen.faces:
        axes.plot([face[0]], [face[1]], "s", mfc="none", mec=PAPER, markersize=13, markeredgewidth=2.6)
        axes.plot([face[0]], [face[1]], "s", mfc="none", mec=INK, markersize=13, markeredgewidth=1.0)
    _point(axes, seen)
    _bare(axes, seen)


FAINT_VEIL = "#8a867d"


def draw_map(axes: Axes, seen: Seen) -> None:
    """The map in cividis, with drawn points and the best one."""
    axes.imshow(seen.saliency, cmap="cividis", vmin=0)
    axes.plot(*zip(*seen.points, strict=True), "o", color=OCHRE, mec=PAPER, markersize=3.6, markeredgewidth=0.7)
    _point(axes, seen)
    _bare(axes, seen)


def _point(axes: Axes, seen: Seen) -> None:
    axes.plot([seen.best[0]], [seen.best[1]], "+", color=PAPER, markersize=14, markeredgewidth=4)
    axes.plot([seen.best[0]], [seen.best[1]], "+", color=INK, markersize=13, markeredgewidth=1.8)


def _bare(axes: Axes, seen: Seen) -> None:
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlim(-0.5, seen.size[0] - 0.5)
    axes.set_ylim(seen.size[1] - 0.5, -0.5)
    for spine in axes.spines.values():
        spine.set_visible(True)
        spine.set_color(FAINT_VEIL)
        spine.set_linewidth(0.8)


def _box(frame: Frame, **style: object):  # type: ignore[no-untyped-def]
    from matplotlib.patches import Rectangle

    return Rectangle((frame.x - 0.5, frame.y - 0.5), frame.width, frame.height, **style)  # type: ignore[arg-type]


def crops_figure(s: Seen, name: str, shows: Text, kind: str, seed: int, lang: Lang) -> Figure:
    """The map, then the picture with its frames at each ratio."""
    panels = 1 + len(s.crops)
    wide = 0.96 / panels
    high = min(WIDTH * (wide - 0.015) * s.size[1] / s.size[0], 5.0)
    note = "□ face · " if s.faces and lang == "en" else "□ visage · " if s.faces else ""
    subtitle = (
        f"{name} · teal: crop on the best point (+) · ochre: drawn points · {note}{METHOD[kind].en} · {seed_words(seed, lang)}"
        if lang == "en"
        else f"{name} · bleu-vert : cadrage au meilleur point (+) · ocre : tirages · {note}{METHOD[kind].fr} · {seed_words(seed, lang)}"
    )
    with drawing(_crops_title(s, lang), subtitle, WIDTH, high + 0.35) as (figure, axes):
        axes.remove()
        full = figure.get_figheight()
        labels = [Text(en="saliency map", fr="carte de saillance")] + [
            Text(en=f"{c.label}: keeps {percent(c.kept, 'en')}", fr=f"{c.label} : garde {percent(c.kept, 'fr')}") for c in s.crops
        ]  # fmt: skip
        for column, label in enumerate(labels):
            left = 0.02 + column * wide
            panel = figure.add_axes((left, 0.06 / full, wide - 0.015, high / full))
            if column:
                draw_frames(panel, s, s.crops[column - 1])
            else:
                draw_map(panel, s)
            panel.set_title(label.get(lang), fontsize=10, pad=4)
        return png(figure, "crops", both(_crops_alt, s, shows), lang)


def _crops_title(s: Seen, lang: Lang) -> str:
    c, n = s.crops[0], len(s.faces)
    where = place(s.best[0] / s.size[0], s.best[1] / s.size[1], lang)
    if lang == "en":
        lost = f", and keeps {c.faces} of {n} faces" if n > 1 else ""
        lost = (", and the face stays" if c.faces else ", and the face is cut out") if n == 1 else lost
        return f"The most salient point lies {where}: the {c.label} crop goes there{lost}"
    lost = f" et garde {c.faces} visage{'s' if c.faces > 1 else ''} sur {n}" if n > 1 else ""
    lost = (", et le visage reste" if c.faces else ", et le visage est coupé") if n == 1 else lost
    return f"Le point le plus saillant est {where}\u202f: le cadrage {c.label} y va{lost}"


def _crops_alt(s: Seen, shows: Text, lang: Lang) -> str:
    """The map by thirds, then each crop: where it lies and what it keeps."""
    width, height = s.size
    thirds = [float(s.saliency[round(i * height / 3) : round((i + 1) * height / 3)].sum()) for i in range(3)]
    shares = [percent(t, lang) for t in thirds]
    where = place(s.best[0] / width, s.best[1] / height, lang)
    parts = []
    for c in s.crops:
        f = c.argmax
        x0, x1 = percent(f.x / width, lang), percent((f.x + f.width) / width, lang)
        y0, y1 = percent(f.y / height, lang), percent((f.y + f.height) / height, lang)
        if lang == "en":
            faces = f"; faces inside: {c.faces} of {len(s.faces)} (centre crop: {c.faces_centre})" if s.faces else ""
            parts.append(
                f"The {c.label} crop on it spans {x0} to {x1} of the width and {y0} to {y1} of the height, and keeps "
                f"{percent(c.kept, lang)} of the saliency (centre crop: {percent(c.kept_centre, lang)}){faces}."
            )
        else:
            faces = (
                f" ; visages dedans : {c.faces} sur {len(s.faces)} (cadrage au centre : {c.faces_centre})"
                if s.faces
                else ""
            )
            parts.append(
                f"Le cadrage {c.label} sur ce point va de {x0} à {x1} de la largeur et de {y0} à {y1} de la hauteur, et garde "
                f"{percent(c.kept, lang)} de la saillance (cadrage au centre : {percent(c.kept_centre, lang)}){faces}."
            )
    if lang == "en":
        start = f"The saliency map and the crops of a picture: {shows.en}. The top third holds {shares[0]} of the saliency, the middle {shares[1]}, the bottom {shares[2]}; the most salient point lies {where}."
    else:
        start = f"La carte de saillance et les cadrages d’une image : {shows.fr}. Le tiers du haut contient {shares[0]} de la saillance, celui du milieu {shares[1]}, celui du bas {shares[2]} ; le point le plus saillant est {where}."
    return " ".join((start, *parts))
