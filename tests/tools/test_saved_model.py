"""A model of the user's, saved with skops: its scores are audited; what could run a program is not opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tools.errors import BadInput
from tools.fairness.fairness_audit import fairness_audit


class Mine:
    """A type that only this file knows."""

    def predict(self, rows: Any) -> list[int]:
        return [1] * len(rows)


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(0)
    n = 800
    years, gender = rng.integers(0, 20, n), rng.choice(["F", "M"], n)
    town = rng.choice(["North", "South", ""], n)
    hired = np.where(years + 3 * (gender == "M") + rng.normal(0, 4, n) > 11, "yes", "no")
    file = tmp_path_factory.mktemp("saved") / "people.csv"
    rows = [f"{y},{g},{t},{h}" for y, g, t, h in zip(years, gender, town, hired, strict=True)]
    file.write_text("\n".join(["years,gender,town,hired", *rows]), encoding="utf-8")
    return file


def learned(people: Path, name: str, columns: list[str]) -> Path:
    """A pipeline on named columns, numbers and words, as somebody would save it."""
    import pandas
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder
    from skops.io import dump

    table = pandas.read_csv(people)
    words = [column for column in columns if table[column].dtype.kind not in "if"]
    shape = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), words), remainder="passthrough")
    model = make_pipeline(shape, LogisticRegression())
    model.fit(table[columns], table["hired"])
    dump(model, people.parent / name)
    return people.parent / name


def test_the_audit_of_a_saved_model_is_that_of_its_scores(people: Path) -> None:
    import pandas
    from skops.io import load

    model = learned(people, "model.skops", ["years", "gender", "town"])
    table = pandas.read_csv(people)
    table["score"] = load(model, trusted=[]).predict_proba(table[["years", "gender", "town"]])[:, 1]
    beside = people.parent / "scored.csv"
    table.to_csv(beside, index=False)
    usual = {"group": "gender", "label": "hired", "positive": "yes"}
    saved = fairness_audit.run({**usual, "dataset": str(people), "score": str(model)})
    column = fairness_audit.run({**usual, "dataset": str(beside), "score": "score"})
    assert [one.value for one in saved.estimates] == pytest.approx([one.value for one in column.estimates])
    turned = fairness_audit.run({**usual, "positive": "no", "dataset": str(people), "score": str(model)})
    assert turned.estimates[0].value != pytest.approx(
        saved.estimates[0].value
    )  # the class that counts is the one asked


def test_what_cannot_be_opened_safely_is_refused(people: Path) -> None:
    from skops.io import dump

    folder = people.parent
    dump(Mine(), folder / "mine.skops")
    (folder / "broken.skops").write_bytes(b"not a zip")
    learned(people, "other.skops", ["years"])
    fewer = folder / "fewer.csv"
    fewer.write_text(people.read_text(encoding="utf-8").replace("years,", "seniority,", 1), encoding="utf-8")
    cases = [
        (people, "mine.skops", "not those of scikit-learn"),
        (people, "broken.skops", "could not be read"),
        (people, "absent.skops", "no file"),
        (fewer, "other.skops", "needs columns"),
    ]
    for table, name, said in cases:
        with pytest.raises(BadInput, match=said) as caught:
            fairness_audit.run(
                {"dataset": str(table), "group": "gender", "label": "hired", "score": str(folder / name)}
            )
        assert caught.value.message.fr != caught.value.message.en
