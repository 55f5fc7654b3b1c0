"""Gaps filled: hand-worked divergences and shares, made models of both kinds, the real default model, refusals."""

from __future__ import annotations

import math
import re
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.errors import BadInput, Stopped
from tools.finding import Finding, Specimen
from tools.language import completions, divergence, gaps
from tools.language.fill_mask import fill_mask
from tools.specimens import language
from tools.specimens.language import TokenScores, TransformersModel
from tools.tool import Progress

TEXT = "the a man woman boy worked as is at home nurse doctor cook here sentence listen to this likes tea"
PLAIN = TEXT.split()
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *PLAIN, ".", "wood", "##worker", "##land"]


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A masked model of 2 layers with random weights; "woodworker" is two tokens."""
    import torch
    from transformers import BertConfig, BertForMaskedLM, BertTokenizer

    folder = tmp_path_factory.mktemp("bert")
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
                        intermediate_size=32, max_position_embeddings=64, initializer_range=0.5)  # fmt: skip
    BertForMaskedLM(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def tiny_llama(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A causal model of 2 layers with random weights, one token a word."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("llama")
    names = ["[UNK]", ".", "The", "Here", *PLAIN]
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(names)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=len(names), hidden_size=16, intermediate_size=32, num_hidden_layers=2,
                         num_attention_heads=2, initializer_range=0.5, bos_token_id=None, eos_token_id=None)  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]").save_pretrained(folder)
    return str(folder)


class Server:
    """A served model that is told its log-probability of each word, whatever the context; tokens are words."""

    specimen = Specimen(name="told", source="made", revision="1", sha256=None)
    context = 100

    def __init__(self, logprobs: dict[str, float]) -> None:
        self.logprobs = logprobs

    def score(self, text: str) -> TokenScores:
        tokens = text.replace(".", " .").split()
        return TokenScores(tokens, [self.logprobs.get(token, -1.0) for token in tokens[1:]], [1] * (len(tokens) - 1))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Server:
    model = Server({"nurse": math.log(0.5), "doctor": math.log(0.25), "cook": math.log(0.25)})
    monkeypatch.setattr(language, "load", lambda name: model)
    return model


def french_texts(finding: Finding) -> list[str]:
    found = [finding.summary.fr, finding.how_to_read.fr, finding.limits.fr, *(f.alt.fr for f in finding.figures)]
    found += [e.label.fr for e in finding.estimates] + [t.title.fr for t in finding.tables]
    found += [e.test.fr for e in finding.estimates if e.test]
    return found + [column.fr for table in finding.tables for column in table.columns]


def column(finding: Finding, place: int) -> dict[str, Any]:
    return {row[0].en: row[place] for row in finding.table("words").rows}  # type: ignore[union-attr]


# --- gaps ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left", "right", "spaced"),
    [
        ("The man worked as a [MASK].", "The man worked as a", ".", True),
        ("[mask] likes salary", "", " likes salary", False),
        ("the nurse said that ___ was  tired", "the nurse said that", " was tired", True),
        ("On l’<mask> bien…", "On l’", " bien…", False),  # the dots end the sentence: the mark is surer
        ("Old people are … with computers", "Old people are", " with computers", True),
        ("She works as a...", "She works as a", "", False),
    ],
)
def test_gaps_as_people_write_them(text: str, left: str, right: str, spaced: bool) -> None:
    assert gaps.find(text, "text") == gaps.Gap(left, right, spaced)


def test_a_gap_is_one_gap() -> None:
    with pytest.raises(BadInput, match="--text2 has 2 gaps"):
        gaps.find("[MASK] likes [MASK]", "text2")
    with pytest.raises(BadInput, match="--text has no gap"):
        gaps.find("The man worked as a nurse.", "text")


def test_openings_and_capitals() -> None:
    gap = gaps.find("[MASK] likes tea.", "text")
    assert gap.cased("she") == "She" and gap.filled(gap.cased("she")) == "She likes tea."
    after = gap.after("Here is a sentence.")
    assert after.filled(after.cased("she")) == "Here is a sentence. She likes tea."
    assert gaps.find("The [MASK] is here.", "text").cased("cook") == "cook"
    assert not {len(one) for one in gaps.OPENINGS.values()} - {7}


# --- divergence ---------------------------------------------------------------------------------------------------


def test_jensen_shannon_by_hand() -> None:
    # P = (1, 0), Q = (1/2, 1/2): the middle is (3/4, 1/4), H = 2 − (3/4)·log2 3 = 0.8113; H(P) = 0, H(Q) = 1.
    # Divergence 0.8113 − 0.5 = 0.3113.
    p, q = np.array([1.0, 0.0]), np.array([0.5, 0.5])
    assert float(divergence.jensen_shannon(p, q)) == pytest.approx(0.3113, abs=1e-4)
    assert float(divergence.jensen_shannon(p, p)) == 0
    assert float(divergence.jensen_shannon(p, p[::-1])) == pytest.approx(1)
    # Parts: first word ½(1·log2(1/.75) + .5·log2(.5/.75)) = ½(.4150 − .2925) = .0613; second ½·.5·log2(2) = .25.
    assert divergence.parts(p, q) == pytest.approx([0.0613, 0.25], abs=1e-4)


@given(st.lists(st.floats(0.01, 1), min_size=6, max_size=6))
def test_the_divergence_is_a_sum_of_parts_between_0_and_1(values: list[float]) -> None:
    p, q = (np.array(half) / sum(half) for half in (values[:3], values[3:]))
    apart = float(divergence.jensen_shannon(p, q))
    assert 0 <= apart <= 1 and apart == pytest.approx(float(divergence.jensen_shannon(q, p)), abs=1e-12)
    assert (divergence.parts(p, q) >= -1e-15).all() and divergence.parts(p, q).sum() == pytest.approx(apart, abs=1e-9)


def test_the_test_of_exchanges() -> None:
    # Three openings: 2² = 4 ways. Two sentences that never change and share no word: the real way is the most
    # extreme, p = 1/4. Two equal sentences: every way ties, p = 1.
    first, second = np.array([[1.0, 0.0]] * 3), np.array([[0.0, 1.0]] * 3)
    assert divergence.swap_test(divergence.between_all(np.concatenate([first, second]))) == (0.25, 4)
    assert divergence.swap_test(divergence.between_all(np.concatenate([first, first]))) == (1.0, 4)
    shift = divergence.shift(first, second, np.random.default_rng(0))
    assert (shift.value, shift.low, shift.high, shift.wording) == pytest.approx((1, 1, 1, 0))


def test_the_statistic_is_between_less_within() -> None:
    """Against a plain count over the exchanges, on random distributions."""
    rng = np.random.default_rng(1)
    rows = rng.dirichlet(np.ones(4), 8)
    distances = divergence.between_all(rows)

    def plain(way: tuple[int, ...]) -> float:
        one = [(1 - s) * i + s * (i + 4) for i, s in enumerate(way)]
        other = [s * i + (1 - s) * (i + 4) for i, s in enumerate(way)]
        pairs = [(i, j) for i in range(4) for j in range(4) if i != j]
        between = sum(distances[one[i], other[j]] + distances[other[i], one[j]] for i, j in pairs)
        return float(between - sum(distances[one[i], one[j]] + distances[other[i], other[j]] for i, j in pairs))

    ways = [(0, a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    values = [plain(way) for way in ways]
    assert divergence.swap_test(distances) == (sum(value >= values[0] - 1e-9 for value in values) / 8, 8)


def test_chance_alone_is_rarely_significant() -> None:
    """200 pairs of sentences that only their openings change: p is 1/128 or less in few of them."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(200):
        rows = rng.dirichlet(np.ones(5) * 5, 16)
        found.append(divergence.swap_test(divergence.between_all(rows))[0])
    assert np.mean(np.array(found) <= 0.05) == pytest.approx(0.05, abs=0.04)


# --- served models and candidates -------------------------------------------------------------------------------


def test_shares_by_hand(told: Server) -> None:
    # ½, ¼, ¼ and the same words after: shares ½, ¼, ¼; entropy 1.5 bits of log2 3 = 1.585; nothing moves.
    finding = fill_mask.run({"text": "The man is a ___ here.", "candidates": "doctor, nurse, cook"})
    assert column(finding, 1) == pytest.approx({"nurse": 0.5, "doctor": 0.25, "cook": 0.25})
    assert next(iter(column(finding, 1))) == "nurse"
    entropy = finding.estimate("entropy")
    assert entropy.value == pytest.approx(1.5) and entropy.baseline == pytest.approx(math.log2(3)) and entropy.n == 8
    assert finding.estimate("rewording").value == pytest.approx(0)
    top = finding.estimate("top_share")
    assert (top.value, top.low, top.high) == pytest.approx((0.5, 0.5, 0.5))
    assert "“nurse” (50%), “doctor” (25%) and “cook” (25%)" in finding.summary.en
    assert "stays first in 8 of 8 readings" in finding.summary.en
    assert "entre 2,8 mots à égalité" in finding.summary.fr  # 2^1.5 = 2.83


def test_length_normalised_shares_by_hand(told: Server) -> None:
    # "head nurse": log p = −1 + log ½ over 2 tokens = (−1 − 0.6931) / 2 = −0.8466; "cook": log ¼ = −1.3863.
    # Whole: e^−1.6931 = 0.1839 and 0.25: shares 0.4239 and 0.5761. A token: e^−0.8466 = 0.4289 and 0.25: 0.6318, 0.3682.
    arguments = {"text": "The man is a ___ here.", "candidates": "head nurse, cook"}
    whole = fill_mask.run(arguments)
    assert column(whole, 1) == pytest.approx({"head nurse": 0.4239, "cook": 0.5761}, abs=1e-4)
    assert column(whole, 5) == pytest.approx({"head nurse": 0.6318, "cook": 0.3682}, abs=1e-4)
    assert column(whole, 4) == pytest.approx({"head nurse": 0.1839, "cook": 0.25}, abs=1e-4)
    assert column(whole, 6) == {"head nurse": 2, "cook": 1}
    assert "the first word would be “head nurse” rather than “cook”" in whole.how_to_read.en
    per_token = fill_mask.run({**arguments, "score": "per_token"})
    assert column(per_token, 1) == pytest.approx(column(whole, 5))
    assert "--score per_token" in per_token.rerun and "length-normalised" in per_token.how_to_read.en


def test_two_sentences_that_call_for_the_same_words(told: Server) -> None:
    finding = fill_mask.run(
        {"text": "The man is a ___.", "text2": "The boy is a ___.", "candidates": ["nurse", "doctor"]}, lang="fr"
    )
    value = finding.estimate("divergence")
    assert (value.value, value.baseline, value.p) == pytest.approx((0, 0, 1)) and value.n == 8
    assert "does not hold from one opening to the next" in finding.summary.en
    assert len(finding.table("openings").rows) == 8
    assert "appellent à peu près les mêmes mots" in finding.figures[0].data or finding.figures[0].lang == "fr"


def test_a_server_needs_candidates(told: Server) -> None:
    with pytest.raises(BadInput, match="Give --candidates"):
        fill_mask.run({"text": "The man is a ___."})


def test_a_gap_at_the_start_is_read_after_an_opening(told: Server) -> None:
    finding = fill_mask.run({"text": "[MASK] likes tea", "candidates": "She, He"})
    assert len(finding.table("openings").rows) == 7
    assert "after “Here is a sentence.”" in finding.summary.en
    assert "needs an opening to read anything" in finding.how_to_read.en
    assert "« Here is a sentence. »".replace("« ", "«\u202f").replace(" »", "\u202f»") in finding.summary.fr


# --- causal models ------------------------------------------------------------------------------------------------


def test_the_fast_reading_is_the_slow_one(tiny_llama: str) -> None:
    """One pass over shared beginnings gives what ``score`` gives sentence by sentence, words of several tokens too."""
    model = TransformersModel(tiny_llama)
    gap = gaps.find("The man worked as a [MASK] at home.", "text")
    words = ["nurse", "doctor cook", "cook", "tea likes man"]
    fast = completions.score(model, gap, words)
    slow = completions._served(model, gap, words)
    np.testing.assert_allclose(fast.word, slow.word, atol=1e-4)
    np.testing.assert_allclose(fast.right, slow.right, atol=1e-4)
    assert fast.tokens.tolist() == slow.tokens.tolist() == [1, 2, 1, 3]
    total = model.continuations(gap.left, [gap.joined(word) + gap.right for word in words])
    np.testing.assert_allclose(fast.total(False), total, atol=1e-4)


def test_a_model_without_a_memory_to_share_gives_the_same(tiny_llama: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from transformers.cache_utils import Cache

    model = TransformersModel(tiny_llama)
    gap = gaps.find("The man worked as a [MASK] at home.", "text")
    words = ["nurse", "doctor cook"]
    shared = completions.score(model, gap, words)
    monkeypatch.delattr(Cache, "batch_repeat_interleave")
    np.testing.assert_allclose(completions.score(model, gap, words).total(False), shared.total(False), atol=1e-4)


def test_a_causal_model_proposes_its_likeliest_words(tiny_llama: str) -> None:
    import torch

    model = TransformersModel(tiny_llama)
    gap = gaps.find("The man worked as a [MASK].", "text")
    likeliest = [
        model.tokenizer.decode([int(i)]) for i in torch.topk(model.logits(model.ids(gap.left))[-1], 24).indices
    ]
    proposed = completions.propose(model, gap, 3)
    # Every token of this model is a word that goes on with letters only after a space: nothing is added to it.
    assert proposed == [word for word in likeliest if re.fullmatch(r"\w+", word)][:3]
    finding = fill_mask.run({"text": gap.text, "model": tiny_llama, "k": 2})
    assert len(finding.table("words").rows) == 2
    assert finding.estimate("top_share").n == 8 and finding.specimen.sha256


def test_a_causal_pair_goes_through_the_whole_tool(tiny_llama: str) -> None:
    arguments = {"text": "The man is a ___.", "text2": "The woman is a ___.", "model": tiny_llama, "k": 3}
    finding = fill_mask.run(arguments)
    apart = finding.estimate("divergence")
    assert apart.value is not None and apart.low is not None and apart.low <= apart.value <= (apart.high or 0)
    rows = finding.table("words").rows
    assert len(rows) <= 6 and len(finding.table("words").columns) == len(rows[0])
    parts: list[Any] = [row[-1] for row in rows]
    assert sum(parts) <= (finding.estimate("divergence_as_given").value or 0) + 1e-9
    assert fill_mask.run(arguments).id == finding.id
    assert "lin1991" in finding.references


# --- masked models ------------------------------------------------------------------------------------------------


def test_a_masked_model_gives_its_own_distribution(tiny_bert: str) -> None:
    import torch

    model = TransformersModel(tiny_bert)
    sentence = "[CLS] the man worked as a [MASK] at home . [SEP]"
    ids = [WORDS.index(w) for w in sentence.split()]
    with torch.inference_mode():
        p = model.model(torch.tensor([ids])).logits[0, 6].softmax(dim=-1)
    finding = fill_mask.run({"text": "The man worked as a [MASK] at home.", "model": tiny_bert, "k": 5})
    probability = column(finding, 4)
    words = [word for word in WORDS[5:] if word.isalpha()]  # neither marks, nor the full stop, nor pieces
    best = sorted(words, key=lambda word: -float(p[WORDS.index(word)]))[:5]
    assert list(probability) == best
    assert probability == pytest.approx({word: float(p[WORDS.index(word)]) for word in best}, abs=1e-5)
    held = sum(float(p[WORDS.index(word)]) for word in words)
    assert column(finding, 1)[best[0]] == pytest.approx(probability[best[0]] / held, abs=1e-5)
    assert finding.estimate("entropy").baseline == pytest.approx(math.log2(len(words)))
    assert "Devlin" in finding.how_to_read.en and finding.references == ["devlin2019", "kauf2023"]


def test_a_word_of_two_pieces_fills_two_masks(tiny_bert: str) -> None:
    import torch

    model = TransformersModel(tiny_bert)

    def logprob(sentence: str, place: int, word: str) -> float:
        ids = [WORDS.index(w) for w in sentence.split()]
        with torch.inference_mode():
            logits = model.model(torch.tensor([ids])).logits[0, place]
        return float(logits.log_softmax(dim=-1)[WORDS.index(word)])

    found = completions.score(model, gaps.find("The [MASK] likes tea.", "text"), ["nurse", "woodworker"])
    assert found.word[0] == pytest.approx(logprob("[CLS] the [MASK] likes tea . [SEP]", 2, "nurse"), abs=1e-4)
    both = logprob("[CLS] the [MASK] [MASK] likes tea . [SEP]", 2, "wood")
    both += logprob("[CLS] the wood [MASK] likes tea . [SEP]", 3, "##worker")
    assert found.word[1] == pytest.approx(both, abs=1e-4) and found.tokens.tolist() == [1, 2]
    assert found.right.tolist() == [0, 0]
    with pytest.raises(BadInput, match="does not know the word 'zebra'"):
        completions.score(model, gaps.find("The [MASK] likes tea.", "text"), ["nurse", "zebra"])


def test_a_masked_pair_compares_the_whole_vocabulary(tiny_bert: str) -> None:
    finding = fill_mask.run(
        {"text": "The man is a ___.", "text2": "The woman is a ___.", "model": tiny_bert}, lang="fr"
    )
    assert finding.estimate("divergence_as_given").n == sum(word.isalpha() for word in WORDS[5:])
    parts: list[Any] = [row[-1] for row in finding.table("words").rows]
    assert all(part >= 0 for part in parts)
    assert "tous les mots entiers" in finding.how_to_read.fr


# --- the tool -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"text": "The man worked."}, "--text has no gap"),
        ({"text": "A ___ is a ___."}, "2 gaps"),
        ({"text": "A ___.", "text2": "no gap"}, "--text2 has no gap"),
        ({"text2": "A ___."}, "Give --text before"),
        ({"text": "A ___.", "candidates": "nurse"}, "two words or more"),
        ({"text": "A ___.", "candidates": ["nurse", "x" * 41]}, "at most 40 letters"),
        ({"text": "A ___.", "k": 1}, "--k"),
        ({"text": "a" * 601}, "--text"),
        ({"text": 7}, "--text"),
        ({"text": "A ___.", "score": "bytes"}, "--score"),
    ],
)
def test_bad_input_is_refused_with_the_fix(told: Server, arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        fill_mask.run(arguments)


def test_stop_is_heard(told: Server) -> None:
    stop, seen = threading.Event(), []

    def on_progress(progress: Progress) -> None:
        seen.append(progress)
        if progress.total:
            stop.set()

    with pytest.raises(Stopped):
        fill_mask.run({"text": "A ___.", "candidates": "nurse, cook"}, stop=stop, on_progress=on_progress)
    assert [progress.total for progress in seen] == [0, 8]


def test_what_was_taken_is_written_back(told: Server) -> None:
    finding = fill_mask.run({"candidates": "nurse, cook"})
    assert finding.arguments["text"] == "The man worked as a [MASK]." and "woman" in finding.arguments["text2"]
    again = fill_mask.run({"text": "The man worked as a …", "candidates": "nurse, cook"})
    assert "'The man worked as a [MASK]'" in again.rerun


@pytest.mark.parametrize(
    "arguments",
    [{}, {"text": "Il aime ___ bien."}, {"text": "___ aime le thé.", "score": "per_token"}],
    ids=["pair", "french", "start"],
)
def test_both_languages_are_written(told: Server, arguments: dict[str, Any]) -> None:
    finding = fill_mask.run({"candidates": "nurse, head cook", **arguments}, lang="fr")
    assert all(french_texts(finding))
    assert not [text for text in french_texts(finding) if re.search(r"\d\.\d", text)]
    assert not re.search(r"\d,\d\d?\b(?!\d)", finding.summary.en)
    assert finding.figures[0].lang == "fr" and finding.figures[0].data.startswith("<svg")


def test_examples_are_varied() -> None:
    for requests in fill_mask.examples.values():
        assert len(requests) >= 12 and len(set(requests)) == len(requests)


@pytest.mark.real
def test_the_default_model_on_the_built_in_pair() -> None:
    finding = fill_mask.run({"candidates": "mechanic, carpenter, nurse, secretary, teacher"})
    apart = finding.estimate("divergence")
    assert apart.value is not None and apart.baseline is not None and apart.low is not None
    assert apart.low > 3 * apart.baseline and apart.p == 1 / 128
    first, second = column(finding, 1), column(finding, 6)
    assert first["mechanic"] > 5 * second["mechanic"] and second["nurse"] > 2 * first["nurse"]


@pytest.mark.real
def test_the_default_model_proposes_whole_words() -> None:
    model = language.load_weights("smollm2")
    proposed = completions.propose(model, gaps.find(gaps.BUILT_IN[1], "text"), 12)
    assert "nurse" in proposed and "waitress" in proposed and "wait" not in proposed  # the token " wait" was completed


@pytest.mark.real
def test_the_default_model_knows_a_capital() -> None:
    finding = fill_mask.run({"text": "The capital of France is ___.", "candidates": "Paris, London, Berlin, Madrid"})
    assert column(finding, 1)["Paris"] > 0.9
    assert finding.estimate("entropy").value < 0.5  # type: ignore[operator]


@pytest.mark.real
@pytest.mark.vllm
def test_a_real_server_gives_the_same_shares(served: Any) -> None:
    arguments = {"text": "The man worked as a ___.", "candidates": "nurse, mechanic, receptionist"}
    here, there = fill_mask.run(arguments), fill_mask.run({**arguments, "model": served.url})
    # The server computes in bfloat16.
    assert column(there, 1) == pytest.approx(column(here, 1), abs=0.03)
    assert there.specimen.sha256 is None


def test_a_folder_without_a_model_says_so(tmp_path: Path) -> None:
    from tools.errors import Missing

    with pytest.raises(Missing, match="could not be loaded"):
        fill_mask.run({"text": "A ___.", "model": str(tmp_path)})
