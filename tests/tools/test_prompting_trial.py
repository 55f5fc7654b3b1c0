"""Two prompts on the same items: what is sent, what is counted, and what the statistics are worth."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from knowledge.exercise_checks import Checks
from knowledge.exercises import Prompt, Said, read_prompt
from tools.errors import BadInput, Stopped
from tools.finding import Finding, Specimen
from tools.prompting import pairs, result, trial
from tools.prompting.tables import read_table, write_table
from tools.prompting.text import FREE
from tools.specimens import language
from tools.specimens.language import Message

SPECIMEN = Specimen(name="echo", source="a test", revision="1", sha256=None)
CHECKS = Checks.validate_python([{"kind": "answer"}])
ITEMS = [{"text": f"word{i}", "answer": f"word{i}"} for i in range(8)]


class Echo:
    """A model that only talks: it repeats the last words of the last message, and remembers what it was sent."""

    specimen, context = SPECIMEN, 100

    def __init__(self) -> None:
        self.seen: list[tuple[list[Message], int]] = []

    def generate(self, messages: list[Message], *, seed: int = 0, **_: Any) -> Iterator[str]:
        self.seen.append(([*messages], seed))
        yield messages[-1]["content"].split()[-1]

    def score(self, text: str) -> Any:
        raise NotImplementedError

    continuations = score


def run(prompt: Prompt, items: list[dict[str, str]] | None = None, model: Any = None, **changes: Any) -> trial.Sheet:
    options: dict[str, Any] = {"max_tokens": 8, "seed": 3, "on_step": lambda *_: None} | changes
    return trial.answer(prompt, ITEMS if items is None else items, CHECKS, model=model or Echo(), **options)


def sheet(scores: list[float]) -> trial.Sheet:
    replies = [trial.Reply(item=i, text="", scores={"answer": s}, score=s) for i, s in enumerate(scores)]
    return trial.Sheet(prompt=Prompt(prompt="x"), replies=replies, tokens=None, specimen=SPECIMEN, seconds=0)


def test_every_item_is_put_in_its_place() -> None:
    model = Echo()
    history = (Said(role="user", content="{text}?"), Said(role="assistant", content="yes"))
    done = run(Prompt(system="About {text}.", history=history, prompt='{"keep": {nothing}} say {text}'), model=model)
    assert [message["content"] for message in model.seen[2][0]] == [
        "About word2.", "word2?", "yes", '{"keep": {nothing}} say word2',
    ]  # fmt: skip
    assert [message["role"] for message in model.seen[0][0]] == ["system", "user", "assistant", "user"]
    assert done.mean == 1 and done.tokens is None and [seed for _, seed in model.seen] == list(range(3, 11))


def test_turns_follow_each_other_and_the_last_reply_counts() -> None:
    model = Echo()
    done = run(Prompt(prompt="first {text}\n---\nsay no\n ---\nsay {text}"), model=model)
    assert [message["content"] for message in model.seen[-1][0]] == [
        "first word7", "word7", "say no", "no", "say word7",
    ]  # fmt: skip
    assert done.replies[7].text == "word7" and done.replies[7].earlier == ["word7", "no"]
    assert [message["role"] for message in model.seen[-1][0]] == ["user", "assistant"] * 2 + ["user"]
    assert len({seed for _, seed in model.seen}) == 24  # each turn of each item has its own stream of chance


def test_progress_goes_to_the_end_and_stop_is_heard() -> None:
    heard: list[tuple[int, int]] = []
    run(Prompt(prompt="a {text}\n---\nb {text}"), on_step=lambda done, total: heard.append((done, total)))
    assert heard == sorted(heard) and heard[-1] == (15, 16)

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise Stopped("stop", "stop")

    model = Echo()
    with pytest.raises(Stopped):
        run(Prompt(prompt="{text}"), model=model, on_step=stop)
    assert len(model.seen) <= 4


@pytest.mark.parametrize(
    ("given", "says"),
    [("", "empty"), ("  \n", "empty"), ("a {text}\n---\n", "empty"), ("x" * 20_001, "20,001 characters"),
     ({"prompt": "x", "history": [{"role": "assistant", "content": "y"}]}, "user, assistant"),
     ({"prompt": "x", "temperature": 3}, "temperature"), ({"prompt": "x", "sytem": "y"}, "sytem"), ({}, "prompt"), (None, "prompt")],
)  # fmt: skip
def test_a_prompt_that_cannot_run_says_why(given: Any, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_prompt(given)
    assert says in caught.value.message.en and caught.value.message.fr


def test_a_missing_field_and_a_field_that_is_none() -> None:
    with pytest.raises(BadInput, match="Item 2 has nothing under 'text'"):
        run(Prompt(prompt="{text}"), [{"text": "a", "answer": "a"}, {"text": " ", "answer": "b"}])
    with pytest.raises(BadInput, match="no items"):
        run(Prompt(prompt="{text}"), [])
    assert trial.notes(Prompt(prompt="{text}"), ITEMS) == []
    nothing, strange = trial.notes(Prompt(prompt="{texte}"), ITEMS)
    assert "the same words every time" in nothing.en and "{texte}" in strange.en and "{text}, {answer}" in strange.fr


def test_the_interval_and_p_agree_with_scipy() -> None:
    from scipy import stats

    rng = np.random.default_rng(1)
    for n, size in ((9, 1.0), (30, 0.3), (60, 0.0)):
        a, b = rng.choice([0, 0.5, 1], n), rng.choice([0, 0.5, 1], n)
        b = np.clip(b + size, 0, 1)
        found = trial.pair(sheet(list(a)), sheet(list(b)), seed=0)
        data = (b - a,)
        theirs = stats.bootstrap(data, np.mean, n_resamples=20_000, method="percentile", rng=np.random.default_rng(2))
        assert found.low == pytest.approx(theirs.confidence_interval.low, abs=0.03)
        assert found.high == pytest.approx(theirs.confidence_interval.high, abs=0.03)
        p = stats.permutation_test(data, np.mean, permutation_type="samples", n_resamples=20_000, rng=np.random.default_rng(3)).pvalue  # fmt: skip
        assert found.p == pytest.approx(p, abs=0.015)
        assert found.difference == pytest.approx((b - a).mean()) and found.n == n


def test_a_few_signs_are_all_tried() -> None:
    # six differences of +1: of the 2⁶ = 64 ways to set the signs, two are as far from zero: 2/64 = 0.03125
    found = trial.pair(sheet([0.0] * 6), sheet([1.0] * 6), 0)
    assert found.p == 0.03125 and (found.low, found.high) == (1, 1) and found.better == [*range(6)]
    # below six items no interval is given, whatever the difference
    assert trial.pair(sheet([0.0] * 5), sheet([1.0] * 5), 0).low is None
    assert trial.pair(sheet([0.0, 1]), sheet([0.0, 1]), 0).p == 1


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    # 24 items, scores 0 or 1 with chances 0.3 and 0.6: the true difference is 0.3. A percentile bootstrap of so few is
    # a little too narrow (about 93 to 95 % in place of 95 %); 400 simulations leave ± 2.2 points of chance.
    rng, inside, alarms = np.random.default_rng(0), 0, 0
    for _ in range(400):
        a, b, c = rng.random(24) < 0.3, rng.random(24) < 0.6, rng.random(24) < 0.3
        low, high = pairs.bootstrap(b.astype(float) - a, rng)
        inside += low <= 0.3 <= high
        alarms += pairs.bootstrap(c.astype(float) - a, rng)[0] > 0
    assert 0.90 <= inside / 400 <= 0.98
    assert alarms / 400 <= 0.05  # a prompt that is no better seldom seems so: one side of 5 % is 2.5 %


def test_the_same_seed_gives_the_same_numbers() -> None:
    a, b = sheet([0, 0.5, 1, 0, 0, 1, 0.5, 0]), sheet([1, 0.5, 1, 0.5, 0, 1, 1, 0])
    assert trial.pair(a, b, 7) == trial.pair(a, b, 7)
    rng = np.random.default_rng(0)
    one, two = (sheet(list(rng.random(40))) for _ in "ab")
    assert trial.pair(one, two, 7) == trial.pair(one, two, 7) != trial.pair(one, two, 8)


def made(a: list[float], b: list[float], lang: Any = "en") -> Finding:
    one, two = sheet(a), sheet(b)
    items = [{"text": f"t{i}", "answer": "x"} for i in range(len(a))]
    return result.finding(result.Compared(one, two, trial.pair(one, two, 0), items, CHECKS, FREE, 0), lang)


def test_the_finding_says_what_was_found_in_both_languages() -> None:
    better = made([0.0] * 10 + [1.0] * 2, [1.0] * 9 + [0.0] * 2 + [0.0])
    assert "9 got better, 2 got worse, 1 stayed the same" in better.summary.en
    assert "9 font mieux, 2 moins bien, 1 pareil" in better.summary.fr
    items = better.table("items")
    assert [row[-1] for row in items.rows] == [-1, -1, 0, *[1] * 9] and items.rows[0][0] == 11  # the worst first
    assert better.estimates[0].name == "difference" and better.estimates[0].value == pytest.approx(7 / 12)
    assert "higher" not in better.summary.en and "0,58" in better.summary.fr and "0.58" not in better.summary.fr
    same = made([0.0, 1] * 6, [0.0, 1] * 6, "fr")
    assert "includes zero" in same.summary.en and same.figures[0].lang == "fr"
    assert "fewer than six" in made([0.0] * 3, [1.0] * 3).summary.en
    thin = made([0.0] * 26, [1.0] * 4 + [0.0] * 22)  # 4 signs: 2 of 2⁴ = 16 ways are as far from zero, p = 0.125
    assert (thin.estimates[0].low or 0) > 0 and thin.estimates[0].p == 0.125
    assert "chance alone often does as much (p = 0.125)" in thin.summary.en and "p = 0,125" in thin.summary.fr
    assert "worse on items" in made([1.0] * 12, [0.0] * 11 + [1.0]).summary.en
    assert Finding.model_validate_json(better.model_dump_json()) == better


CSV = 'text;answer\n"Oui ; vraiment";oui\n"Non, jamais";non\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_whatever_its_dress(encoding: str) -> None:
    assert read_table(CSV.encode(encoding), "t.csv") == [
        {"text": "Oui ; vraiment", "answer": "oui"},
        {"text": "Non, jamais", "answer": "non"},
    ]


def test_accents_of_old_files_are_kept() -> None:
    text = "texte,réponse\n" + "".join(f"Élève numéro {i} très âgé à Besançon,où ça\n" for i in range(9))
    assert read_table(text.encode("cp1252"), "t.csv")[3] == {
        "texte": "Élève numéro 3 très âgé à Besançon",
        "réponse": "où ça",
    }


def test_one_column_keeps_its_commas() -> None:
    assert read_table(b"text\nHello, world; yes\n\nBye\n", "t.csv") == [{"text": "Hello, world; yes"}, {"text": "Bye"}]
    assert read_table(b"the text,n\r\na\r\n", "t.csv") == [{"the_text": "a", "n": ""}]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"", "empty"), (b"\x00\x01\x02" * 900, "no text"), (b"text\n", "a row for each item"),
     (b"text\n" + b"a\n" * 501, "501 rows"), (b"a,b\n1,2,3\n", "row 1 has 3 cells"), (b"a,a\n1,2\n", "two columns"),
     (b"a,2\n1,2\n", "begins with a letter"), (b'a,b\n"x,1\n', "not CSV"), (b"a\n" + b"x" * 20_001, "cell of more")],
)  # fmt: skip
def test_a_table_that_is_none_says_why(data: bytes, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_table(data, "t.csv")
    assert says in caught.value.message.en and "t.csv" in caught.value.message.fr


def test_the_table_comes_back_with_replies_and_scores() -> None:
    a, b = run(Prompt(prompt="{text} no")), run(Prompt(prompt="{text}"))
    rows = list(csv.DictReader(io.StringIO(write_table([*ITEMS[:7], {"text": "=1+1", "answer": "=1+1"}], a, b))))
    assert rows[0] == {"text": "word0", "answer": "word0", "reply_A": "no", "reply_B": "word0", "answer_A": "0.0",
                       "score_A": "0.0", "answer_B": "1.0", "score_B": "1.0"}  # fmt: skip
    assert rows[7]["text"] == "'=1+1"  # a spreadsheet would run it


@pytest.mark.real
def test_what_the_model_receives_is_its_own_format() -> None:
    model = language.load()
    prompt = Prompt(system="Be brief.", prompt="Say {text}\n---\nAgain")
    seen = trial.received(prompt, {"text": "é"}, model)
    assert seen.text is not None and seen.text.startswith("<|im_start|>system\nBe brief.<|im_end|>")
    assert "Say é" in seen.text and seen.text.rstrip().endswith("<|im_start|>assistant")
    assert isinstance(model, language.TransformersModel)
    assert seen.tokens == len(model.ids(seen.text, special=False))


@pytest.mark.real
def test_a_prompt_beyond_the_context_names_the_item() -> None:
    items = [{"text": "short", "answer": "x"}, {"text": "word " * 8200, "answer": "x"}]
    with pytest.raises(BadInput, match=r"With item 2 the model would receive"):
        run(Prompt(prompt="{text}"), items, language.load())


@pytest.mark.real
def test_chance_is_the_seed_s(monkeypatch: pytest.MonkeyPatch) -> None:
    model = language.load()
    hot = Prompt(prompt="Name a bird, {text}.", temperature=1.0)
    first, again, other = (run(hot, ITEMS[:3], model, seed=seed) for seed in (1, 1, 2))
    assert [r.text for r in first.replies] == [r.text for r in again.replies] != [r.text for r in other.replies]


@pytest.mark.vllm
def test_a_served_model_is_measured_alike(served: Any) -> None:
    from tools.specimens.http_language import HttpModel

    model = HttpModel(served.url)
    prompt = Prompt(system="Reply with one word.", prompt="Say {text}")
    done = run(prompt, ITEMS[:2], model)
    here = trial.received(prompt, ITEMS[0], language.load())
    seen = trial.received(prompt, ITEMS[0], model)
    assert seen.tokens == here.tokens and seen.text == here.text and abs((done.tokens or 0) - here.tokens) <= 1
    assert len(done.replies) == 2 and all(reply.text for reply in done.replies)
