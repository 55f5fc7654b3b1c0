"""Which words does a language model put in a gap, and do two sentences call for different ones?

Masked models as they were trained (Devlin et al. 2019); causal models by the probability of the whole
sentence for each word. Two sentences are compared by the Jensen–Shannon divergence (Lin 1991), beside
what a neutral change of wording does to one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from tools.errors import BadInput
from tools.finding import Cell, Estimate, Finding, Table, Text, both, same
from tools.tool import Run, Words, arg, tool

if TYPE_CHECKING:
    from tools.language.fill_measure import Measured


@tool(
    wing="language",
    version="1",
    title=Text(en="Fill the gap", fr="Remplir le trou"),
    question=Text(
        en="Which words does this language model put in the gap, and does another sentence call for other words?",
        fr="Quels mots ce modèle de langue met-il dans le trou, et une autre phrase en appelle-t-elle d’autres ?",
    ),
    needs=Text(en="ten to thirty seconds, SmolLM2 (93 MB)", fr="dix à trente secondes, SmolLM2 (93 Mo)"),
    seconds=600,
    examples={
        "en": [
            "“The man worked as a [MASK]” against “The woman worked as a [MASK]”",
            "fill in the blank: the nurse said that ___ was tired",
            "What word does the model put in “The capital of France is [MASK].”?",
            "run the fill-mask demo",
            "Complete this sentence with the most probable words: Girls are good at ___.",
            "top 10 predictions for [MASK] likes salary",
            "Which jobs does it fill in for men and which for women? Compare the two gaps.",
            "Compare the words a language model puts in “He was arrested for ___” and “She was arrested for ___”.",
            "fill the mask with one of these: doctor, nurse, teacher",
            "masked language modelling on my own sentence, with bert in ./models/bert",
            "Does changing Paul to Mohamed change the missing word?",
            "I want the Jensen-Shannon divergence between two templates with a gap, please.",
            "what would the AI write in the hole: Old people are … with computers",
            "My class wants to see the cloze test that BERT is trained on.",
            "cloze probabilities, two prompts side by side",
        ],
        "fr": [
            "« The man worked as a [MASK] » contre « The woman worked as a [MASK] »",
            "complète le trou : l'infirmière a dit que ___ était fatiguée",
            "Quel mot le modèle met-il dans « La capitale de la France est [MASK]. » ?",
            "lance la démo du mot masqué",
            "Complète cette phrase avec les mots les plus probables : Les filles sont douées en ___.",
            "les 10 premières prédictions pour [MASK] aime le salaire",
            "Quels métiers met-il dans le trou pour un homme et pour une femme ? Compare les deux phrases.",
            "Compare les mots qu'un modèle de langue met dans « Il a été arrêté pour ___ » et « Elle a été arrêtée pour ___ ».",
            "remplis le masque avec un de ces mots : médecin, professeur, facteur",
            "mot masqué sur ma propre phrase, avec le bert de ./modeles/bert",
            "Si je remplace Paul par Mohamed, est-ce que le mot manquant change ?",
            "Je voudrais la divergence de Jensen-Shannon entre deux phrases à trou, s'il te plaît.",
            "qu'est-ce que l'IA écrirait à la place des points : les vieux sont … avec les ordinateurs",
            "Ma classe veut voir le texte à trous sur lequel BERT est entraîné.",
            "texte à trous, deux amorces côte à côte, avec les probabilités",
        ],
    },
)
def fill_mask(
    run: Run,
    text: Annotated[
        str,
        arg(
            "a sentence with [MASK] or ___ in place of one word; none: the built-in pair (the man, the woman worked as a ___)",
            "une phrase avec [MASK] ou ___ à la place d’un mot ; aucune : la paire fournie (the man, the woman worked as a ___)",
            max_length=600,
        ),
    ] = "",
    text2: Annotated[
        str,
        arg(
            "a second sentence with a gap, to compare; none: the first one alone",
            "une seconde phrase à trou, à comparer ; aucune : la première seule",
            max_length=600,
        ),
    ] = "",
    k: Annotated[int, arg("how many words to show, 2 to 20", "combien de mots montrer, de 2 à 20", ge=2, le=20)] = 8,
    candidates: Annotated[
        Words,
        arg(
            "the words to choose from, separated by commas; none: the ones the model proposes",
            "les mots entre lesquels choisir, séparés par des virgules ; aucun : ceux que le modèle propose",
            max_length=60,
        ),
    ] = [],  # noqa: B006 (pydantic copies it)
    score: Annotated[
        Literal["whole", "per_token"],
        arg(
            "whole: by the probability of the word; per_token: length-normalised, its log-probability divided by its tokens",
            "whole : par la probabilité du mot ; per_token : normalisé par la longueur, log-probabilité divisée par ses tokens",
        ),
    ] = "whole",
    model: Annotated[
        str,
        arg(
            "the language model, causal or masked: a packaged name (smollm2), a folder, a Hugging Face id or a server URL",
            "le modèle de langue, causal ou masqué : un nom fourni (smollm2), un dossier, un identifiant Hugging Face ou "
            "l’URL d’un serveur",
        ),
    ] = "smollm2",
) -> Finding:
    """The likeliest words of one gap, or of two compared; ``BadInput`` without exactly one gap in each sentence."""
    from tools.language import fill_reading as reading
    from tools.language import fill_text as words
    from tools.language.fill_figure import figure
    from tools.language.fill_measure import measure
    from tools.language.gaps import BUILT_IN, find
    from tools.specimens import language as models
    from tools.translation.sentences import language as language_of

    if text2.strip() and not text.strip():
        raise BadInput("Give --text before --text2.", "Donnez --text avant --text2.")
    texts = [one for one in (text, text2) if one.strip()] or list(BUILT_IN)
    gaps = [find(one, option) for one, option in zip(texts, ("text", "text2"), strict=False)]
    run.arguments.update(text=gaps[0].text, text2=gaps[1].text if len(gaps) == 2 else "")
    run.progress("Loading the model", "Chargement du modèle")
    subject = models.load(model)

    def on_step(done: int, total: int) -> None:
        run.progress("Filling the gap", "Remplissage du trou", done, total)

    spoken = language_of(" ".join(gap.filled("") for gap in gaps), "en")
    measured = measure(subject, gaps, k, candidates, score == "per_token", spoken, run.rng, on_step)
    return run.finding(
        specimen=subject.specimen,
        estimates=estimates(measured),
        tables=[word_table(measured), opening_table(measured)],
        figures=[figure(measured, model, run.seed, run.lang)],
        summary=both(words.summary, measured),
        how_to_read=both(reading.how_to_read, measured),
        limits=both(reading.limits, measured),
        references=[
            *(["lin1991"] if measured.shift else []),
            *(["devlin2019", "kauf2023"] if measured.kind == "masked" else ["brown2020"]),
        ],
    )


def estimates(m: Measured) -> list[Estimate]:
    """Two sentences: their divergence over the openings and as given. One: its first word, its openness, its stability."""
    from tools.language import fill_text as words
    from tools.language.divergence import CONFIDENCE

    n = len(m.openings)
    if m.shift:
        s = m.shift
        return [
            Estimate(
                name="divergence", label=words.DIVERGENCE, value=s.value, unit="bit", low=s.low, high=s.high,
                confidence=CONFIDENCE, p=s.p, test=words.swaps_name(s.swaps), n=n, baseline=s.wording,
                baseline_label=words.SAME_SENTENCE,
            ),
            Estimate(
                name="divergence_as_given", label=words.first_label(m), value=float(s.each[0]), unit="bit", n=len(m.words),
                baseline=s.wording, baseline_label=words.SAME_SENTENCE,
            ),
        ]  # fmt: skip
    rows: list[tuple[str, Text, tuple[float, float, float], str, float, Text]] = [
        ("top_share", words.top_label(m), m.top, "", 1 / len(m.words), words.EQUAL),
        ("entropy", words.ENTROPY, m.uncertainty, "bit", words.most_bits(m), words.EQUAL),
        ("rewording", words.REWORDING, m.rewording, "bit", 0.0, words.NO_CHANGE),
    ]
    return [
        Estimate(
            name=name, label=label, value=value, unit=unit, low=low, high=high, confidence=CONFIDENCE, n=n,
            baseline=baseline, baseline_label=about,
        )
        for name, label, (value, low, high), unit, baseline, about in rows
    ]  # fmt: skip


def word_table(m: Measured) -> Table:
    """One row a word shown: for each sentence its share, the range over the openings, its probability at the gap."""
    from tools.language import fill_text as words

    rows: list[list[Cell]] = []
    for i in m.shown:
        row: list[Cell] = [same(m.words[i])]
        for side in m.sides:
            shares = side.shares[:, i]
            row += [float(shares[0]), float(shares.min()), float(shares.max()), float(side.probability[i])]
            row += [] if m.every else [float(side.normalised[i])]
        row += [] if m.every else [int(m.tokens[i])]
        rows.append([*row, float(m.parts[i])] if m.shift else row)
    return Table(name="words", title=words.WORDS, columns=words.word_columns(m), rows=rows)


def opening_table(m: Measured) -> Table:
    """One row an opening: the likeliest word of each sentence, its share, and the divergence between the two."""
    from tools.language import fill_text as words

    rows: list[list[Cell]] = []
    for at, opening in enumerate(m.openings):
        row: list[Cell] = [same(opening) if opening else words.AS_GIVEN]
        for side in m.sides:
            best = int(side.shares[at].argmax())
            row += [same(m.words[best]), float(side.shares[at, best])]
        rows.append([*row, float(m.shift.each[at])] if m.shift else row)
    return Table(name="openings", title=words.OPENINGS, columns=words.opening_columns(m), rows=rows)
