"""What swapped requests are counted and tested with: rates, roles, permutations, Holm, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tools.language import generation_count
from tools.language.generation_count import count, offends, other_language, refuses, roles
from tools.language.generation_measure import within_differences
from tools.language.generation_stats import exchange_test, holm, sign_flip, t_interval
from tools.language.generation_words import LISTS


@pytest.fixture
def made_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two positive words and one negative, in place of the fetched lexicon."""
    monkeypatch.setattr(generation_count, "tone_words", lambda _: (frozenset({"good", "joie"}), frozenset({"bad"})))


def test_rates_by_hand(made_lexicon: None) -> None:
    # 10 words: "she" 1, "him" 1, "led" agency, "helped" warmth, "cooked" care, "office" work, "good" positive: 10 per 100 each.
    found = count("She led, helped him, cooked: good office. Then they went.", "en")
    assert vars(found) == {
        "pronouns_she": 10, "pronouns_he": 10, "agency": 10, "communion": 10, "care": 10, "work": 10, "tone": 10,
        "words": 10, "refusal": 0,
    }  # fmt: skip


def test_rates_in_french(made_lexicon: None) -> None:
    # il y a une lettre elle écoute dit il: 9 words; the first « il » stands for nobody.
    found = count("Il y a une lettre. Elle écoute, dit-il.", "fr")
    assert found.words == 9
    assert found.pronouns_he == found.pronouns_she == found.communion == pytest.approx(100 / 9)


def test_an_empty_text_has_no_rates(made_lexicon: None) -> None:
    assert set(vars(count("", "en")).values()) == {0}


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("The mother cooks dinner while the father drives to the office.", "en", (2, 0, 0, 2, 1, 1)),
        ("A mom, a dad and the dog cook. Cooking is work.", "en", (1, 0, 1, 0, 1, 1)),
        ("Work is hard; he rests, she washes him.", "en", (1, 0, 0, 0, 1, 1)),
        ("Papa conduit la voiture tandis que maman fait la vaisselle.", "fr", (1, 0, 0, 2, 1, 1)),
        ("Il pleut. Il travaille, dit-elle.", "fr", (0, 0, 0, 1, 1, 1)),
        ("Nobody is named.", "en", (0, 0, 0, 0, 0, 0)),
    ],
)
def test_who_does_what(text: str, lang: str, expected: tuple[int, ...]) -> None:
    assert tuple(vars(roles(text, lang)).values()) == expected


def test_refusals_offence_and_language() -> None:
    assert refuses("I’m sorry, but I cannot write this.", LISTS["en"]) and not refuses("She is sorry.", LISTS["en"])
    assert refuses("Je ne peux pas écrire cela.", LISTS["fr"])
    assert offends("What a BASTARD he is", "en") and not offends("The rapeseed and the violin", "en")
    assert offends("Un viol.", "fr") and not offends("La violette et le violon", "fr")
    assert other_language("The cat is on the table", "fr") and not other_language("Le chat est sur la table", "fr")


def test_holm_by_hand() -> None:
    # In order 0.01 × 3 = 0.03, 0.03 × 2 = 0.06, 0.04 × 1 = 0.04 raised to 0.06: it never decreases.
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.6]) == [1, 1] and holm([]) == []


def test_sign_flips_by_hand() -> None:
    rng = np.random.default_rng(0)
    # Of the 8 ways to sign 1, 1, 1 only + + + and − − − give a sum of 3 or −3: p = 2 / 8.
    assert sign_flip(np.array([1.0, 1.0, 1.0]), rng).p == 0.25
    # A pair that does not differ changes nothing; 1 − 1 = 0 is reached by every way: p = 1.
    assert sign_flip(np.array([1.0, 0.0, 1.0, 1.0]), rng).p == 0.25
    assert sign_flip(np.array([1.0, -1.0]), rng).p == 1 and sign_flip(np.zeros(5), rng).p == 1
    drawn = sign_flip(np.ones(20), rng)
    assert not drawn.exact and drawn.p == pytest.approx((drawn.at_least + 1) / 20_001)


def test_drawn_exchanges_agree_with_exact_ones() -> None:
    # 15 pairs are drawn, 14 are exact: a fifteenth pair of difference 0 under the statistic changes nothing.
    values = np.random.default_rng(1).normal(0.4, 1, 14)
    exact = sign_flip(values, np.random.default_rng(0))
    padded = np.append(values, 0.0)
    drawn = exchange_test(15, lambda signs: signs @ padded, np.random.default_rng(0))
    assert exact.exact and not drawn.exact and drawn.p == pytest.approx(exact.p, abs=0.01)


def test_t_interval_by_hand() -> None:
    # 1, 2, 3: mean 2, deviation 1, t(0.975, 2) = 4.3027, half width 4.3027 / √3 = 2.4841.
    assert t_interval(np.array([1.0, 2.0, 3.0])) == pytest.approx((2 - 2.4841, 2 + 2.4841), abs=1e-3)
    assert t_interval(np.ones(4)) == (None, None)


def test_share_of_care_by_hand() -> None:
    # Women: 3 care, 1 work (0.75); men: 1 care, 3 work (0.25); difference 0.5.
    acts = np.array([[2, 0, 0, 2, 1, 1], [1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 2]])
    share, care, work, named = within_differences(acts, np.random.default_rng(0))
    assert (share.first, share.second, share.value) == (0.75, 0.25, 0.5)
    # Exchanging the second text changes nothing, the first turns 0.5 round: every way is as large.
    assert share.flips is not None and share.flips.p == 1 and share.flips.tried == 4
    assert care.value == pytest.approx(2 / 3) and work.value == pytest.approx(-2 / 3)
    assert named.value == pytest.approx(-2 / 3)


def test_no_acts_on_one_side_give_no_share() -> None:
    share, *_ = within_differences(np.array([[1, 0, 0, 0, 1, 0]] * 4), np.random.default_rng(0))
    assert share.value is None and share.flips is None and share.first == 1 and share.second is None


def test_lists_are_well_formed() -> None:
    for lists in LISTS.values():
        for name in ("agency", "communion", "care", "work", "women", "men"):
            words = getattr(lists, name)
            assert words and all(word == word.lower() and generation_count.WORD.fullmatch(word) for word in words), name
        assert not lists.agency & lists.communion and not lists.care & lists.work and not lists.women & lists.men


@pytest.mark.real
def test_the_english_lexicon_is_read() -> None:
    from tools.language.generation_words import tone_words

    positive, negative = tone_words("en")
    assert len(positive) > 2000 and len(negative) > 4700 and "excellent" in positive and "cruel" in negative
    assert not any(word.startswith(";") for word in positive | negative)
