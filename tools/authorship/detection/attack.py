"""The same text in other words, to see whether the measurement holds: through another language, or by a language model.

After Krishna et al. 2023 and Sadasivan et al. 2023, who hid generated texts from detectors by rewording them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tools.authorship.detection.cases import other
from tools.authorship.detection.features import features
from tools.authorship.detection.measure import Attacked, Measured
from tools.authorship.detection.token_reading import plain
from tools.authorship.detection.verdict import judge
from tools.errors import BadInput
from tools.finding import Text
from tools.language import sampling
from tools.specimens import languages, translators
from tools.specimens.language import LanguageModel
from tools.tool import Run
from tools.translation.sentences import split

MOST = 40  # sentences reworded
TEMPERATURE = 0.7
ASK = {
    "en": "Say this sentence in other words, with the same meaning. Answer with one sentence only.\n\n{}",
    "fr": "Redis cette phrase avec d’autres mots, sans changer le sens. Réponds par une seule phrase.\n\n{}",
}
_PREAMBLE = re.compile(r"\b(?:re(?:phras|word|writ)|sentence|concise|here is|voici|reformul|phrase)", re.I)
KINDS = {
    "round_trip": Text(en="through another language and back", fr="par une autre langue et retour"),
    "paraphrase": Text(en="reworded by a language model", fr="reformulé par un modèle de langue"),
}


def attacked(run: Run, subject: LanguageModel, m: Measured, kind: str) -> Measured:
    """The measurement with its attack: the text reworded, measured again, and how near its meaning stayed."""
    from knowledge.encoder import encode

    before = split(m.features.reading.text)
    if len(before) > MOST:
        raise BadInput(
            f"An attack rewords {MOST} sentences at most, and this text has {len(before)}. Give a shorter passage.",
            f"Une attaque reformule {MOST} phrases au plus, et ce texte en a {len(before)}. Donnez un passage plus court.",
        )
    lang = m.features.language
    if lang not in ASK:
        raise BadInput(
            "An attack rewords English or French, and this text is in neither, or in several languages.",
            "Une attaque reformule l’anglais ou le français ; ce texte n’est ni l’un ni l’autre, ou mêle plusieurs langues.",
        )
    reword = _round_trip if kind == "round_trip" else _paraphrase
    by, after = reword(run, subject, before, lang)
    text = " ".join(after)
    run.progress("Measuring the new text", "Mesure du nouveau texte")
    found = features(subject, text)
    vectors = encode([m.features.reading.text, plain(text), other(m.features.reading.text, lang)])
    likeness, unrelated = float(vectors[0] @ vectors[1]), float(vectors[0] @ vectors[2])
    same = sum(one == two for one, two in zip(before, after, strict=True))
    return replace(m, attacked=Attacked(kind, by, found, judge(found, m.rate), likeness, unrelated, same, len(before)))


def _round_trip(run: Run, subject: LanguageModel, sentences: list[str], lang: str) -> tuple[str, list[str]]:
    """Every sentence to another language and back, by the best translator at hand."""
    translator, pivot = translators.choose("auto", lang, "", run.assistant, seed=run.seed, stop=run.stop)
    back = []
    for done, sentence in enumerate(sentences):
        run.progress("Translating there and back", "Traduction aller et retour", done, len(sentences))
        back += translator.translate(translator.translate([sentence], lang, pivot), pivot, lang)
    path = f"{languages.label(lang, 'en')} → {languages.label(pivot, 'en')} → {languages.label(lang, 'en')}"
    return f"{translator.name}, {path}", back


def _paraphrase(run: Run, subject: LanguageModel, sentences: list[str], lang: str) -> tuple[str, list[str]]:
    """Every sentence by the language model itself; one to which it answers nothing stays as it was."""

    def step(done: int, total: int) -> None:
        run.progress("Rewording the sentences", "Reformulation des phrases", done, total)

    replies = sampling.write(
        subject, [[{"role": "user", "content": ASK[lang].format(sentence)}] for sentence in sentences],
        range(len(sentences)), max_tokens=60, temperature=TEMPERATURE, seed=run.seed, on_step=step,
    )  # fmt: skip
    found = [bare(reply) or sentence for reply, sentence in zip(replies, sentences, strict=True)]
    return subject.specimen.name.split(",")[0], found


def bare(reply: str) -> str:
    """The first sentence of a reply, without what small models put before it (“I'd rephrase it as: …”)."""
    text = plain(reply)
    head, colon, tail = text.partition(": ")
    if colon and tail and _PREAMBLE.search(head):
        text = tail
    return (split(text.strip(' "«»')) or [""])[0].strip(' "«»')
