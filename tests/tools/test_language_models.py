"""The default language model, its real weights: scores, continuations, replies, and what a masked model refuses."""

from __future__ import annotations

import math
import threading
from pathlib import Path

import pytest

from tools.errors import BadInput, Missing
from tools.specimens import language
from tools.specimens.language import TransformersModel

TEXT = "The nurse said that she was tired. Then she went home and slept."


@pytest.fixture(scope="module")
def smollm2() -> TransformersModel:
    return language.load_weights("smollm2")


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A masked model of 2 layers with random weights and a vocabulary of a few words."""
    import torch
    from transformers import BertConfig, BertForMaskedLM, BertTokenizer

    folder = tmp_path_factory.mktemp("bert")
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        "the",
        "nurse",
        "said",
        "that",
        "he",
        "she",
        "was",
        "tired",
        ".",
    ]
    (folder / "vocab.txt").write_text("\n".join(words))
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(words), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
                        intermediate_size=32, max_position_embeddings=64)  # fmt: skip
    BertForMaskedLM(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.real
def test_score_is_what_the_model_itself_says(smollm2: TransformersModel) -> None:
    import torch

    scores = smollm2.score(TEXT)
    ids = smollm2.ids(TEXT)
    assert "".join(scores.tokens) == TEXT
    assert len(scores.logprobs) == len(scores.ranks) == len(ids) - 1
    # The loss of transformers is the mean of −log p over the same tokens.
    with torch.inference_mode():
        loss = smollm2.model(torch.tensor([ids]), labels=torch.tensor([ids])).loss
    assert -sum(scores.logprobs) / len(scores.logprobs) == pytest.approx(float(loss), abs=1e-4)


@pytest.mark.real
def test_rank_one_is_the_favourite_and_no_rank_contradicts_its_probability(smollm2: TransformersModel) -> None:
    logits = smollm2.logits(smollm2.ids(TEXT))
    scores = smollm2.score(TEXT)
    for position, (logprob, rank) in enumerate(zip(scores.logprobs, scores.ranks, strict=True)):
        came = smollm2.ids(TEXT)[position + 1]
        assert (int(logits[position].argmax()) == came) == (rank == 1)
        assert logprob <= math.log(1 / rank) + 1e-6  # the r-th likeliest has at most 1/r


@pytest.mark.real
def test_continuations_are_the_end_of_a_score(smollm2: TransformersModel) -> None:
    prefix = "The nurse said that"
    for candidate in (" she", " she was very tired"):
        count = len(smollm2.ids(prefix + candidate)) - len(smollm2.ids(prefix))
        whole = smollm2.score(prefix + candidate)
        assert smollm2.continuations(prefix, [candidate])[0] == pytest.approx(sum(whole.logprobs[-count:]), abs=1e-3)


@pytest.mark.real
def test_continuations_share_out_at_most_one(smollm2: TransformersModel) -> None:
    candidates = [" he", " she", " they", " it", " the"]
    assert sum(map(math.exp, smollm2.continuations("The nurse said that", candidates))) < 1


@pytest.mark.real
def test_an_empty_beginning_and_a_text_too_long_are_refused(smollm2: TransformersModel) -> None:
    with pytest.raises(BadInput, match="empty"):
        smollm2.continuations("", [" she"])
    with pytest.raises(BadInput, match="8,192"):
        smollm2.score("word " * 9000)


@pytest.mark.real
def test_texts_of_no_token_and_of_one_have_no_score(smollm2: TransformersModel) -> None:
    assert smollm2.score("").logprobs == []
    assert smollm2.score("The").logprobs == []


@pytest.mark.real
def test_a_reply_comes_in_pieces_and_is_the_same_for_the_same_seed(smollm2: TransformersModel) -> None:
    messages = [{"role": "user", "content": "Name a colour."}]
    pieces = list(smollm2.generate(messages, max_tokens=16))
    assert len(pieces) > 1
    assert "".join(pieces) == "".join(smollm2.generate(messages, max_tokens=16))
    warm = ["".join(smollm2.generate(messages, max_tokens=16, temperature=1.0, seed=seed)) for seed in (1, 1, 2)]
    assert warm[0] == warm[1]


@pytest.mark.real
def test_stop_ends_a_reply_and_the_model_answers_again(smollm2: TransformersModel) -> None:
    stop = threading.Event()
    messages = [{"role": "user", "content": "Write a long story about rivers."}]
    pieces = []
    for piece in smollm2.generate(messages, max_tokens=400, stop=stop):
        pieces.append(piece)
        if len(pieces) == 3:
            stop.set()
    assert len(smollm2.ids("".join(pieces))) < 40
    assert "".join(smollm2.generate(messages, max_tokens=4))


@pytest.mark.real
def test_a_reader_who_leaves_does_not_keep_the_model_busy(smollm2: TransformersModel) -> None:
    reply = smollm2.generate([{"role": "user", "content": "Write a long story about rivers."}], max_tokens=400)
    next(reply)
    reply.close()  # type: ignore[attr-defined]
    assert smollm2.score("It still reads.").logprobs


@pytest.mark.real
def test_the_specimen_is_named_and_hashed(smollm2: TransformersModel) -> None:
    specimen = smollm2.specimen
    assert "SmolLM2" in specimen.name and specimen.licence == "Apache-2.0"
    assert specimen.sha256 is not None and len(specimen.sha256) == 64


def test_a_masked_model_does_not_write(tiny_bert: Path) -> None:
    model = TransformersModel(str(tiny_bert))
    assert model.masked
    with pytest.raises(BadInput, match="fills gaps"):
        model.score("the nurse was tired .")
    with pytest.raises(BadInput, match="fills gaps"):
        model.continuations("the nurse", [" was"])
    with pytest.raises(BadInput, match="fills gaps"):
        list(model.generate([{"role": "user", "content": "the nurse"}]))


def test_a_model_that_is_not_there_and_a_server_without_weights_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="could not be loaded"):
        TransformersModel(str(tmp_path))
    with pytest.raises(BadInput, match="looks inside"):
        language.load_weights("http://127.0.0.1:9/v1")
