"""Are the checks for truth any good? Claims, references and self-consistency on sets whose answers are known.

The sets and where they come from: ``evals/data/README.md``.
"""

from __future__ import annotations

import datetime
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from evals.measures import rows_of
from evals.scores import auroc, average_precision, share
from knowledge.terms import fold

Row = dict[str, Any]
OnStep = Callable[[str, int, int], None]
LANGS = ("en", "fr")
SAMPLES, TOKENS, TEMPERATURE, SEED = 8, 24, 0.5, 0
TODAY = datetime.date(2026, 1, 1)  # which years are to come must not depend on the day of the evaluation
REFERENCES = ("references.jsonl", "references_2.jsonl", "references_3.jsonl")
FRESH = 1  # the draw of altered sentences: the rules were looked at on draw 0
ALTERED = ("number", "date", "name", "negation")
WORD = re.compile(r"[^\W_]+")
REFUSAL = re.compile(
    r"\b(i (do not|don't|cannot|can't) (know|say|tell|predict|answer)|no one knows|nobody knows|(is|it's) not (known|possible)"
    r"|impossible to (know|say)|there (is|was) no|did not (exist|happen)|je ne (sais|peux|connais) pas|personne ne sait"
    r"|impossible (de|à) (savoir|dire)|n'existe pas|n'a jamais)\b"
)


def evaluate(on_step: OnStep = lambda *_: None, model: str = "smollm2", questions: int | None = None) -> dict[str, Any]:
    """All tables. The sampling of answers takes most of the time: ``questions`` keeps the first so many of each file."""
    tables = [claims(on_step), alterations(on_step), summaries(on_step), references()]
    tables += consistency(on_step, model, questions)
    return {"suite": "truth", "tables": tables}


def claims(on_step: OnStep = lambda *_: None) -> Row:
    """Verdicts of ``claim_check`` on claims about short texts, by language and kind of claim: the half of the texts not used."""
    from knowledge.encoder import encode
    from knowledge.sentences import split
    from tools.truth.claims.check import check
    from tools.truth.claims.matching import Meaning

    meaning = Meaning(encode)
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for lang in LANGS:
        texts: dict[str, str] = {}
        asked: dict[str, list[Row]] = defaultdict(list)
        for row in rows_of(f"claims_{lang}.jsonl"):
            texts[row["source_id"]] = row["source"] or texts[row["source_id"]]
            asked[row["source_id"]].append(row)
        for done, (source, some) in enumerate(list(asked.items())[1::2]):  # the gate was fitted on the other half
            on_step(f"claims ({lang})", done, len(asked))
            verdicts = check([row["claim"] for row in some], split(texts[source]), meaning)
            for row, verdict in zip(some, verdicts, strict=True):
                right = verdict.answer == row["verdict"]
                found[lang, row["kind"]].append(right)
                if row["kind"] in ALTERED:  # the note begins with how far the claim is from the words of its source
                    found[lang, f"altered, {row['note'].split()[0].strip(':;,')}"].append(right)
    return _by_kind("claims", "claim_check, embedded rules, on claims written by hand", found, {"altered": ALTERED})


def alterations(on_step: OnStep = lambda *_: None) -> Row:
    """Verdicts of ``claim_check`` on sentences of passages by people with one thing altered by program."""
    from evals.alterations import altered
    from knowledge.encoder import encode
    from knowledge.sentences import split
    from tools.truth.claims.check import check
    from tools.truth.claims.matching import Meaning

    meaning = Meaning(encode)
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for lang in LANGS:
        some = altered(lang, seed=FRESH)
        for done, one in enumerate(some):
            on_step(f"alterations ({lang})", done, len(some))
            verdict = check([one.claim], split(one.source), meaning)[0]
            found[lang, one.kind].append(verdict.answer == one.verdict)
    title = "claim_check, embedded rules, on sentences altered by program"
    return _by_kind("alterations", title, found, {"altered": ALTERED})


def summaries(on_step: OnStep = lambda *_: None) -> Row:
    """Factual-Summary-Pairs: a sentence of the press, a true summary of it and a false one."""
    from knowledge.encoder import encode
    from tools.specimens import fetch
    from tools.truth.claims.check import check
    from tools.truth.claims.matching import Meaning

    meaning = Meaning(encode)
    text = (fetch.path("truth-sets") / "summary-pairs.jsonl").read_text(encoding="utf-8")
    pairs = [json.loads(line) for line in text.splitlines()]
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for done, pair in enumerate(pairs):
        on_step("summaries", done, len(pairs))
        true, false = check([pair["correct_sent"], pair["incorrect_sent"]], [pair["article_sent"]], meaning)
        right["en", "true summary supported"].append(true.answer == "supported")
        right["en", "false summary not supported"].append(false.answer != "supported")
    return _by_kind("summaries", "claim_check on Factual-Summary-Pairs", right)


def references() -> Row:
    """Verdicts of ``citation_check`` offline, by what a reference is.

    Right is, for a real reference in the bibliography, that its own work is named (exact, or near with the
    differences shown); for an invented one, that it is not called exact; for an impossible one, that it is
    called impossible or, at least, not exact. The references that are real and not in the bibliography are
    counted apart: offline, "nothing found" is all that can be said of them.
    """
    from tools.truth.citations.check import check

    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for row in [row for name in REFERENCES for row in rows_of(name)]:
        checked = check(row["text"], today=TODAY)
        verdicts = {one.verdict for one in checked}
        if row["truth"] == "real" and row["key"]:
            found[row["lang"], "in the bibliography, found"].append(row["key"] in {one.key for one in checked})
            if row["kind"] == "real":
                found[row["lang"], "in the bibliography, faultless, called exact"].append(verdicts == {"exact"})
            else:
                found[row["lang"], "in the bibliography, with a slip, not called exact"].append("exact" not in verdicts)
        elif row["truth"] == "real":
            found[row["lang"], "real, elsewhere: nothing found"].append(verdicts <= {"nothing"})
        elif row["truth"] == "invented":
            found[row["lang"], f"invented ({row['kind']}), not called exact"].append("exact" not in verdicts)
            found[row["lang"], "invented, not called exact"].append("exact" not in verdicts)
        else:
            found[row["lang"], "impossible, said so"].append("impossible" in verdicts)
            found[row["lang"], "impossible, not called exact"].append("exact" not in verdicts)
    return _by_kind("references", "citation_check, offline", found)


def consistency(on_step: OnStep = lambda *_: None, model: str = "smollm2", most: int | None = None) -> list[Row]:
    """How well each score of ``self_consistency`` tells wrong answers from right ones, by language."""
    from tools.specimens import language as models
    from tools.truth.consistency.ask import ask
    from tools.truth.consistency.scores import all_scores

    subject = models.load(model)
    ranking: list[list[Any]] = []
    unknown: list[list[Any]] = []
    for lang in LANGS:
        asked = rows_of(f"questions_{lang}.jsonl")
        asked = asked[:: max(1, len(asked) // most)] if most else asked
        answers = ask(
            subject, [row["question"] for row in asked], samples=SAMPLES, temperature=TEMPERATURE, max_tokens=TOKENS, seed=SEED,
            on_step=lambda part, lang=lang: on_step(f"answers ({lang})", round(1000 * part), 1000),  # type: ignore[misc]
        )  # fmt: skip
        scores = [
            all_scores(
                [sample.text for sample in one.samples], one.main.text, _logprobs(one.samples), one.main.logprobs,
                question=one.question, language=lang,
            )
            for one in answers
        ]  # fmt: skip
        known = [at for at, row in enumerate(asked) if row["answers"]]
        wrong = {at for at in known if not contains(answers[at].main.text, asked[at]["answers"])}
        for name in scores[0] if scores else ():
            bad, good = (
                [scores[at].get(name, float("nan")) for at in known if (at in wrong) == side] for side in (True, False)
            )
            ranking.append([lang, name, auroc(bad, good), average_precision(bad, good), share(len(wrong), len(known))])
        for kind in ("easy", "hard", "false_premise", "unanswerable"):
            some = [at for at, row in enumerate(asked) if row["kind"] == kind]
            said_so = sum(bool(REFUSAL.search(answers[at].main.text.lower().replace("’", "'"))) for at in some)
            spread = [scores[at]["entropy"] for at in some]
            right = share(len(some) - len(wrong & set(some)), len(some)) if kind in ("easy", "hard") else None
            unknown.append(
                [lang, kind, right, share(said_so, len(some)), sum(spread) / len(spread) if spread else None]
            )
    what = (
        f"{subject.specimen.name}; {SAMPLES} answers of at most {TOKENS} tokens, temperature {TEMPERATURE}, seed {SEED}"
    )
    return [
        {"name": "consistency", "title": f"self_consistency: wrong answers against right ones ({what})",
         "columns": ["lang", "score", "AUROC", "AUC-PR", "base rate (wrong)"], "rows": ranking},
        {"name": "kinds", "title": "self_consistency by kind of question",
         "columns": ["lang", "kind", "right", "says it does not know", "mean entropy (bits)"], "rows": unknown},
    ]  # fmt: skip


def _logprobs(samples: Iterable[Any]) -> list[list[float]] | None:
    found = [sample.logprobs for sample in samples]
    return found if all(one is not None for one in found) else None


def contains(answer: str, accepted: Iterable[str]) -> bool:
    """Whether an answer holds one of the accepted ones, as whole words, accents and case apart."""
    said = _flat(answer)
    return any(_flat(one) in said for one in accepted)


def _flat(text: str) -> str:
    return f" {' '.join(WORD.findall(fold(text)))} "


def _by_kind(
    name: str, title: str, found: dict[tuple[str, str], list[bool]], together: dict[str, Iterable[str]] | None = None
) -> Row:
    """A table of shares by language and kind; ``together`` adds rows over several kinds."""
    table: list[list[Any]] = []
    for lang in LANGS:
        kinds = {kind: right for (one, kind), right in found.items() if one == lang}
        for label, some in (together or {}).items():
            kinds[f"all {label}"] = [right for kind in some for right in kinds.get(kind, [])]
        table += [[lang, kind, share(sum(right), len(right))] for kind, right in kinds.items()]
    return {"name": name, "title": title, "columns": ["lang", "kind", "right"], "rows": table}
