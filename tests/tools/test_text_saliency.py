"""Text saliency: a linear model worked by hand, Captum as a second opinion, made models, refusals, both languages."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from tools.errors import AutopsieError, BadInput, Stopped
from tools.finding import Finding, Specimen
from tools.language import saliency_checks as checks
from tools.language import saliency_methods as methods
from tools.language.saliency_score import Scorer, exact_network
from tools.language.saliency_words import WORD, answer, cut
from tools.language.text_saliency import EXAMPLE, text_saliency
from tools.specimens import language
from tools.specimens.language import TransformersModel
from tools.tool import Progress

LETTERS = ["[UNK]", "<|endoftext|>", *"abcdefgh"]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "nurse", "said", "he", "she", "was", "tired", ".", "wood",
         "##worker"]  # fmt: skip


def quiet() -> None:
    pass


def word_tokenizer(words: list[str]) -> Any:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]")


class Bag(torch.nn.Module):
    """Adds up the word vectors and multiplies them by those of the answers: what each word does is known exactly."""

    def __init__(self, vectors: dict[str, tuple[float, float]]) -> None:
        super().__init__()
        self.words = ["[UNK]", "<|endoftext|>", "are", "is", *vectors]
        table = torch.zeros(len(self.words), 2)
        for word, vector in vectors.items():
            table[self.words.index(word)] = torch.tensor(vector)
        self.table = torch.nn.Embedding.from_pretrained(table)
        self.layers = torch.nn.ModuleList([torch.nn.Linear(2, 2, bias=False) for _ in range(2)])
        for layer in self.layers:
            torch.nn.init.eye_(layer.weight)
        self.head = torch.zeros(len(self.words), 2)
        self.head[2, 0] = self.head[3, 1] = 1.0  # "are" reads the first number, "is" the second
        self.config = SimpleNamespace(num_hidden_layers=2, initializer_range=1.0)
        self.device, self.dtype = torch.device("cpu"), torch.float32

    def get_input_embeddings(self) -> Any:
        return self.table

    def forward(self, ids: Any = None, inputs_embeds: Any = None, **_: Any) -> Any:
        vectors = self.table(ids) if inputs_embeds is None else inputs_embeds
        pooled = vectors.sum(dim=1, keepdim=True).expand(-1, vectors.shape[1], -1)
        for layer in self.layers:
            pooled = layer(pooled)
        return SimpleNamespace(logits=pooled @ self.head.T)


@pytest.fixture
def bag(monkeypatch: pytest.MonkeyPatch) -> Any:
    # score = first number − second number, summed over words: the = 0.5, keys = 3, cabinet = −1, old = 0.
    network = Bag({"the": (0.5, 0.0), "keys": (2.0, -1.0), "cabinet": (0.0, 1.0), "old": (1.0, 1.0)})
    tokenizer = word_tokenizer(network.words)
    model = SimpleNamespace(
        name="bag", masked=False, context=200, model=network, tokenizer=tokenizer,
        specimen=Specimen(name="bag", source="made", revision="1", sha256=None),
        ids=lambda text, special=False: list(tokenizer(text, add_special_tokens=False)["input_ids"]),
    )  # fmt: skip
    monkeypatch.setattr(language, "load_weights", lambda name: model)
    return model


def save_llama(folder: Path, letters: list[str]) -> str:
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=len(letters), hidden_size=16, intermediate_size=32, num_hidden_layers=3,
                         num_attention_heads=2, initializer_range=0.5, rms_norm_eps=0.3)  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    word_tokenizer(letters).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A causal model of 3 blocks with random weights, one letter a word."""
    return save_llama(tmp_path_factory.mktemp("llama"), LETTERS)


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A masked model of 2 blocks with random weights; "woodworker" is two tokens."""
    from transformers import BertConfig, BertForMaskedLM, BertTokenizer

    folder = tmp_path_factory.mktemp("bert")
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
                        intermediate_size=32, max_position_embeddings=64, initializer_range=0.5)  # fmt: skip
    BertForMaskedLM(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


def scorer_of(
    folder: str, text: str, first: str, second: str, blank: int | None = None, double: bool = False
) -> Scorer:
    model = TransformersModel(folder)
    prompt = cut(model, text)
    network = model.model.double() if double else model.model
    answers = [answer(model, prompt, word) for word in (first, second)]
    return Scorer(network, prompt, answers, blank, "blank", model.masked)


def column(finding: Finding, table: str, at: int) -> dict[str, Any]:
    return {row[0].en: row[at] for row in finding.table(table).rows}  # type: ignore[union-attr]


def texts(finding: Finding) -> list[str]:
    """All French texts of a finding."""
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [e.test.fr for e in finding.estimates if e.test]
    found += [t.title.fr for t in finding.tables]
    return found + [heading.fr for table in finding.tables for heading in table.columns]


ASKED = {"text": "the keys cabinet", "answer": "are", "rather_than": "is"}


def test_a_linear_model_by_hand(bag: Any) -> None:
    # Every method must find what was planted: the 0.5, keys 3, cabinet −1; they add up to the score, 2.5.
    finding = text_saliency.run(ASKED)
    for at in (2, 3, 4, 5):  # gradient × input, integrated gradients, occlusion, Shapley
        assert column(finding, "words", at) == pytest.approx({"the": 0.5, "keys": 3, "cabinet": -1}, abs=1e-5)
    assert column(finding, "words", 1) == {"keys": 1, "the": 2, "cabinet": 3}
    score = finding.estimate("score")
    assert score.value == pytest.approx(2.5, abs=1e-5) and score.baseline == pytest.approx(0, abs=1e-5)
    assert finding.estimate("completeness_gap").value == pytest.approx(0, abs=1e-3)
    assert finding.estimate("agreement").value == pytest.approx(1)
    assert "the word that pushes most towards “are” is “keys” (+3.00), and towards “is” it is “cabinet” (−1.00)" in (
        finding.summary.en
    )


def test_curves_by_hand(bag: Any) -> None:
    # Leaving: 2.5, without keys −0.5, without the −1, empty 0; trapezoids (1 − 0.75 − 0.5) / 3 = −0.0833.
    # Arriving: 0, 3, 3.5, 2.5; trapezoids (1.5 + 3.25 + 3) / 3 = 2.5833.
    # Over all 6 orders the mean area is (0 + 2.5) / 2 = 1.25, and no other order is as good: p = 1 / 6.
    finding = text_saliency.run(ASKED)
    assert column(finding, "methods", 1)["Shapley values"] == pytest.approx(-0.25 / 3, abs=1e-5)
    assert column(finding, "methods", 3)["Shapley values"] == pytest.approx(7.75 / 3, abs=1e-5)
    for name in ("deletion_gain", "insertion_gain"):
        gain = finding.estimate(name)
        assert gain.value == pytest.approx(4 / 3, abs=1e-5) and gain.p == pytest.approx(1 / 6) and gain.n == 6
    assert "83% of the 6 possible orders" in finding.summary.en


def test_removed_words_leave_the_sum_as_blanks_do(bag: Any) -> None:
    finding = text_saliency.run({**ASKED, "without": "removed"})
    assert column(finding, "words", 5) == pytest.approx({"the": 0.5, "keys": 3, "cabinet": -1}, abs=1e-5)
    assert "removed from the text" in finding.how_to_read.en


def test_one_answer_alone(bag: Any) -> None:
    # log p(are) = 2.5 − log(e^2.5 + e^0 + 4 e^0): first numbers add to 2.5, second to 0, six other tokens score 0.
    # the 0.5 + keys 2 + cabinet 0 = 2.5; −1 + 1 = 0 for "is".
    finding = text_saliency.run({"text": "the keys cabinet", "answer": "are", "score": "logprob"})
    expected = 2.5 - np.log(np.exp(2.5) + 7)  # 8 tokens in all
    assert finding.estimate("score").value == pytest.approx(expected, abs=1e-5)
    assert "anything else" in finding.summary.en and "toute autre suite" in finding.summary.fr


def test_the_models_own_answers_are_the_default(bag: Any) -> None:
    # Logits: are 2.5, is 0, all others 0: the first choice is "are".
    rows = text_saliency.run({"text": "the keys cabinet"}).table("answers").rows
    assert rows[0][1].en == "are" and rows[0][2] == pytest.approx(100 * np.exp(2.5) / (np.exp(2.5) + 7), abs=1e-3)  # type: ignore[union-attr]
    given = text_saliency.run({"text": "the keys cabinet", "rather_than": "are"}).table("answers").rows
    assert given[1][1].en == "are" and given[0][1].en != "are"  # type: ignore[union-attr]


def test_rank_correlation_by_hand() -> None:
    # Ranks 1 2 3 4 and 2 1 4 3: 1 − 6 · 4 / (4 · 15) = 0.6.
    assert checks.rank_correlation(np.array([1.0, 2, 3, 4]), np.array([2.0, 1, 4, 3])) == pytest.approx(0.6)
    assert np.isnan(checks.rank_correlation(np.array([1.0, 1]), np.array([1.0, 2])))


@pytest.mark.parametrize("blank", [None, 1], ids=["zero", "token"])
def test_captum_agrees(tiny: str, blank: int | None) -> None:
    from captum.attr import FeatureAblation, InputXGradient, IntegratedGradients, Occlusion, ShapleyValues

    scorer = scorer_of(tiny, "a b c d", "f", "g", blank, double=True)
    x, base = scorer.vectors, scorer.blank

    def forward(vectors: torch.Tensor) -> torch.Tensor:
        return scorer.score(vectors, scorer.prompt.gap)

    def tokens(attribution: torch.Tensor) -> Any:
        return attribution.detach().sum(dim=-1)[0].numpy()

    theirs = tokens(InputXGradient(forward).attribute(x.clone().requires_grad_()))
    assert abs(scorer.gradient_times_input() - theirs).max() < 1e-4
    ours = methods.integrated_gradients(scorer, quiet, tolerance=1e-6, most=4_000)
    captum = IntegratedGradients(forward).attribute(x, base, n_steps=300, method="gausslegendre")
    assert abs(ours.tokens - tokens(captum)).max() < 1e-4
    window = Occlusion(forward).attribute(x, (1, x.shape[2]), baselines=base)[0, 1:, 0].detach().numpy()
    assert abs(methods.occlusion(scorer, quiet) - window).max() < 1e-4
    feature = torch.arange(5).reshape(1, 5, 1).expand(1, 5, x.shape[2]).contiguous()
    ablated = FeatureAblation(forward).attribute(x, base, feature_mask=feature)[0, 1:, 0].detach().numpy()
    assert abs(methods.occlusion(scorer, quiet) - ablated).max() < 1e-4
    orders, exact = methods.draw_orders(4, 10, np.random.default_rng(0))
    shapley = ShapleyValues(forward).attribute(x, base, feature_mask=feature, perturbations_per_eval=10)
    assert (
        exact
        and abs(methods.shapley(scorer, orders, exact, quiet).values - shapley[0, 1:, 0].detach().numpy()).max() < 1e-4
    )


def test_shares_add_up_to_the_score(tiny: str) -> None:
    scorer = scorer_of(tiny, "a b c d e f g h a", "c", "d")
    integral = methods.integrated_gradients(scorer, quiet)
    assert integral.gap < 0.01
    assert integral.tokens.sum() == pytest.approx(integral.difference, rel=0.01)
    orders, exact = methods.draw_orders(9, 12, np.random.default_rng(0))
    found = methods.shapley(scorer, orders, exact, quiet)
    # Along every order the gains add up to the same total, so their means do.
    assert not exact and found.values.sum() == pytest.approx(integral.difference, abs=1e-4)
    assert (found.low < found.values).all() and (found.values < found.high).all()


def test_too_few_gradients_are_said_so(tiny: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scorer = scorer_of(tiny, "a b c d e", "f", "g")
    stopped = methods.integrated_gradients(scorer, quiet, tolerance=1e-9, most=60)
    assert stopped.gap > 1e-9 and stopped.steps <= 60
    monkeypatch.setattr(methods, "TOLERANCE", 0)
    monkeypatch.setattr(methods.integrated_gradients, "__defaults__", (1e-9, 40))
    finding = text_saliency.run({"text": "a b c d e", "model": tiny})
    gap = finding.estimate("completeness_gap").value
    assert gap is not None and (gap <= 1 or "with care" in finding.how_to_read.en)


def test_one_word_decides_in_a_network_that_reads_only_it(tiny: str) -> None:
    # All words but the second are given the blank's vector: no method may see anything in them.
    scorer = scorer_of(tiny, "a b c d e", "f", "g")
    scorer.vectors = torch.where(torch.arange(6)[None, :, None] == 2, scorer.vectors, scorer.blank)
    orders, exact = methods.draw_orders(5, 10, np.random.default_rng(0))
    for values in (
        scorer.prompt.to_words(methods.integrated_gradients(scorer, quiet).tokens),
        methods.occlusion(scorer, quiet),
        methods.shapley(scorer, orders, exact, quiet).values,
    ):
        assert abs(values[1]) > 0.01 and abs(np.delete(values, 1)).max() < 1e-5


def test_answers_of_several_tokens_score_as_continuations(tmp_path: Path) -> None:
    folder = save_llama(tmp_path, ["[UNK]", *"abcdefgh"])  # no start mark: the text is read as continuations read it
    model, scorer = TransformersModel(folder), scorer_of(folder, "a b c d", "e f", "g")
    one, other = model.continuations("a b c d", [" e f", " g"])
    assert scorer.path([1.0], quiet)[0] == pytest.approx(one - other, abs=1e-4)


def test_removing_a_word_scores_the_shorter_text(tiny: str, tiny_bert: str) -> None:
    for folder, text, shorter, first, second in (
        (tiny, "a b c d", "a c d", "e", "f"),
        (tiny_bert, "the woodworker said ___ was tired", "the said ___ was tired", "he", "she"),
    ):
        whole, short = scorer_of(folder, text, first, second), scorer_of(folder, shorter, first, second)
        whole.without = "removed"
        kept = np.ones((1, len(whole.prompt.words)), dtype=bool)
        kept[0, 1] = False
        direct = short.path([1.0], quiet)[0]
        assert whole.parts(kept, quiet)[0] == pytest.approx(direct, abs=1e-5)


def test_a_masked_model_goes_through_the_whole_tool(tiny_bert: str) -> None:
    arguments = {"text": "the woodworker said ___ was tired", "answer": "he", "rather_than": "she", "model": tiny_bert}
    finding = text_saliency.run({**arguments, "blank": "token"}, lang="fr")
    model = TransformersModel(tiny_bert)
    ids = [WORDS.index(w) for w in ["[CLS]", "the", "wood", "##worker", "said", "[MASK]", "was", "tired", "[SEP]"]]
    with torch.inference_mode():
        logits = model.model(torch.tensor([ids])).logits[0, 5]
    assert finding.estimate("score").value == pytest.approx(float(logits[8] - logits[9]), abs=1e-4)
    assert list(column(finding, "words", 1)) == ["the", "woodworker", "said", "was", "tired"]
    assert finding.summary.en.startswith("In “the woodworker said") and finding.specimen.sha256


def test_random_blocks_leave_the_model_as_it_was(tiny: str) -> None:
    model = TransformersModel(tiny).model
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    double = checks.randomised(model, 1, seed=3)
    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())
    changed = {name for name, tensor in double.state_dict().items() if not torch.equal(before[name], tensor)}
    assert changed and all(name.startswith("model.layers.2.") for name in changed)
    assert double.lm_head.weight is model.lm_head.weight  # what is not drawn anew is shared, not copied
    again = checks.randomised(model, 1, seed=3).state_dict()
    assert all(torch.equal(tensor, again[name]) for name, tensor in double.state_dict().items())
    assert checks.depths(model) == [0, 1, 3]


def test_a_map_that_ignores_the_weights_is_caught(tiny: str) -> None:
    scorer = scorer_of(tiny, "a b c d e f", "g", "h")
    fixed = np.arange(6.0)
    found = checks.random_weights(scorer, fixed, lambda other, beat: fixed, np.random.default_rng(0), lambda *_: None)
    assert [r.mean for r in found] == [1, 1, 1] and [r.sizes for r in found] == [1, 1, 1]


def test_half_precision_is_widened(tiny: str) -> None:
    model = TransformersModel(tiny)
    model.model = model.model.to(torch.bfloat16)
    assert exact_network(model).dtype == torch.float32 and model.model.dtype == torch.bfloat16


def test_words_and_their_tokens() -> None:
    assert WORD.findall("L’avocat qu'il n'aime pas, c’est-à-dire !") == ["L’", "avocat", "qu'", "il", "n'", "aime", "pas",
                                                                         ",", "c’", "est-à-dire", "!"]  # fmt: skip
    assert WORD.findall("I don't know: “well-kept”?") == ["I", "don't", "know", ":", "“", "well-kept", "”?"]


def test_the_start_mark_is_held_fixed(tiny: str) -> None:
    prompt = cut(TransformersModel(tiny), "a b c ___")
    assert prompt.ids == [1, 2, 3, 4] and prompt.word_of.tolist() == [-1, 0, 1, 2] and prompt.gap == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": " "}, "empty"),
        ({"text": "a b"}, "at least 3"),
        ({"text": "a " * 61}, "at most 60"),
        ({"text": "a b ___ c"}, "left to right"),
        ({"answer": "e", "rather_than": "e"}, "two different"),
        ({"rather_than": "e", "score": "logprob"}, "one answer"),
        ({"answer": "zebra"}, "does not know"),
        ({"answer": "a b c d e f g h a b c d e"}, "1 to 12 tokens"),
        ({"orders": 5}, "--orders"),
        ({"method": "lime"}, "--method"),
        ({"steps": 3}, "no argument"),
        ({"model": "http://127.0.0.1:1/v1"}, "only sends words"),
    ],
)
def test_bad_arguments_say_what_to_do(tiny: str, arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput, match=message) as caught:
        text_saliency.run({"text": "a b c d", "model": tiny, **arguments})
    assert caught.value.message.fr


def test_a_masked_model_needs_one_gap_and_short_answers(tiny_bert: str) -> None:
    with pytest.raises(BadInput, match="mark one word"):
        text_saliency.run({"text": "the nurse said", "model": tiny_bert})
    with pytest.raises(BadInput, match="one token at a gap"):
        text_saliency.run({"text": "the nurse said ___ was", "model": tiny_bert, "answer": "woodworker"})


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(AutopsieError):
        text_saliency.run({"model": "/nowhere/at/all"})


def test_stop_is_heard(tiny: str) -> None:
    stop, seen = threading.Event(), []

    def on_progress(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == 3:
            stop.set()

    with pytest.raises(Stopped):
        text_saliency.run({"text": "a b c d", "model": tiny}, stop=stop, on_progress=on_progress)
    assert len(seen) == 3 and all(one.label.fr for one in seen)


def test_the_same_seed_gives_the_same_finding(tiny: str) -> None:
    arguments = {"text": "a b c d e f g h", "model": tiny, "orders": 10}
    assert text_saliency.run(arguments, seed=3).id == text_saliency.run(arguments, seed=3).id


@pytest.mark.parametrize("method", methods.METHODS)
@pytest.mark.parametrize("score", ["difference", "logprob"])
def test_both_languages_are_written(tiny: str, method: str, score: str) -> None:
    arguments = {"text": "a b c d e f g h", "model": tiny, "orders": 10, "method": method, "score": score}
    finding = text_saliency.run(arguments, lang="fr")
    assert all(texts(finding))
    assert not [text for text in texts(finding) if re.search(r"\d\.\d", text)]
    assert not re.search(r"\d,\d\d\b(?!\d)", finding.summary.en)
    assert [f.name for f in finding.figures] == ["words", "curves", "random_weights"]
    assert all(f.lang == "fr" and f.data.startswith("<svg") for f in finding.figures)


@pytest.mark.real
def test_the_default_model_and_example() -> None:
    finding = text_saliency.run({"orders": 20})
    values = column(finding, "words", 5)
    assert max(values, key=lambda word: values[word]) == "keys"
    gap = finding.estimate("completeness_gap").value
    assert gap is not None and gap < 1
    assert finding.arguments["text"] == EXAMPLE and finding.estimate("random_weights").value is not None


@pytest.mark.real
def test_captum_agrees_on_the_default_model() -> None:
    from captum.attr import FeatureAblation, InputXGradient

    model = language.load_weights("smollm2")
    prompt = cut(model, "The grandmother’s keys are")
    assert prompt.words == ["The", "grandmother’s", "keys", "are"] and max(np.bincount(prompt.word_of + 1)) > 1
    scorer = Scorer(model.model, prompt, [answer(model, prompt, w) for w in ("lost", "here")], None, "blank", False)

    def forward(vectors: torch.Tensor) -> torch.Tensor:
        return scorer.score(vectors, scorer.prompt.gap)

    theirs = InputXGradient(forward).attribute(scorer.vectors.clone().requires_grad_()).detach().sum(-1)[0].numpy()
    assert abs(scorer.gradient_times_input() - theirs).max() < 1e-4
    feature = torch.tensor(prompt.word_of + 1)[None, :, None].expand(scorer.vectors.shape)
    ablated = FeatureAblation(forward).attribute(scorer.vectors, scorer.blank, feature_mask=feature)
    first = [int(np.flatnonzero(prompt.word_of == i)[0]) for i in range(4)]
    assert abs(methods.occlusion(scorer, quiet) - ablated[0, first, 0].numpy()).max() < 1e-4
