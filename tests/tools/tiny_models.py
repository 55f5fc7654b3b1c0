"""Language models of two layers with random weights, made on the spot, for tests of what is read inside a model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def causal(folder: Path, words: Sequence[str]) -> str:
    """A Llama of 2 layers and 4 heads that share 2 keys; each word is a token. Returns its folder."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    known = dict.fromkeys(["[UNK]", "[PAD]", *words])
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(known)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    torch.manual_seed(0)
    config = LlamaConfig(vocab_size=len(known), hidden_size=32, intermediate_size=32, num_hidden_layers=2,
                         num_attention_heads=4, num_key_value_heads=2, initializer_range=0.5)  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]").save_pretrained(folder)
    return str(folder)


def masked(folder: Path, words: Sequence[str]) -> str:
    """A BERT of 2 layers and 2 heads; "woodworker" is two tokens. Returns its folder."""
    import torch
    from transformers import BertConfig, BertForMaskedLM, BertTokenizer

    known = dict.fromkeys(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "wood", "##worker", ".", *words])
    (folder / "vocab.txt").write_text("\n".join(known))
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(known), hidden_size=16, num_hidden_layers=2, num_attention_heads=2,
                        intermediate_size=32, max_position_embeddings=64, initializer_range=0.5)  # fmt: skip
    BertForMaskedLM(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return str(folder)
