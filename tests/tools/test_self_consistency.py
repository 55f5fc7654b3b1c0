"""Self-consistency: scores by hand, meanings by rule and by entailment, token probabilities, the finding."""

from __future__ import annotations

import json
import math
import re
import threading
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.tools.tiny_models import causal
from tools.errors import BadInput, Stopped
from tools.finding import Finding, Specimen
from tools.specimens import language
from tools.specimens.http_language import HttpModel
from tools.specimens.language import TransformersModel
from tools.truth.consistency import scores
from tools.truth.consistency.ask import Reply, ask, replies, scored, stream, told
from tools.truth.consistency.meaning import Rule, added, by_entailment, by_rule, cluster, contains, refuses
from tools.truth.consistency.tokens_figure import rival
from tools.truth.self_consistency import self_consistency


class Scripted:
    """A model that only talks: what ``reply`` says for the temperature and the seed."""

    specimen = Specimen(name="scripted, a made model", source="made", revision="1", sha256=None)
    context = 1000

    def __init__(self, reply: Callable[[float, int], str]) -> None:
        self.reply = reply

    def generate(
        self, messages: list[dict[str, str]], *, temperature: float = 0, seed: int = 0, **_: Any
    ) -> Iterator[str]:
        yield self.reply(temperature, seed)


class Table:
    """An entailment model that knows a table: pairs found in it entail each other, the others contradict."""

    def __init__(self, pairs: set[tuple[str, str]]) -> None:
        self.pairs = pairs

    def probabilities(self, pairs: list[tuple[str, str]], on_step: object = None) -> np.ndarray:
        return np.array([[0.6, 0.3, 0.1] if pair in self.pairs else [0.2, 0.2, 0.6] for pair in pairs])


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[float, int], str]], None]:
    return lambda reply: monkeypatch.setattr(language, "load", lambda _: Scripted(reply))


def turns(*answers: str) -> Callable[[float, int], str]:
    """The first answer when greedy, then the others in turn."""
    return lambda heat, seed: answers[0] if not heat else answers[1 + (seed - 1) % (len(answers) - 1)]


def test_discrete_semantic_entropy_by_hand() -> None:
    # Shares 3/6, 2/6, 1/6: 0.5 × 1 + 1/3 × 1.5850 + 1/6 × 2.5850 = 1.4591 bits
    assert scores.entropy([0, 0, 0, 1, 1, 2]) == pytest.approx(1.45915, abs=1e-5)
    assert scores.entropy([4, 4, 4]) == 0
    assert scores.entropy([0, 1, 2, 3]) == pytest.approx(2)
    assert scores.entropy([]) == 0


def test_weighted_semantic_entropy_by_hand() -> None:
    # Masses: 0.2 + 0.1 = 0.3 in cluster 0, 0.3 in cluster 1: one half each, 1 bit (the discrete form: 0.918)
    logs = [math.log(p) for p in (0.2, 0.1, 0.3)]
    assert scores.entropy([0, 0, 1], logs) == pytest.approx(1)
    # 0.3 against 0.1: p = 3/4 and 1/4, H = 0.75 × 0.41504 + 0.25 × 2 = 0.81128; a common factor changes nothing
    assert scores.entropy([0, 1], [math.log(0.3), math.log(0.1)]) == pytest.approx(0.81128, abs=1e-5)
    assert scores.entropy([0, 1], [math.log(0.3) - 900, math.log(0.1) - 900]) == pytest.approx(0.81128, abs=1e-5)


def test_weights_are_length_normalised() -> None:
    # (−1 − 3) / 2 = −2; −4 / 1 = −4; an empty answer gets the mean, −3
    assert scores.weights([[-1.0, -3.0], [-4.0], []]) == [-2, -4, -3]
    assert scores.weights([[-1.0], None]) is None
    assert scores.weights([[], []]) is None and scores.weights(None) is None


def test_ngrams_by_hand() -> None:
    # the 3 times, cat 3, sat 2 among 11 words (the answer counts): −ln 3/11 = 1.2993 twice, −ln 2/11 = 1.7047
    samples = ["the cat", "The dog!", "a cat sat down"]
    one = scores.ngrams(["the cat sat"], samples)
    assert one.values[0] == pytest.approx([1.29928, 1.29928, 1.70475], abs=1e-5)
    assert one.mean == pytest.approx(1.43444, abs=1e-5) and one.max == pytest.approx(1.70475, abs=1e-5)
    # (start the) 3 of 4 starts, (the cat) 2 of 3, (cat sat) 2 of 2: −ln 3/4 = 0.2877, −ln 2/3 = 0.4055, 0
    two = scores.ngrams(["the cat sat"], samples, n=2)
    assert two.values[0] == pytest.approx([0.28768, 0.40547, 0], abs=1e-5)
    assert scores.ngrams(["…"], samples).mean == 0


def test_embedding_is_zero_for_what_every_sample_says() -> None:
    found = scores.embedding(["Bees make honey."], ["Rain fell. Bees make honey.", "The train is late.", ""])
    assert found.shape == (1, 3)
    assert found[0, 0] == pytest.approx(0, abs=1e-5) and found[0, 1] > 0.4 and found[0, 2] == 1


def test_contradiction_leaves_neutral_out() -> None:
    # In the table 0.1 / (0.1 + 0.6) = 1/7, else 0.6 / (0.6 + 0.2) = 3/4; the sample is the premise
    model: Any = Table({("s1", "r")})
    assert scores.contradiction(["r"], ["s1", "s2"], model) == pytest.approx(np.array([[1 / 7, 3 / 4]]))


def test_clusters_of_a_table_of_entailments() -> None:
    # 0 ↔ 2 and 1 ↔ 3; 4 entails 0, which does not entail 4: a cluster of its own
    entails = np.eye(5, dtype=bool)
    entails[0, 2] = entails[2, 0] = entails[1, 3] = entails[3, 1] = entails[4, 0] = True
    assert cluster(5, lambda i, heads: [bool(entails[i, h] and entails[h, i]) for h in heads]) == [0, 1, 0, 1, 2]
    assert cluster(0, lambda i, heads: []) == []


def test_entailment_must_hold_in_both_directions() -> None:
    said = {text: f"Q? {text}" for text in ("Paris.", "It is Paris.", "A town.")}
    both = {(said["Paris."], said["It is Paris."]), (said["It is Paris."], said["Paris."])}
    model: Any = Table({*both, (said["Paris."], said["A town."])})
    answers = ["Paris.", "It is Paris.", "A town.", "I don't know.", "A town.", ""]
    ticks: list[int] = []
    assert cluster(6, by_entailment(answers, "Q?", model, lambda: ticks.append(1))) == [0, 0, 1, 2, 1, 2]
    assert ticks


def test_the_rule_on_the_pairs_it_was_set_on_and_on_others() -> None:
    lines = (files("tools.truth.consistency") / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    found: dict[str, list[bool]] = {"set": [], "check": []}
    for row in map(json.loads, lines):
        same = by_rule([row["one"], row["other"]], Rule(row["question"], "text"))(1, [0])[0]
        found[row["set"]].append(same == row["same"])
    # The numbers that how_to_read states.
    assert (sum(found["set"]), len(found["set"])) == (57, 60)
    assert (sum(found["check"]), len(found["check"])) == (24, 24)


@pytest.mark.parametrize(
    ("question", "how", "answers", "groups"),
    [
        ("How many moons has Mars?", "number", ["Mars has two moons.", "2", "It has 4.", "I do not know."], [0, 0, 1, 2]),
        ("Is it so?", "yes_no", ["Yes, it is.", "Yes.", "No.", "Perhaps so."], [0, 0, 1, 2]),
        ("Who?", "text", ["I don't know.", "", "As an AI, I cannot know.", "Ann."], [0, 0, 0, 1]),
        ("Combien ?", "number", ["Environ 1 200.", "1200", "1,5"], [0, 0, 1]),
        ("When was it built?", "text", ["It was built in 1889.", "Built 1889.", "It was built in 1901."], [0, 0, 1]),
        ("Is it Paris?", "text", ["It is Paris.", "It is not Paris.", "It is Paris"], [0, 1, 0]),
        ("What is the capital of France?", "text", ["The capital of France is France.", "It’s the capital of France.", "It is."], [0, 0, 1]),
        ("Is the Earth flat or round?", "yes_no", ["The Earth is flat.", "The Earth is round."], [0, 1]),
        ("x", "text", ["🙂", "🙂🙂", "print(1)", "مرحبا بالعالم", "мир"], [0, 0, 1, 2, 3]),
    ],
)  # fmt: skip
def test_meanings_by_rule(question: str, how: Any, answers: list[str], groups: list[int]) -> None:
    assert cluster(len(answers), by_rule(answers, Rule(question, how))) == groups


@pytest.mark.parametrize(
    "answer",
    ["I don’t know.", "I'm not sure, but…", "I’m sorry, I can't help.", "As an AI, I have no body.", "Je ne sais pas.", "", "…",
     "Je n’ai pas d’information à ce sujet.", "Désolé, je ne peux pas répondre.", "En tant qu’IA, je n’ai pas d’avis."],
)  # fmt: skip
def test_refusals(answer: str) -> None:
    assert refuses(answer)


@pytest.mark.parametrize(
    "answer", ["Paris.", "Nothing is known to travel faster than light.", "Je sais : c’est Berne.", "مرحبا"]
)
def test_what_is_no_refusal(answer: str) -> None:
    assert not refuses(answer)


@pytest.mark.parametrize(
    ("answer", "expected", "holds"),
    [
        ("It is CANBERRA, a city.", "Canberra", True), ("Canberran wine", "Canberra", False), ("Émile Zola", "emile zola", True),
        ("It has two moons.", "2", True), ("It has 12 moons.", "2", False), ("About 1,200 km", "1200", True),
        ("Yes, of course.", "yes", True), ("No.", "yes", False), ("Oui.", "oui", True), ("the USA", "United States|USA", True),
        ("anything", "", False), ("anything", " | ", False),
    ],
)  # fmt: skip
def test_the_expected_answer_is_looked_up(answer: str, expected: str, holds: bool) -> None:
    assert contains(answer, expected) is holds


def test_what_an_answer_adds_to_the_question() -> None:
    assert added("Canberra is the Australian capital. It is small.", "What is the capital of Australia?") == [
        "Canberra"
    ]


def test_token_probabilities_are_those_of_the_model(tmp_path: Path) -> None:
    import torch

    model = TransformersModel(causal(tmp_path, ["where", "is", "it", "here", "there", "now"]))
    answers = ["it is here", "", "there", "now now it is there here"]
    found = scored(model, "where is it", answers)
    ids = model.ids("where is it")
    for answer, tokens in zip(answers, found, strict=True):
        said = model.ids(answer)
        logprobs = torch.log_softmax(model.logits([*ids, *said]), -1)[len(ids) - 1 : -1]
        assert [t.logprob for t in tokens] == pytest.approx(
            [float(logprobs[i, s]) for i, s in enumerate(said)], abs=1e-5
        )
        for row, token in zip(logprobs, tokens, strict=False):
            p = row.exp().numpy()
            assert token.entropy == pytest.approx(float(-(p * np.log2(p)).sum()), abs=1e-4)
    assert found[1] == [] and Reply("", []).logprobs == [] and Reply("x").logprobs is None


def test_a_question_gets_the_same_answers_in_any_company(tmp_path: Path) -> None:
    model = TransformersModel(causal(tmp_path, ["where", "is", "it", "here", "there", "now", "who"]))
    options: Any = {"samples": 3, "temperature": 30.0, "max_tokens": 6, "seed": 1, "on_step": lambda _: None}
    alone = ask(model, ["who is it"], **options)
    among = ask(model, ["where is it", "who is it", "who is it"], **options)
    assert alone[0] == among[1] == among[2] and among[0].question == "where is it"
    assert len({reply.text for reply in alone[0].samples}) > 1
    assert ask(model, ["who is it"], **{**options, "seed": 2})[0].samples != alone[0].samples
    assert len({stream("a", i) for i in range(41)}) == 41 and stream("a", 40) < 2**30


def test_all_scores_rise_when_the_samples_disagree() -> None:
    same, other = ["It is Paris."] * 4, ["It is Paris.", "Rome, I believe.", "London it is.", "It was Oslo."]
    given: Any = {"question": "Where?", "language": "en", "main": "It is Paris.", "main_logprobs": [-0.5, -1.5]}
    sure = scores.all_scores(same, logprobs=[[-1.0]] * 4, **given)
    unsure = scores.all_scores(other, logprobs=[[-1.0]] * 4, **given)
    assert set(sure) == {"ngram_mean", "ngram_max", "embedding", "entropy", "entropy_weighted", "agreement", "perplexity",
                         "min_token_probability"}  # fmt: skip
    for name in ("ngram_mean", "ngram_max", "embedding", "entropy", "entropy_weighted", "agreement"):
        assert unsure[name] > sure[name]
    assert sure["agreement"] == 0 and unsure["agreement"] == 0.75 and unsure["entropy"] == pytest.approx(2)
    # e^((0.5 + 1.5) / 2) = e; 1 − e^−1.5 = 0.7769
    assert sure["perplexity"] == pytest.approx(math.e) and sure["min_token_probability"] == pytest.approx(
        0.77687, abs=1e-5
    )
    bare = scores.all_scores(same, "It is Paris.", question="Where?", language="en")
    assert "perplexity" not in bare and "entropy_weighted" not in bare
    model: Any = Table({("It is Paris.", "It is Paris.")})
    judged = scores.all_scores(same, "It is Paris.", question="Where?", language="en", model=model)
    assert judged["entailment"] == pytest.approx(1 / 7)


def test_agreeing_on_a_falsehood_is_said(script: Any) -> None:
    script(turns("It is Istanbul.", "Istanbul.", "It is Istanbul.", "Istanbul.", "It is Ankara.", "Istanbul."))
    finding = self_consistency.run({"samples": 5})
    # 4 of 5 say Istanbul, 1 says Ankara: H(0.8, 0.2) = 0.7219 bits
    assert finding.estimate("agreement").value == 0.8 and finding.estimate("semantic_entropy").value == pytest.approx(
        0.72193, abs=1e-5
    )
    assert "agrees with itself on a falsehood" in finding.summary.en and "built-in" in finding.summary.en
    assert "d’accord avec lui-même sur une erreur" in finding.summary.fr
    rows = finding.table("meanings").rows
    assert [row[1] for row in rows] == [4, 1] and [row[-1] for row in rows] == [0, 1]
    assert [e.name for e in finding.estimates if e.name.startswith("token")] == [] and len(finding.figures) == 1
    assert "does not show its probabilities" in finding.limits.en


@pytest.mark.parametrize(
    ("answers", "expected", "words"),
    [
        (("Rome.", "Oslo.", "Paris.", "Bern."), "Paris", "was a warning"),
        (("Paris.", "Oslo.", "Rome.", "Bern."), "Paris", "doubt is not a proof"),
        (("Paris.", "It is Paris.", "Paris."), "Paris", "go together"),
        (("Paris.", "It is Paris.", "Paris."), "", "no proof"),
        (("Paris.", "Oslo.", "Rome.", "Bern."), "", "changes with chance"),
        (("Paris.", "Paris.", "Rome.", "Bern."), "", "wavers"),
        (("I don’t know.", "Paris.", "Rome.", ""), "", "gives no answer"),
    ],
)
def test_what_is_concluded(script: Any, answers: tuple[str, ...], expected: str, words: str) -> None:
    script(turns(*answers))
    finding = self_consistency.run({"question": "Where is it?", "expected": expected, "samples": 3})
    assert words in finding.summary.en and finding.summary.fr
    assert "built-in" not in finding.summary.en


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "🙂",
        "print('$x$')\n\tfor i in range(3): $",
        "مرحبا بالعالم",
        "Paris " * 200,
        "$\\frac{",
        "<b>&amp;",
        "\x00",
        "1",
    ],
    ids=["empty", "emoji", "code", "right-to-left", "long", "broken-mathematics", "markup", "nul", "number"],
)
def test_awkward_answers_do_no_harm(script: Any, answer: str) -> None:
    script(turns(answer, answer, "Something else.", answer))
    finding = self_consistency.run({"question": f"What of {answer[:40]}?", "samples": 3, "expected": "x$y"}, lang="fr")
    assert finding.figures[0].data.startswith("<svg") and finding.summary.fr
    assert Finding.model_validate_json(finding.model_dump_json()).id == finding.id


def a_server(monkeypatch: pytest.MonkeyPatch, tell: bool) -> HttpModel:
    """A server that answers by the seed, with the probabilities or without."""
    model = HttpModel("http://127.0.0.1:1/v1")
    model.card = {"id": "made"}

    def call(method: str, route: str, body: dict[str, Any] | None = None, **_: Any) -> dict[str, Any]:
        assert body is not None and route == "/chat/completions" and body["logprobs"] is True
        word = "Rome" if body["temperature"] and body["seed"] % 2 else "Paris"
        row = {
            "token": word,
            "logprob": -0.7,
            "top_logprobs": [{"token": word, "logprob": -0.7}, {"token": "Oslo", "logprob": -1.2}],
        }
        return {"choices": [{"message": {"content": f" {word}"}, "logprobs": {"content": [row]} if tell else None}]}

    monkeypatch.setattr(model, "call", call)
    monkeypatch.setattr(language, "load", lambda _: model)
    return model


def test_a_served_model_tells_its_probabilities(monkeypatch: pytest.MonkeyPatch) -> None:
    model = a_server(monkeypatch, tell=True)
    [reply] = replies(model, ["Where?"], [0], 0.0, 8, 0, lambda _: None)
    assert reply.text == "Paris" and reply.logprobs == [-0.7]
    assert reply.tokens and reply.tokens[0].other == "Oslo" and reply.tokens[0].entropy is None
    assert rival(reply.tokens[0], "en") == "or Oslo 30%"  # e^−1.2 = 0.301
    finding = self_consistency.run({"samples": 4})
    assert finding.estimate("min_token_probability").value == pytest.approx(math.exp(-0.7))
    assert len(finding.figures) == 2 and finding.estimate("semantic_entropy_weighted").value == pytest.approx(1)


def test_a_server_that_keeps_its_probabilities(monkeypatch: pytest.MonkeyPatch) -> None:
    a_server(monkeypatch, tell=False)
    finding = self_consistency.run({"samples": 4})
    assert len(finding.figures) == 1 and [e.name for e in finding.estimates][:2] == ["semantic_entropy", "agreement"]
    assert told(None) is None and told({"content": []}) is None


def test_bad_arguments_say_what_to_do(script: Any) -> None:
    script(turns("a", "b"))
    for arguments, what in (
        ({"samples": 2}, "--samples"), ({"samples": 41}, "--samples"), ({"temperature": 0}, "--temperature"), ({"language": "de"}, "--language"),
        ({"expected": "Paris"}, "--question"), ({"question": "x" * 3000}, "--question"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as error:
            self_consistency.run(arguments)
        assert what in error.value.message.en and error.value.message.fr


def test_stop_is_heard(script: Any) -> None:
    script(turns("a", "b"))
    stop = threading.Event()
    with pytest.raises(Stopped):
        self_consistency.run({}, stop=stop, on_progress=lambda _: stop.set())


def test_the_same_seed_gives_the_same_finding(script: Any) -> None:
    script(lambda heat, seed: f"Number {seed % 3}." if heat else "Number 1.")
    assert self_consistency.run({}, seed=3).id == self_consistency.run({}, seed=3).id


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_both_languages_are_written(monkeypatch: pytest.MonkeyPatch, lang: Any) -> None:
    a_server(monkeypatch, tell=True)
    finding = self_consistency.run({"samples": 5, "temperature": 0.5}, lang=lang)
    french = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    french += [e.label.fr for e in finding.estimates] + [c.fr for t in finding.tables for c in [t.title, *t.columns]]
    assert all(french) and finding.how_to_read.en and finding.limits.en
    assert not [text for text in french if re.search(r"\d\.\d", text)]
    asked = {"en": "capital of Turkey", "fr": "capitale de la France"}[lang]
    assert asked in finding.summary.get(lang) and all(figure.lang == lang for figure in finding.figures)


@pytest.mark.real
def test_the_default_model_on_the_built_in_question() -> None:
    finding = self_consistency.run({"samples": 4, "max_tokens": 16})
    assert finding.specimen.sha256 is not None and len(finding.figures) == 2
    answer = finding.table("answers").rows[0]
    assert "Istanbul" in str(answer[3]) and answer[4] is not None
    lowest = finding.estimate("min_token_probability").value
    assert lowest is not None and 0.3 < lowest < 0.9
    weighted = finding.estimate("semantic_entropy_weighted")
    assert weighted.value is not None and 0 <= weighted.value <= 2
    # The tokens read back are those of the greedy answer: each is the likeliest of its place.
    assert all(row[1] > row[3] for row in finding.table("tokens").rows)  # type: ignore[operator]


@pytest.mark.real
@pytest.mark.vllm
def test_a_real_server_agrees_with_the_model_in_process(served: Any) -> None:
    near = replies(language.load("smollm2"), ["What is the capital of Turkey?"], [0], 0.0, 12, 0, lambda _: None)[0]
    far = replies(language.load(served.url), ["What is the capital of Turkey?"], [0], 0.0, 12, 0, lambda _: None)[0]
    assert near.text == far.text and near.logprobs and far.logprobs
    assert far.logprobs[: len(near.logprobs)] == pytest.approx(near.logprobs, abs=0.02)
    finding = self_consistency.run({"model": served.url, "samples": 3, "max_tokens": 12})
    assert len(finding.figures) == 2 and finding.estimate("agreement").n == 3
