"""Stability through the whole tool: scripted answers counted by hand, the real default model, refusals, both languages."""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tools.errors import BadInput, Stopped
from tools.finding import Finding, Specimen
from tools.language.stability import stability
from tools.specimens import language
from tools.tool import Progress


class Scripted:
    """A served model that answers what ``reply`` says for the messages, the temperature and the seed."""

    specimen = Specimen(name="scripted, a made model", source="made", revision="1", sha256=None)
    context = 1000

    def __init__(self, reply: Callable[..., str]) -> None:
        self.reply = reply
        self.asked: list[tuple[list[dict[str, str]], float]] = []

    def generate(
        self, messages: list[dict[str, str]], *, temperature: float = 0.0, seed: int = 0, **_: Any
    ) -> Iterator[str]:
        self.asked.append((messages, temperature))
        yield self.reply(messages[-1]["content"], temperature, seed)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., str]], Scripted]:
    def put(reply: Callable[..., str]) -> Scripted:
        model = Scripted(reply)
        monkeypatch.setattr(language, "load", lambda _: model)
        return model

    return put


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding that its author wrote."""
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]
    return found + [column.fr for table in finding.tables for column in table.columns]


def test_agreement_by_hand(script: Any) -> None:
    model = script(lambda prompt, heat, seed: "He is 61." if "?" in prompt else "He is 60.")
    finding = stability.run()
    # 20 ways; only "How old is Obama" and "How old is Obama." have no question mark: 17 of 19 agree,
    # and H(18/20, 2/20) = 0.9 × 0.1520 + 0.1 × 3.3219 = 0.4690 bits.
    agreement = finding.estimate("agreement")
    assert agreement.value == pytest.approx(17 / 19) and agreement.n == 19
    assert finding.estimate("entropy").value == pytest.approx(0.4690, abs=1e-4)
    assert finding.estimate("entropy_sampled").value == 0 and finding.estimate("entropy").baseline == 0
    assert "With the question mark the answer is “61”, without it “60”" in finding.summary.en
    assert "« 60 »" in finding.summary.fr.replace("\u202f", " ")
    rows = {row[0].en: row[1:4] for row in finding.table("kinds").rows}  # type: ignore[union-attr]
    assert rows["punctuation"] == [2, 0, 0.0] and rows["capitals"] == [3, 3, 1.0]
    systems = [messages[0]["content"] for messages, _ in model.asked if messages[0]["role"] == "system"]
    assert systems == ["You are a helpful assistant.", "You know this subject very well.", "Answer briefly."]


def test_one_answer_to_everything(script: Any) -> None:
    script(lambda *_: "Paris.")
    finding = stability.run({"prompt": "What is the capital of France?"})
    assert finding.estimate("agreement").value == 1 and finding.estimate("entropy").value == 0
    assert "gives 1 different answer:" in finding.summary.en and "1 réponse différente" in finding.summary.fr
    assert "With or without the question mark the answer is the same, “Paris”" in finding.summary.en


def test_chance_is_measured_with_as_many_answers(script: Any) -> None:
    script(lambda prompt, heat, seed: str(10 + seed % 2) if heat else "10")
    finding = stability.run()
    sampled = finding.estimate("entropy_sampled")
    # 20 draws, 10 of each answer: 1 bit.
    assert sampled.value == pytest.approx(1) and sampled.n == finding.estimate("entropy").n == 20
    assert [row[1] for row in finding.table("samples").rows] == [10, 10]


def test_a_server_that_wavers_at_temperature_zero_is_seen(script: Any) -> None:
    calls: list[int] = []

    def reply(*_: Any) -> str:
        calls.append(1)
        return str(len(calls))

    script(reply)
    # Three answers, all different: log₂ 3 bits.
    assert stability.run().estimate("entropy_repeated").value == pytest.approx(math.log2(3))


def test_the_comparison_can_be_chosen(script: Any) -> None:
    script(lambda prompt, *_: f"Yes, {len(prompt)}.")
    assert stability.run({"prompt": "Is it true?", "compare": "number"}).estimate("entropy").value != 0
    assert stability.run({"prompt": "Is it true?"}).estimate("entropy").value == 0


def test_two_ways_of_not_answering_are_two_answers(script: Any) -> None:
    script(lambda prompt, *_: "I do not know." if "?" in prompt else "Who can say.")
    finding = stability.run()
    assert finding.estimate("agreement").value == pytest.approx(17 / 19)
    assert finding.table("answers").rows[0][3].en == "no number"  # type: ignore[union-attr]
    assert "20 of the 20 answers hold no number" in finding.summary.en
    assert "ne contiennent aucun nombre" in finding.summary.fr


def test_empty_replies_are_one_group(script: Any) -> None:
    script(lambda *_: "")
    finding = stability.run()
    assert finding.estimate("entropy").value == 0 and finding.table("answers").rows[0][3].en == "no number"  # type: ignore[union-attr]


def test_bad_arguments_say_what_to_do(script: Any) -> None:
    script(lambda *_: "5")
    for arguments, what in (
        ({"compare": "colour"}, "--compare"),
        ({"temperature": 0}, "--temperature"),
        ({"language": "de"}, "--language"),
        ({"paraphrases": "|".join(f"ask {i}" for i in range(50))}, "40 rewordings"),
        ({"prompt": "x" * 3000}, "--prompt"),
    ):
        with pytest.raises(BadInput) as error:
            stability.run(arguments)
        assert what in error.value.message.en and error.value.message.fr


def test_stop_is_heard_and_progress_tells_what_was_found(script: Any) -> None:
    script(lambda prompt, *_: str(len(prompt)))
    seen: list[Progress] = []
    stability.run({}, on_progress=seen.append)
    assert any("different answers" in p.label.en and "réponses différentes" in p.label.fr for p in seen)
    assert [p.done for p in seen] == sorted(p.done for p in seen) and seen[-1].done <= 100
    stop = threading.Event()
    with pytest.raises(Stopped):
        stability.run({}, stop=stop, on_progress=lambda _: stop.set())


def test_the_same_seed_gives_the_same_finding(script: Any) -> None:
    script(lambda prompt, heat, seed: str(len(prompt) + seed % 3))
    assert stability.run({}, seed=3).id == stability.run({}, seed=3).id
    assert Finding.model_validate_json(stability.run().model_dump_json()).id == stability.run().id


@pytest.mark.parametrize(
    "arguments",
    [{}, {"language": "fr"}, {"prompt": "Is it so?"}, {"prompt": "Décris Rome.", "language": "fr"}],
    ids=["en", "fr", "yes-no", "text"],
)
def test_both_languages_are_written(script: Any, arguments: dict[str, str]) -> None:
    script(lambda prompt, heat, seed: f"Yes {len(prompt) % 4},5" if seed % 2 else "Rome is old. It is big.")
    finding = stability.run(arguments, lang="fr")
    assert all(texts(finding)) and finding.limits.en and finding.how_to_read.en
    assert not [text for text in texts(finding) if re.search(r"\d\.\d", text)]
    assert finding.figures[0].lang == "fr" and finding.figures[0].data.startswith("<svg")


@pytest.mark.real
def test_the_default_model_does_not_know_its_own_answer() -> None:
    finding = stability.run({"max_tokens": 12})
    assert finding.estimate("entropy_repeated").value == 0  # the same words, the likeliest tokens: the same answer
    spread = finding.estimate("entropy")
    assert spread.value is not None and 1 < spread.value < math.log2(20) and spread.n == 20
    assert finding.specimen.sha256 is not None
    assert len(finding.table("answers").rows) == 20
