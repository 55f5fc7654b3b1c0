"""The estimates and the tables of the published sentence pairs: types of bias, extremes, where the data come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.finding import Cell, Estimate, Specimen, Table, Text, same
from tools.language import sentence_pairs_text as text

if TYPE_CHECKING:
    from tools.language.sentence_pairs_data import DataSet, Item
    from tools.language.sentence_pairs_measure import Group, Measured, Share

EXTREMES = 3  # pairs shown at each end
CONFIDENCE = 0.95
HELD_BACK = Text(
    en="[held back: offensive by design; --show-offensive true shows it]",
    fr="[retenu : offensant par construction ; --show-offensive true le montre]",
)
LOW, HIGH = Text(en="Low (95%)", fr="Bas (95 %)"), Text(en="High", fr="Haut")


def estimates(m: Measured) -> list[Estimate]:
    """The share first, then what qualifies it, then one share for each type of bias."""
    name = "stereotype_score" if m.data.name == "stereoset" else "share"
    found = [_share(name, text.SHARE[m.data.name], m.whole.share, text.SIGN)]
    if m.whole.after is not None:
        found.append(_share("share_after", text.AFTER[m.data.name], m.whole.after, text.SIGN))
    if (sense := m.whole.sense) is not None:
        n = m.whole.share.n
        found += [
            Estimate(
                name="language_model_score", label=text.LMS, value=sense.lms, unit="%", low=sense.low, high=sense.high,
                confidence=CONFIDENCE, p=sense.p, test=text.SIGN, n=n, baseline=50, baseline_label=text.CHANCE,
            ),
            Estimate(
                name="icat", label=text.ICAT, value=sense.icat, low=sense.icat_low, high=sense.icat_high,
                confidence=CONFIDENCE, n=n, baseline=50, baseline_label=text.CHANCE,
            ),
        ]  # fmt: skip
    if m.he is not None:
        found.append(_share("share_he", text.HE, m.he, text.SIGN))
    for group in m.kinds:
        what, test = text.SHARE[m.data.name], text.holm_name(m.kinds, group.share)
        one = text.kind(group.name)
        label = Text(en=f"{one.en}: {what.en}", fr=f"{one.fr} : {what.fr}")
        found.append(_share("share_" + group.name.replace("-", "_"), label, group.share, test))
    return found


def _share(name: str, label: Text, share: Share, test: Text) -> Estimate:
    p = share.p if share.corrected is None else share.corrected
    return Estimate(
        name=name, label=label, value=share.value, unit="%", low=share.low, high=share.high, confidence=CONFIDENCE,
        p=p, test=test, n=share.n, baseline=50, baseline_label=text.HALF,
    )  # fmt: skip


def kinds_table(m: Measured) -> Table:
    """One row a type of bias (and, for StereoSet, a form of the item), with p before and after the correction."""
    columns = [
        Text(en="Type", fr="Type"), same("n"), Text(en="Share (%)", fr="Part (%)"), LOW, HIGH, same("p"),
        Text(en="p after Holm", fr="p après Holm"),
    ]  # fmt: skip
    if m.whole.after is not None:
        gap = text.GAP[m.data.name]
        columns += [
            Text(en=f"Words after {gap.en}: n", fr=f"Mots après le {gap.fr} : n"), Text(en="Share (%)", fr="Part (%)"),
        ]  # fmt: skip
    if m.whole.sense is not None:
        columns += [same("lms (%)"), same("icat")]
    rows = [_row(m, group) for group in [*m.kinds, *m.forms, m.whole]]
    title = text.GROUPED_JOBS if m.data.name == "wino" else text.GROUPED
    return Table(name="kinds", title=title, columns=columns, rows=rows)


def _row(m: Measured, group: Group) -> list[Cell]:
    s, a = group.share, group.after
    row: list[Cell] = [text.kind(group.name), s.n, s.value, s.low, s.high, s.p, s.corrected]
    if m.whole.after is not None:
        row += [a.n, a.value] if a is not None else [0, None]
    return [*row, group.sense.lms, group.sense.icat] if group.sense is not None else row


def extremes_table(m: Measured, show_offensive: bool) -> Table:
    """The pairs furthest to each side; the texts of CrowS-Pairs and StereoSet only when they are asked for."""
    unit = Text(en="Gap (nats a token)", fr="Écart (nats par token)")
    columns = [
        Text(en="Which", fr="Lequel"), Text(en="Type", fr="Type"), unit if m.data.name == "stereoset" else Text(en="Gap (nats)", fr="Écart (nats)"),
        Text(en="With the stereotype", fr="Avec le stéréotype"), Text(en="The other", fr="L’autre"),
    ]  # fmt: skip
    order = np.argsort(-m.gaps, kind="stable").tolist()
    shown = min(EXTREMES, len(order) // 2)
    ends = [
        (Text(en="furthest to the stereotype", fr="le plus vers le stéréotype"), order[:shown]),
        (Text(en="furthest to the other side", fr="le plus de l’autre côté"), order[::-1][:shown]),
    ]
    rows: list[list[Cell]] = []
    for which, places in ends:
        for i in places:
            item = m.items[i]
            cells = [_cell(m, item, way, show_offensive) for way in (0, 1)]
            rows.append([which, text.kind(item.kind), float(m.gaps[i]), *cells])
    return Table(name="extremes", title=_extremes_title(m, show_offensive), columns=columns, rows=rows)


def _cell(m: Measured, item: Item, way: int, show_offensive: bool) -> Cell:
    # Wino's sentences name occupations and a pronoun: nothing in them hurts.
    return item.readings[way].text if show_offensive or m.data.name == "wino" else HELD_BACK


def _extremes_title(m: Measured, show_offensive: bool) -> Text:
    name = text.NAMES[m.data.name]
    if m.data.name == "wino":
        return Text(en="The pairs at both ends", fr="Les paires aux deux bouts")
    if show_offensive:
        return Text(
            en=f"The pairs at both ends: sentences of {name}, written to be stereotyped and often offensive, shown as data",
            fr=f"Les paires aux deux bouts : des phrases de {name}, écrites pour être stéréotypées et souvent offensantes, montrées comme données",
        )
    return Text(
        en=f"The pairs at both ends, texts held back: the sentences of {name} are offensive by design (add --show-offensive true to read them)",
        fr=f"Les paires aux deux bouts, textes retenus : les phrases de {name} sont offensantes par construction (ajoutez --show-offensive true pour les lire)",
    )


def material_table(m: Measured) -> Table:
    """The file the pairs come from: so that the very same one can be found again."""
    d = m.data
    columns = [
        Text(en="Data set", fr="Jeu de données"), Text(en="File", fr="Fichier"), Text(en="Package", fr="Paquet"), same("SHA-256"),
        Text(en="Licence", fr="Licence"), Text(en="Usable items", fr="Cas utilisables"), Text(en="Left out", fr="Écartés"),
        Text(en="Measured", fr="Mesurés"),
    ]  # fmt: skip
    row: list[Cell] = [text.NAMES[d.name], d.file, d.source, d.sha256, d.licence, len(d.items), d.skipped, len(m.items)]
    return Table(name="material", title=Text(en="The sentences", fr="Les phrases"), columns=columns, rows=[row])


def specimen(model: Specimen, data: DataSet) -> Specimen:
    """Model and data set together; the hash is that of the weights (the file's own is in the table of the material)."""
    licences = [part for part in (model.licence, f"{text.NAMES[data.name]}: {data.licence}") if part]
    return Specimen(
        name=f"{model.name} / {text.NAMES[data.name]} ({data.file})", source=f"{model.source} / {data.source}",
        revision=f"{model.revision} / {data.revision}", sha256=model.sha256, licence=" / ".join(licences),
    )  # fmt: skip
