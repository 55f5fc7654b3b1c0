"""Swapped requests: scripted texts through the whole tool, the real default model, refusals, both languages."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tools.errors import BadInput, Stopped
from tools.finding import Finding, Specimen
from tools.language import generation_count
from tools.language.generation_bias import generation_bias
from tools.language.generation_cases import built_in
from tools.language.generation_count import roles
from tools.specimens import language
from tools.tool import Progress

CASES = ("occupation", "letter", "nurse", "engineer", "origin", "dictation")


class Scripted:
    """A served model that writes what ``reply`` says for a request and a seed."""

    specimen = Specimen(name="scripted, a made model", source="made", revision="1", sha256=None)
    context = 1000

    def __init__(self, reply: Callable[[str, int], str]) -> None:
        self.reply = reply

    def generate(self, messages: list[dict[str, str]], *, seed: int = 0, **_: Any) -> Iterator[str]:
        yield from self.reply(messages[-1]["content"], seed).split(maxsplit=0)


@pytest.fixture
def made_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two positive words and one negative, in place of the fetched lexicon."""
    monkeypatch.setattr(generation_count, "tone_words", lambda _: (frozenset({"good", "joie"}), frozenset({"bad"})))


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch, made_lexicon: None) -> Callable[[Callable[[str, int], str]], None]:
    def put(reply: Callable[[str, int], str]) -> None:
        monkeypatch.setattr(language, "load", lambda _: Scripted(reply))

    return put


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding that its author wrote."""
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [e.test.fr for e in finding.estimates if e.test]
    found += [t.title.fr for t in finding.tables]
    return found + [column.fr for table in finding.tables for column in table.columns]


def test_a_swapped_job_that_swaps_the_pronoun(script: Any) -> None:
    women = ("nurse", "secretary", "hairdresser", "librarian")
    script(lambda prompt, _: "she went to the door" if any(w in prompt for w in women) else "he went to the door")
    finding = generation_bias.run({"samples": 8})
    # 5 words: "she" is 20 per 100 on the first side, "he" −20 on the second: 40, whatever the pair.
    lead = finding.estimates[0]
    assert lead.name == "pronouns" and lead.value == pytest.approx(40) and lead.low is None and lead.n == 8
    # All 8 pairs differ alike: p = 2 / 2^8, times 8 tests.
    assert lead.p == pytest.approx(8 * 2 / 256)
    assert finding.estimate("agency").value == 0 and finding.estimate("refusal").p == 1
    assert len(finding.table("texts").rows) == 16 and len(finding.table("extremes").rows) == 4


def test_equal_requests_give_equal_texts(script: Any) -> None:
    script(lambda _, seed: "good she " * (seed % 5))
    finding = generation_bias.run({"first": "Write.", "second": "Write.", "samples": 6})
    assert all(e.value == 0 and e.p == 1 for e in finding.estimates)
    assert "None of the 8 differences" in finding.summary.en and "Aucune des 8 différences" in finding.summary.fr


def test_a_request_of_ones_own_with_a_slot(script: Any) -> None:
    asked: list[str] = []
    script(lambda prompt, _: asked.append(prompt) or "good")  # type: ignore[func-returns-value]
    finding = generation_bias.run({"prompt": "Praise {}.", "first": "Ann", "second": "Bob", "samples": 4})
    assert sorted(set(asked)) == ["Praise Ann.", "Praise Bob."]
    assert "“Ann”" in finding.summary.en and "« Ann »" in finding.summary.fr.replace("\u202f", " ")
    assert "bertrand2004" not in finding.references


def test_dictation_compares_women_and_men_in_the_texts(script: Any) -> None:
    script(lambda _, seed: "Mother cooks. Father works." if seed % 4 else "Father cooks.")
    finding = generation_bias.run({"case": "dictation", "samples": 4})
    # 8 texts: 6 give care to a woman and work to a man, 2 give care to a man.
    assert finding.estimate("care_share").value == pytest.approx(1 - 2 / 8)
    assert "Of the 6 acts they give to women, 6 are care (100%)" in finding.summary.en
    assert "of the 8 given to men, 2 (25%)" in finding.summary.en
    assert "25 %" in finding.summary.fr.replace("\u202f", " ")


def test_a_dictation_without_acts_says_so(script: Any) -> None:
    script(lambda *_: "The cat sleeps.")
    finding = generation_bias.run({"case": "dictation", "samples": 4})
    assert finding.estimate("care_share").value is None and "too few to compare" in finding.summary.en


def test_texts_that_may_hurt_are_held_back(script: Any) -> None:
    script(lambda *_: "You bastard")
    hidden = generation_bias.run({"samples": 4})
    assert "held back" in str(hidden.table("texts").rows[0][-1]) and "8 held back" in hidden.table("texts").title.en
    assert generation_bias.run({"samples": 4, "show_offensive": True}).table("texts").rows[0][-1] == "You bastard"


def test_an_answer_in_another_language_is_reported(script: Any) -> None:
    script(lambda *_: "The cat is on the table and it is big")
    finding = generation_bias.run({"language": "fr", "samples": 4})
    assert "8 of the 8 texts are not in French" in finding.summary.en
    assert "ne sont pas en français" in finding.summary.fr


def test_bad_arguments_say_what_to_do(script: Any) -> None:
    script(lambda *_: "good")
    for arguments, what in (
        ({"first": "Ann"}, "--first and --second"),
        ({"prompt": "no slot", "first": "a", "second": "b"}, "{}"),
        ({"case": "poem"}, "--case"),
        ({"temperature": 0}, "--temperature"),
        ({"samples": 2}, "--samples"),
    ):
        with pytest.raises(BadInput) as error:
            generation_bias.run(arguments)
        assert what in error.value.message.en and error.value.message.fr


def test_stop_is_heard_and_progress_tells_what_was_found(script: Any) -> None:
    script(lambda prompt, _: "she" if "nurse" in prompt else "he")
    seen: list[Progress] = []
    generation_bias.run({"samples": 40}, on_progress=seen.append)
    assert any("so far" in p.label.en and "jusqu’ici" in p.label.fr for p in seen)
    assert [p.done for p in seen] == sorted(p.done for p in seen) and seen[-1].done <= 100
    stop = threading.Event()
    heard: list[Progress] = []

    def press(progress: Progress) -> None:
        heard.append(progress)
        if len(heard) == 3:
            stop.set()

    with pytest.raises(Stopped):
        generation_bias.run({"samples": 40}, stop=stop, on_progress=press)
    assert len(heard) == 3


def test_the_same_seed_gives_the_same_finding(script: Any) -> None:
    script(lambda _, seed: "she went good " * (1 + seed % 3))
    assert generation_bias.run({"samples": 8}, seed=3).id == generation_bias.run({"samples": 8}, seed=3).id
    again = Finding.model_validate_json(generation_bias.run({"samples": 8}).model_dump_json())
    assert again.id == generation_bias.run({"samples": 8}).id


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_requests_are_well_formed(case: str, lang: str) -> None:
    asked = built_in(case, lang)
    for one, other in asked.pairs:
        assert "{}" not in one + other
        if asked.within:
            told = roles(one, lang)
            assert one == other and told.women == told.men == 0  # the request names no woman and no man
        else:
            assert one != other
    assert len(set(asked.pairs)) == len(asked.pairs)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_both_languages_are_written(script: Any, case: str, lang: str) -> None:
    script(lambda prompt, seed: "Elle cuisine, il travaille. She cooks, he works. " * (1 + (len(prompt) + seed) % 3))
    finding = generation_bias.run({"case": case, "language": lang, "samples": 6}, lang="fr")
    assert all(texts(finding)) and finding.limits.en and finding.how_to_read.en
    assert not [text for text in texts(finding) if re.search(r"\d\.\d", text)]
    assert finding.figures[0].lang == "fr" and finding.figures[0].data.startswith("<svg")


@pytest.mark.real
def test_the_default_model_says_she_of_nurses_and_he_of_mechanics() -> None:
    finding = generation_bias.run({"samples": 12, "max_tokens": 24})
    pronouns = finding.estimate("pronouns")
    assert pronouns.value is not None and pronouns.low is not None and pronouns.value > 3 and pronouns.low > 0
    assert finding.specimen.sha256 is not None and "SmolLM2-135M-Instruct wrote 12 stories" in finding.summary.en
    assert all(str(row[-1]) for row in finding.table("texts").rows)
