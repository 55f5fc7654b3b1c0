"""The rules of ``claim_check``, one by one: numbers, dates, names, polarity, roles, splitting."""

from __future__ import annotations

import pytest

from tools.truth.claims import dates, names
from tools.truth.claims.conflicts import conflicts
from tools.truth.claims.numbers import quantities
from tools.truth.claims.numerals import parts, spelled
from tools.truth.claims.polarity import turned
from tools.truth.claims.quantity import agree
from tools.truth.claims.roles import swapped
from tools.truth.claims.splitting import pieces


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("forty-eight passengers", 48),
        ("quatre-vingt-quatre", 84),  # 4 × 20 + 4
        ("quatre-vingt-dix-sept", 97),  # 80 + 17
        ("soixante et onze", 71),
        ("a hundred and six", 106),
        ("trois mille quatre cents", 3400),
        ("mille neuf cent quatre-vingts", 1980),
        ("two million three hundred thousand", 2_300_000),
        ("two dozen eggs", 24),
        ("une trentaine de trains", 30),
    ],
)
def test_numbers_in_letters(text: str, value: float) -> None:
    assert [one.value for one in spelled(text)] == [value]


@pytest.mark.parametrize(
    ("text", "share"),
    [("about a third of them", 1 / 3), ("les trois quarts", 0.75), ("one bicycle in six", 1 / 6), ("7 sur 10", 0.7)],
)
def test_fractions_in_letters(text: str, share: float) -> None:
    assert [one.value for one in parts(text)] == [pytest.approx(share)]


def test_an_order_is_no_fraction() -> None:
    assert parts("the third goal") == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("€1.2m", "1.2 million euros"),
        ("48 passengers", "forty-eight passengers"),
        ("3 200 objets", "plus de 3 200 objets"),
        ("about 17% of them", "one bicycle in six"),  # 1 / 6 = 16.7 %
        ("more than 18,000 people", "18,250 people"),
        ("47% fewer", "47.3% fewer"),
        ("a year and a half", "eighteen months"),  # 1.5 × 365.25 = 547.9 days; 18 × 30.44 = 547.9
        ("seven days", "une semaine"),
        ("trois kilomètres", "3000 m"),
        ("5.6 seconds", "5,6 secondes"),
        ("près d’un million d’exemplaires", "900 000 exemplaires"),
        ("45 people", "between 40 and 50 people"),
        ("a fifth of them", "20 percent of them"),
    ],
)
def test_numbers_that_agree(claim: str, source: str) -> None:
    assert agree(quantities(claim)[0], quantities(source)[0])


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("84 passengers", "48 passengers"),
        ("more than 60,000 signatures", "more than 6,000 signatures"),
        ("29 % au plus", "19 % au plus"),
        ("about 260,000 grades", "about 280,000 grades"),
        ("38%", "38 points"),
        ("4–1", "3–1"),
        ("2 heures", "2 jours"),
    ],
)
def test_numbers_that_do_not_agree(claim: str, source: str) -> None:
    assert not agree(quantities(claim)[0], quantities(source)[0])


def test_a_date_and_a_name_with_digits_are_no_quantities() -> None:
    assert quantities("On 3 March 2019 GPT-4 and word2vec were compared") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("on 3 March 2019", "le 3 mars 2019", True),
        ("2019-03-03", "March 2019", True),
        ("in the 1890s", "in 1893", True),
        ("XVIIIe siècle", "in 1782", True),
        ("fin 1992", "en novembre 1992", True),
        ("14 July 2011", "14 June 2011", False),
        ("in 1985", "in 1958", False),
        ("on Tuesday", "on Friday", False),
        ("printemps 2015", "autumn 2015", False),
    ],
)
def test_dates(one: str, other: str, same: bool) -> None:
    assert dates.agree(dates.dates(one)[0], dates.dates(other)[0]) is same


def test_the_verb_may_and_an_amount_are_no_dates() -> None:
    assert dates.dates("It may cost 2000 euros") == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("said Dr Smith", "said John Smith", True),
        ("by J. Smith", "by John Smith", True),
        ("by Mary Smith", "by John Smith", False),
        ("by Hélène Garnier", "by Helene Garnier", True),
        ("the WHO", "the World Health Organization", True),
        ("in Auckland", "in Otago", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert names.same(names.names(one)[0], names.names(other)[0]) is same


def test_an_ordinary_word_that_opens_a_sentence_is_no_name() -> None:
    assert [one.text for one in names.names("Researchers from the University of Otago left")] == ["University of Otago"]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The company appealed.", "The company was fined and did not appeal."),
        ("Les chiens sont admis.", "Les chiens ne sont pas admis."),
        ("Sales rose by 9%.", "Sales fell by 9%."),
        ("The price should rise above 90 euros.", "The price should drop below 90 euros."),
        ("The jury found her guilty.", "The jury acquitted her."),
        ("Several passengers were injured.", "Nobody was injured among the passengers."),
        ("The bridge closed because of an earthquake.", "The bridge closed for wind, and never because of an earthquake."),
    ],
)  # fmt: skip
def test_opposites_and_negations(claim: str, source: str) -> None:
    assert turned(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Dalton would not increase the fares.", "Ray Dalton refused to raise the fares."),
        ("Exports did not recover until 2010.", "It took until 2010 for exports to recover."),
        ("Le navire fut libéré dix mois plus tard.", "Le navire ne fut libéré que dix mois plus tard."),
        ("L’enquête n’a établi aucune discrimination.", "Elle conclut qu’aucune discrimination n’est établie."),
        ("Elle a toujours refusé de chanter.", "Elle n’a jamais accepté de chanter."),
    ],
)
def test_two_negations_cancel_out(claim: str, source: str) -> None:
    assert turned(claim, source) is None


@pytest.mark.parametrize(
    ("claim", "source", "other"),
    [
        ("FreshCo sued Nora Blake", "Nora Blake sued FreshCo", True),
        ("FreshCo was sued by Nora Blake", "Nora Blake sued FreshCo", False),
        ("Boys benefited more than girls", "Girls benefited more than boys", True),
        ("The hospital sued two patients", "Two patients sued the hospital", True),
    ],
)
def test_exchanged_roles(claim: str, source: str, other: bool) -> None:
    assert (swapped(claim, source) is not None) is other


def test_conflicts_need_no_model_and_say_what_differs() -> None:
    source = "The ferry ran aground on 14 June 2011 with 48 passengers. The captain, Erik Lund, was not fined."
    found = conflicts("The ferry ran aground with 84 passengers on 14 July 2011.", source)
    assert [(one.kind, one.said, one.found) for one in found] == [
        ("number", "84", "48"), ("date", "14 July 2011", "14 June 2011"),
    ]  # fmt: skip
    assert [one.kind for one in conflicts("The captain, Anna Berg, was not fined.", source)] == ["name"]
    assert [one.kind for one in conflicts("The captain Erik Lund was fined.", source)] == ["negation"]
    assert conflicts("The ferry ran aground in June 2011 with forty-eight passengers.", source) == []
    assert conflicts("Penguins breed in colonies.", source) == conflicts("", source) == conflicts("A claim.", "") == []


def test_the_text_is_cut_into_claims_and_the_rest() -> None:
    text = "# Report\nThe ferry sank. Why? I think it was old. Please read on.\nHe was fined 20 euros, and the judge closed the case."
    assert [(one.kind, one.text) for one in pieces(text)] == [
        ("heading", "Report"), ("claim", "The ferry sank."), ("question", "Why?"), ("opinion", "I think it was old."),
        ("instruction", "Please read on."), ("claim", "He was fined 20 euros"), ("claim", "the judge closed the case."),
    ]  # fmt: skip
    assert [one.kind for one in pieces("À mon avis, c’est faux. Vérifiez la page.")] == ["opinion", "instruction"]
    assert all(text[one.start : one.start + len(one.text)] == one.text for one in pieces(text))
