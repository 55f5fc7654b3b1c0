"""What the lesson ``leakage`` shows: what each test announced beside what came true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tools.fairness.learning import leakage, words
from tools.fairness.learning.task import prepare
from tools.fairness.learning.words import Wanted, capital, pick, the, whole
from tools.figures import FAINT, INK, OCHRE, TEAL, drawing, svg
from tools.finding import Estimate, Figure, Lang, Table, Text, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.learning.leakage import Leakage, Way
    from tools.specimens.tabular import Dataset
    from tools.tool import Run

CAP, SPLITS = 1200, 8

LABELS = {
    "honest": Text(en="done right", fr="bien fait"),
    "scaler": Text(en="scaled on all rows", fr="échelle prise sur tout"),
    "duplicates": Text(en="rows twice in the file", fr="lignes en double"),
    "selection": Text(en="pure noise, best columns kept", fr="pur hasard, colonnes choisies"),
    "future": Text(en="a column from the future", fr="une colonne du futur"),
}
MEANING = {
    "honest": Text(en="split first, then everything learnt on the training rows", fr="partage d’abord, puis tout est appris sur les lignes d’entraînement"),
    "scaler": Text(en="gaps, scale and categories computed before the split", fr="trous, échelle et catégories calculés avant le partage"),
    "duplicates": Text(en="40% of the rows stand twice, and a copy can fall on the other side", fr="40 % des lignes sont en double, et une copie peut tomber de l’autre côté"),
    "selection": Text(en="30 of 4,000 columns of random numbers, chosen for their link with the answer on all rows, in a linear model", fr="30 colonnes de nombres au hasard sur 4 000, choisies pour leur lien avec la réponse sur toutes les lignes, dans un modèle linéaire"),
    "future": Text(en="a note written after the answer, empty on the day of the decision", fr="une note écrite après la réponse, vide le jour de la décision"),
}  # fmt: skip


def page(run: Run, data: Dataset, wanted: Wanted) -> dict[str, Any]:
    """All parts of the finding."""
    task = prepare(data, run.rng, label=wanted.label, positive=wanted.positive, features=wanted.features, cap=CAP)
    m = leakage.measure(
        task, wanted.one("forest"), SPLITS, run.seed, run.rng,
        lambda way, done, total: run.progress(f"Testing: {LABELS[way].en}", f"Test : {LABELS[way].fr}", done, total),
    )  # fmt: skip
    return {
        "estimates": _estimates(m),
        "tables": [_table(m)],
        "figures": [_figure(m, run.seed, run.lang)],
        "summary": both(summary, m),
        "how_to_read": both(how_to_read, m),
        "limits": both(limits, m),
        "references": ["kapoor2023", "kaufman2012", "nadeau2003"],
    }


def _score(m: Leakage, value: float, lang: Lang) -> str:
    return number(value, lang) if m.task.kind == "number" else percent(value, lang, 1)


def _gap(m: Leakage, way: Way, lang: Lang, bounds: bool = True) -> str:
    """Announced minus true, in points (of R² when a number is predicted)."""
    scale, digits = (1.0, 2) if m.task.kind == "number" else (100.0, 1)
    value, low, high = (number(scale * part, lang, digits) for part in way.lie)
    unit = "" if m.task.kind == "number" else " points"
    return f"{value}{unit} ({low} {pick(lang, 'to', 'à')} {high})" if bounds else value + unit


def _estimates(m: Leakage) -> list[Estimate]:
    order = ("duplicates", "future", "selection", "scaler", "honest")
    ways = sorted(m.ways, key=lambda way: order.index(way.name))
    none = Text(en="a test that tells the truth", fr="un test qui dit vrai")
    return [
        words.estimate(f"lie_{way.name}", f"Announced minus true: {LABELS[way.name].en}", f"Annoncé moins vrai : {LABELS[way.name].fr}",
                       way.lie, m.splits, baseline=0.0, baseline_label=none)
        for way in ways
    ]  # fmt: skip


def _table(m: Leakage) -> Table:
    columns = [
        Text(en="how the test was made", fr="comment le test était fait"),
        Text(en="in detail", fr="en détail"),
        Text(en="announced", fr="annoncé"),
        Text(en="came true", fr="arrivé"),
        Text(en="difference (95% interval)", fr="différence (intervalle à 95 %)"),
    ]
    rows: list[list[Any]] = []
    for way in m.ways:
        told = [
            Text(en=_score(m, float(values.mean()), "en"), fr=_score(m, float(values.mean()), "fr"))
            for values in (way.announced, way.true)
        ]
        rows.append([LABELS[way.name], MEANING[way.name], *told, Text(en=_gap(m, way, "en"), fr=_gap(m, way, "fr"))])
    return Table(name="ways", title=Text(en="Announced and true", fr="Annoncé et vrai"), columns=columns, rows=rows)


def summary(m: Leakage, lang: Lang) -> str:
    """The worst leaks with their numbers, the one that changes nothing, and the honest one."""
    by = {way.name: way for way in m.ways}
    a, t = (
        {name: _score(m, float(getattr(way, side).mean()), lang) for name, way in by.items()}
        for side in ("announced", "true")
    )
    metric = pick(lang, "R²", "R²") if m.task.kind == "number" else pick(lang, "right answers", "réponses justes")
    small = abs(by["scaler"].lie[0] - by["honest"].lie[0]) < 0.02
    if lang == "en":
        scaler = (
            f"Scaling on all rows changes little here ({a['scaler']} announced, {t['scaler']} true): a fault all the same, which cost nothing this time"
            if small
            else f"Scaling on all rows announces {a['scaler']} for {t['scaler']}"
        )
        return (
            f"{capital(the(m.model, lang))} was tested {m.splits} times on {m.task.name} in five ways, and each time the same model then met {whole(m.parts[2], lang)} rows that nobody had touched ({metric}). "
            f"Done right, the test announced {a['honest']} and {t['honest']} came true. With rows that stand twice in the file it announced {a['duplicates']}, and {t['duplicates']} came true; "
            f"with a column written after the answer, {a['future']} and {t['future']}; with nothing but random numbers, the best of them chosen on all rows, {a['selection']} and {t['selection']}. {scaler}."
        )
    scaler = (
        f"L’échelle prise sur toutes les lignes change peu ici ({a['scaler']} annoncé, {t['scaler']} arrivé) : une faute pourtant, qui n’a rien coûté cette fois"
        if small
        else f"L’échelle prise sur toutes les lignes annonce {a['scaler']} pour {t['scaler']}"
    )
    return (
        f"{capital(the(m.model, lang))}, sur {m.task.name}, a passé {m.splits} tests de cinq façons ; chaque fois, le même modèle a ensuite rencontré {whole(m.parts[2], lang)} lignes que personne n’avait touchées ({metric}). "
        f"Bien fait, le test annonçait {a['honest']}, et {t['honest']} est arrivé. Avec des lignes en double dans le fichier, il annonçait {a['duplicates']}, pour {t['duplicates']} ; "
        f"avec une colonne écrite après la réponse, {a['future']} pour {t['future']} ; avec des nombres au hasard dont on garde les meilleurs d’après toutes les lignes, {a['selection']} pour {t['selection']}. {scaler}."
    )


def how_to_read(m: Leakage, lang: Lang) -> str:
    """The vault, the metric, the interval, each fault in a line."""
    ways = pick(lang, "; ", " ; ").join(
        f"{LABELS[w.name].get(lang)}{pick(lang, ': ', ' : ')}{MEANING[w.name].get(lang)}" for w in m.ways
    )
    train, test, vault = (whole(n, lang) for n in m.parts)
    if lang == "en":
        metric = (
            "R² = 1 − Σ(truth − answer)² / Σ(truth − mean)²"
            if m.task.kind == "number"
            else "right answers / all answers"
        )
        return (
            f"A third of the rows ({vault}) is locked away. On the rest, {train} rows teach and {test} test, in the way that is named: that score is announced. The same model then answers the locked rows: that is what came true. "
            f"Score = {metric}. The five ways: {ways}. The interval is that of Nadeau and Bengio 2003 for repeated splits of one table: s²(1/J + n_test/n_train), J = {m.splits}; plain s²/J would be too narrow, because the splits share rows. "
            "Leakage: Kaufman et al. 2012; Kapoor and Narayanan 2023 found it in 17 fields."
        )
    metric = (
        "R² = 1 − Σ(vérité − réponse)² / Σ(vérité − moyenne)²"
        if m.task.kind == "number"
        else "réponses justes / toutes les réponses"
    )
    return (
        f"Un tiers des lignes ({vault}) est mis sous clé. Sur le reste, {train} lignes enseignent et {test} testent, de la façon nommée : ce score est annoncé. Le même modèle répond ensuite aux lignes sous clé : c’est ce qui arrive. "
        f"Score = {metric}. Les cinq façons : {ways}. L’intervalle est celui de Nadeau et Bengio 2003 pour des partages répétés d’un même tableau : s²(1/J + n_test/n_train), J = {m.splits} ; s²/J seul serait trop étroit, car les partages ont des lignes en commun. "
        "Fuite d’information : Kaufman et al. 2012 ; Kapoor et Narayanan 2023 en ont trouvé dans 17 domaines."
    )


def limits(m: Leakage, lang: Lang) -> str:
    """The faults are staged; their size depends on table and model."""
    time = ""
    if m.task.order is None and m.task.name in ("bikes", "bikes-like"):
        time = pick(
            lang,
            "These hours were mixed, which is itself a leak: neighbouring hours fall on both sides (the lesson fit keeps the last days for the test). ",
            "Ces heures ont été mélangées, ce qui est déjà une fuite : des heures voisines tombent des deux côtés (la leçon fit garde les derniers jours pour le test). ",
        )
    return (
        pick(
            lang,
            "The duplicates, the random columns and the column from the future are put in on purpose; how much they deceive depends on the table and on the model: one that knows its rows by heart (tree, forest, one neighbour) gains from copies, a linear one hardly. "
            "A real file can hold leaks that no such list names. ",
            "Les doublons, les colonnes au hasard et la colonne du futur sont ajoutés exprès ; ce qu’ils faussent dépend du tableau et du modèle : celui qui sait ses lignes par cœur (arbre, forêt, un seul voisin) profite des copies, un modèle linéaire à peine. "
            "Un vrai fichier peut contenir des fuites qu’aucune liste ne nomme. ",
        )
        + time
        + words.common_limits(m.task, lang)
    )


def _figure(m: Leakage, seed: int, lang: Lang) -> Figure:
    """One row a way: announced (filled) and true (open), joined by the lie; each split as a faint dot."""
    worst = max((way for way in m.ways if way.name != "selection"), key=lambda way: way.lie[0])
    named = LABELS[worst.name].get(lang)
    announced, true = (_score(m, float(values.mean()), lang) for values in (worst.announced, worst.true))
    title = pick(
        lang,
        f"{capital(named)}: the test announced {announced}, and {true} came true",
        f"{capital(named)}\u202f: le test annonçait {announced}, et {true} est arrivé",
    )
    middle = pick(lang, f"{m.splits} splits, means and each split", f"{m.splits} partages, moyennes et chaque partage")
    scale = 1.0 if m.task.kind == "number" else 100.0
    with drawing(title, words.subtitle(m.task, f"{the(m.model, lang)} · {middle}", seed, lang), height=3.5) as (
        figure,
        axes,
    ):
        box = axes.get_position()
        axes.set_position((0.31, box.y0, 0.65, box.height))
        for y, way in zip(range(len(m.ways))[::-1], m.ways, strict=True):
            said, got = scale * way.announced, scale * way.true
            axes.plot(
                [said.mean(), got.mean()], [y, y], color=OCHRE, linewidth=4, alpha=0.55, solid_capstyle="butt", zorder=1
            )
            axes.plot(said, [y + 0.2] * m.splits, ".", color=TEAL, alpha=0.35, markersize=4)
            axes.plot(got, [y - 0.2] * m.splits, ".", color=FAINT, alpha=0.6, markersize=4)
            axes.plot([said.mean()], [y], "o", color=TEAL, markersize=9, zorder=3)
            axes.plot([got.mean()], [y], "D", mfc="white", mec=INK, markersize=8, zorder=3)
            if abs(way.lie[0]) * scale > 0.03 * scale:
                axes.annotate(f"+{_gap(m, way, lang, False)}" if way.lie[0] > 0 else _gap(m, way, lang, False), ((said.mean() + got.mean()) / 2, y),
                              xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8.5, color=OCHRE, fontweight="bold")  # fmt: skip
        last = m.ways[-1]
        for values, label, color in (
            (last.announced, pick(lang, "announced", "annoncé"), TEAL),
            (last.true, pick(lang, "came true", "arrivé"), INK),
        ):
            axes.annotate(
                label,
                (scale * float(values.mean()), 0),
                xytext=(0, -17),
                textcoords="offset points",
                ha="center",
                fontsize=8.5,
                color=color,
            )
        axes.set_yticks(range(len(m.ways))[::-1], [LABELS[way.name].get(lang) for way in m.ways])
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        axes.set_ylim(-0.75, len(m.ways) - 0.5)
        axes.set_xlabel("R²" if m.task.kind == "number" else pick(lang, "right answers (%)", "réponses justes (%)"))
        if lang == "fr":
            axes.xaxis.set_major_formatter(lambda x, _: number(x, "fr", 1 if scale == 1 else 0))
        return svg(figure, "leakage", both(_alt, m), lang)


def _alt(m: Leakage, lang: Lang) -> str:
    lines = []
    for way in m.ways:
        a, t = (_score(m, float(values.mean()), lang) for values in (way.announced, way.true))
        lines.append(
            pick(
                lang,
                f"{LABELS[way.name].en}: {a} announced, {t} true",
                f"{LABELS[way.name].fr} : {a} annoncé, {t} arrivé",
            )
        )
    return (
        pick(
            lang, "What each test announced and what came true. ", "Ce que chaque test annonçait et ce qui est arrivé. "
        )
        + pick(lang, "; ", " ; ").join(lines)
        + "."
    )
