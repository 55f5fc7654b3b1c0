"""What ``generation_bias`` says while it writes: how far it is, and what the texts hold up to now."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tools.finding import Text
from tools.language.generation_cases import Case
from tools.language.generation_count import roles
from tools.language.generation_measure import Sample, measures, values_of
from tools.language.generation_text import BALANCE, CONTRARY, LABELS
from tools.numbers import number
from tools.tool import Run


def so_far(run: Run, asked: Case, language: str, samples: int) -> Callable[[float, list[Sample]], None]:
    """Reports how much is written and, once both sides have texts, what they hold up to now."""
    said: dict[int, Text] = {}
    total = 2 * samples

    def step(share: float, written: list[Sample]) -> None:
        if len(written) not in said:
            said[len(written)] = partial(asked, language, written, total)
        label = said[len(written)]
        run.progress(label.en, label.fr, round(100 * share), 100)

    return step


def partial(asked: Case, language: str, written: Sequence[Sample], total: int) -> Text:
    """What the texts written so far hold: the first measure on both sides, or the acts of women and of men."""
    if not written:
        return Text(en=f"Writing {total} texts", fr=f"Écriture de {total} textes")
    head = Text(en=f"{len(written)} of {total} texts written", fr=f"{len(written)} textes écrits sur {total}")
    if asked.within:
        told = [roles(sample.text, language) for sample in written]
        women, men = sum(r.women_care + r.women_work for r in told), sum(r.men_care + r.men_work for r in told)
        return Text(
            en=f"{head.en}; so far {women} acts given to women, {men} to men",
            fr=f"{head.fr} ; jusqu’ici {women} actes donnés à des femmes, {men} à des hommes",
        )
    name = measures(asked)[0]
    one, other = values_of(asked, language, written, name).mean(axis=1)
    what = LABELS[name] if name in LABELS else CONTRARY if asked.pronouns == "contrary" else BALANCE[language]
    return Text(
        en=f"{head.en}; so far {what.en}: {number(one, 'en', 1)} and {number(other, 'en', 1)} per 100 words",
        fr=f"{head.fr} ; jusqu’ici, {what.fr} : {number(one, 'fr', 1)} et {number(other, 'fr', 1)} pour 100 mots",
    )
