"""One step for each kind of specimen that does not come ready to read. Each works in place on a folder."""

from __future__ import annotations

from pathlib import Path


def word_vectors(folder: Path) -> None:
    """``vectors.kv`` (a gensim pickle, read by a restricted reader) → ``vectors.npy`` and ``words.txt``."""
    import numpy as np

    from tools.specimens.words import read_gensim

    words, matrix = read_gensim(folder / "vectors.kv")
    np.save(folder / "vectors.npy", matrix)
    (folder / "words.txt").write_text("\n".join(words), encoding="utf-8")
    (folder / "vectors.kv").unlink()


def glove_index(folder: Path) -> None:
    """``index.parquet`` (one column of words, in the order of the rows) → ``words.txt``."""
    import pyarrow.parquet

    words = pyarrow.parquet.read_table(folder / "index.parquet")["index"].to_pylist()
    (folder / "words.txt").write_text("\n".join(words), encoding="utf-8")
    (folder / "index.parquet").unlink()


def language_model(folder: Path) -> None:
    """``model.gguf`` (packed weights of SmolLM2) → a Hugging Face folder in bfloat16, with its tokenizer."""
    import torch
    from tokenizers import pre_tokenizers
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file="model.gguf")
    # The file names the rule "smollm": each digit apart, then GPT-2's rule; transformers reads only the second half.
    rules = tokenizer.backend_tokenizer
    rules.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), rules.pre_tokenizer])
    tokenizer.save_pretrained(folder)
    unpacked = GgufConfig(dequantize=True)
    model = AutoModelForCausalLM.from_pretrained(
        folder, gguf_file="model.gguf", quantization_config=unpacked, dtype=torch.bfloat16
    )
    model.save_pretrained(folder)
    (folder / "model.safetensors").chmod(0o644)
    (folder / "model.gguf").unlink()


def glyphs(folder: Path) -> None:
    """``icons.json`` and ``chars.json`` (Iconify) → ``glyphs.zip``, one SVG a sequence of code points ("1f408.svg")."""
    import json
    import zipfile

    drawn = json.loads((folder / "icons.json").read_text(encoding="utf-8"))
    codes = json.loads((folder / "chars.json").read_text(encoding="utf-8"))
    namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    with zipfile.ZipFile(folder / "glyphs.zip", "w") as packed:  # not compressed: the same bytes with every zlib
        for code, name in sorted(codes.items()):
            icon = drawn["icons"].get(name) or drawn["icons"][drawn["aliases"][name]["parent"]]
            width, height = icon.get("width", drawn["width"]), icon.get("height", drawn["height"])
            box = f'viewBox="{icon.get("left", 0)} {icon.get("top", 0)} {width} {height}"'
            entry = zipfile.ZipInfo(f"{code}.svg")  # its fixed date keeps the hash of the file the same at every run
            packed.writestr(entry, f"<svg {namespaces} {box}>{icon['body']}</svg>")
    (folder / "icons.json").unlink()
    (folder / "chars.json").unlink()


def decisions(folder: Path) -> None:
    """The files of COMPAS, Adult and German credit → only the columns that are needed, in words."""
    from tools.specimens import tabular_convert

    tabular_convert.compas(folder)
    tabular_convert.adult(folder)
    tabular_convert.german(folder)


def bikes(folder: Path) -> None:
    """The hours of bicycle hire, put in order."""
    from tools.specimens import tabular_convert

    tabular_convert.bikes(folder)
