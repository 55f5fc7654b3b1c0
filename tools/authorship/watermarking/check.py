"""``watermark`` with a text: is the mark of this key in it, and could it be told?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tools.authorship.watermarking import check_text as words
from tools.authorship.watermarking.detection import (
    Detection,
    Expected,
    Verdict,
    detect,
    expected,
    spike_entropy,
    verdict,
)  # fmt: skip
from tools.authorship.watermarking.measure import CONFIDENCE
from tools.authorship.watermarking.scheme import GreenLists, Mark
from tools.authorship.watermarking.subjects import subject
from tools.authorship.watermarking.writing import OnStep
from tools.errors import BadInput
from tools.finding import Cell, Estimate, Finding, Table, both, same
from tools.proportions import wilson
from tools.tool import Run

SHOWN = 400  # tokens in the table


@dataclass(frozen=True)
class Checked:
    """The text in tokens (``pieces``, of which the first ``width`` have no green list), and what was found."""

    mark: Mark
    name: str
    pieces: list[str]
    detection: Detection
    hoped: Expected | None
    verdict: Verdict


def finding(run: Run, text: str, mark: Mark, model: str, report: Callable[[str, str], OnStep]) -> Finding:
    """z, p and T of the text, its green and red tokens, and the verdict."""
    from tools.authorship.watermarking import check_figure as draw
    from tools.specimens import language as models

    loaded = models.load(model)
    examined = subject(loaded)
    ids = examined.cut(text)
    detection = detect(GreenLists(mark, examined.vocabulary), ids)
    if not detection.scored:
        raise BadInput(
            f"This text is {len(ids)} token{'s' * (len(ids) > 1)} long, and the first {mark.width} choose the list of the next: nothing to count. "
            "Give at least a sentence.",
            f"Ce texte fait {len(ids)} token{'s' * (len(ids) > 1)}, et les {mark.width} premiers choisissent la liste du suivant : rien à compter. "
            "Donnez au moins une phrase.",
        )
    hoped = None
    if examined.weights is not None:
        reading = report("Reading how free the words were", "Lecture de la liberté des mots")
        hoped = expected(spike_entropy(examined.weights, ids, mark, reading), mark)
    pieces = [examined.piece(token) for token in ids]
    m = Checked(mark, examined.name, pieces, detection, hoped, verdict(detection, hoped))
    return run.finding(
        specimen=loaded.specimen,
        estimates=estimates(m),
        tables=[tokens_table(m)],
        figures=[draw.view(m, run.seed, run.lang), draw.rise(m, run.seed, run.lang)],
        summary=both(words.summary, m),
        how_to_read=both(words.how_to_read, m),
        limits=both(words.limits, m),
        references=["kirchenbauer2023", "kirchenbauer2024", "wilson1927"],
    )


def estimates(m: Checked) -> list[Estimate]:
    """z with its p, the green share beside chance, and what a marked text of this kind would show."""
    d = m.detection
    low, high = wilson(d.hits, d.scored)
    found = [
        Estimate(
            name="z", label=words.Z, value=d.z, p=d.p, test=words.NORMAL, n=d.scored, baseline=0, baseline_label=words.CHANCE
        ),
        Estimate(
            name="green_share", label=words.SHARE, value=d.share, low=low, high=high, confidence=CONFIDENCE, p=d.exact,
            test=words.EXACT, n=d.scored, baseline=m.mark.gamma, baseline_label=words.CHANCE,
        ),
    ]  # fmt: skip
    if m.hoped:
        found += [
            Estimate(name="z_if_marked", label=words.HOPED, value=m.hoped.z(d.scored), n=d.scored),
            Estimate(name="tokens_needed", label=words.NEEDED, value=m.hoped.needed, unit="tokens", n=d.scored),
        ]
    return found


def tokens_table(m: Checked) -> Table:
    """The first tokens, green or red, and whether each counts."""
    d, start = m.detection, m.mark.width
    rows: list[list[Cell]] = [
        [same(piece), words.GREEN if green else words.RED, words.YES if counted else words.AGAIN]
        for piece, green, counted in zip(m.pieces[start:][:SHOWN], d.green[:SHOWN], d.counted[:SHOWN], strict=True)
    ]
    return Table(name="tokens", title=words.TOKENS, columns=words.TOKEN_COLUMNS, rows=rows)
