"""The picture of a confusion matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.fairness.learning import words
from tools.fairness.learning.words import capital, pick, the
from tools.figures import drawing, svg
from tools.finding import Figure, Lang, both
from tools.numbers import number, percent

if TYPE_CHECKING:
    from tools.fairness.learning.fit import Fit, Trial


def matrix_figure(m: Fit, trial: Trial, seed: int, lang: Lang) -> Figure:
    """Counts, each row of truth shaded by its shares."""
    matrix, names = trial.matrix, m.task.classes
    assert matrix is not None
    k = len(names)
    share = matrix / matrix.sum(1, keepdims=True).clip(1)
    wrong = [(int(matrix[i, j]), i, j) for i in range(k) for j in range(k) if i != j]
    count, i, j = max(wrong)
    title = pick(
        lang,
        f"{capital(the(trial.model, lang))} most often takes “{names[i]}” for “{names[j]}”: {count} of {matrix[i].sum()} times",
        f"{capital(the(trial.model, lang))} prend le plus souvent «\u202f{names[i]}\u202f» pour «\u202f{names[j]}\u202f»\u202f: {count} fois sur {matrix[i].sum()}",
    )
    if count < 3:  # too few to name one confusion
        wrongs, n = int(matrix.sum() - matrix.trace()), int(matrix.sum())
        title = pick(
            lang,
            f"{capital(the(trial.model, lang))} is wrong on {wrongs} of {n} test rows",
            f"{capital(the(trial.model, lang))} se trompe sur {wrongs} des {n} lignes de test",
        )
    height = max(2.6, 0.34 * k + 0.9)
    with drawing(
        title,
        words.subtitle(m.task, pick(lang, f"{m.parts[2]} test rows", f"{m.parts[2]} lignes de test"), seed, lang),
        height=height,
    ) as (figure, axes):
        from matplotlib.colors import LinearSegmentedColormap

        axes.imshow(
            share, cmap=LinearSegmentedColormap.from_list("teal", ["#fbf9f4", "#0b5a63"]), vmin=0, vmax=1, aspect="auto"
        )
        for row in range(k):
            for column in range(k):
                said = f"{matrix[row, column]}" + (f"  ({percent(share[row, column], lang)})" if k <= 4 else "")
                if matrix[row, column] or k <= 4:
                    axes.text(
                        column,
                        row,
                        said,
                        ha="center",
                        va="center",
                        fontsize=11 if k <= 4 else 8.5,
                        color="white" if share[row, column] > 0.5 else "#1c1b19",
                    )
        axes.set_xticks(range(k), [name[:16] for name in names])
        axes.set_yticks(range(k), [name[:16] for name in names])
        axes.set_xlabel(pick(lang, "what the model said", "ce que le modèle a dit"))
        axes.set_ylabel(pick(lang, "what is true", "ce qui est vrai"))
        alt = both(_matrix_alt, m, trial)
        return svg(figure, "confusion", alt, lang)


def _matrix_alt(m: Fit, trial: Trial, lang: Lang) -> str:
    assert trial.matrix is not None
    lines = []
    for name, row in zip(m.task.classes, trial.matrix, strict=True):
        said = ", ".join(
            f"{other} {number(int(count), lang, 0)}" for other, count in zip(m.task.classes, row, strict=True) if count
        )
        lines.append(pick(lang, f"{name} was taken for: {said}", f"{name} a été pris pour : {said}"))
    return pick(lang, "Confusion matrix. ", "Matrice de confusion. ") + pick(lang, "; ", " ; ").join(lines) + "."
