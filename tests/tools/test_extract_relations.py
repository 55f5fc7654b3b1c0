"""The whole tool: on replies made by hand, on awkward texts, on the real model, on a served one."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.served import Server
from tools.errors import BadInput
from tools.finding import Finding, Lang, Specimen
from tools.proportions import wilson
from tools.reading.extract_relations import extract_relations
from tools.specimens import language

TEXT = "Élodie Roux founded Nexa in Lyon in 2016."
REPLY = {
    "entities": [{"name": "Élodie Roux", "kind": "person"}, {"name": "Nexa", "kind": "place"}, {"name": "Ada Lovelace", "kind": "person"}],
    "relations": [
        {"subject": "Élodie Roux", "relation": "founded", "object": "Nexa"},
        {"subject": "Élodie Roux", "relation": "was born in", "object": "London"},
    ],
}  # fmt: skip


class Told:
    """A model that always says the same."""

    specimen = Specimen(name="Told, a test", source="", revision="", sha256=None)
    context = 2048

    def __init__(self, reply: str) -> None:
        self.reply = reply

    def generate(self, _messages: Any, **_: Any) -> Iterator[str]:
        yield self.reply


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    def use(reply: str) -> None:
        monkeypatch.setattr(language, "load", lambda _model: Told(reply))

    return use


def test_counts_on_a_reply_made_by_hand(told: Any) -> None:
    """4 names (3 listed, London in a relation): 2 are not in the text. 2 relations, 1 of them with an invented name.

    The rule reads off Élodie Roux, Nexa, Lyon and 2016: 2 of the 4 were found.
    """
    told(json.dumps(REPLY, ensure_ascii=False))
    finding = extract_relations.run({"text": TEXT})
    invented, unsupported, found = (
        finding.estimate(n) for n in ("invented_names", "unsupported_relations", "names_found")
    )
    assert (invented.value, invented.n) == (0.5, 4)
    assert (invented.low, invented.high) == pytest.approx(wilson(2, 4))
    assert (unsupported.value, unsupported.n) == (0.5, 2)
    assert (found.value, found.n) == (0.5, 4)
    rows = {str(row[0]): row for row in finding.table("entities").rows}
    assert rows["Nexa"][3:5] == [20, 24]
    assert rows["Ada Lovelace"][6].en == "yes"  # type: ignore[union-attr]
    assert "Ada Lovelace" in finding.summary.en
    assert [figure.name for figure in finding.figures] == ["page", "graph"]


def test_both_languages_and_determinism(told: Any) -> None:
    told(json.dumps(REPLY, ensure_ascii=False))
    french = extract_relations.run({"text": TEXT}, lang="fr")
    assert french.id == extract_relations.run({"text": TEXT}, lang="fr").id
    for text in (french.summary, french.how_to_read, french.limits):
        assert text.en and text.fr and text.en != text.fr
        assert not re.search(r"\d\.\d", text.fr)


@pytest.mark.parametrize(
    "reply", ["", "No names here.", '{"entities": [], "relations": []}', '{"entities": [{"name": " ", "kind": "other"}']
)
def test_nothing_found_is_said(told: Any, reply: str) -> None:
    told(reply)
    lang: Lang
    for lang in ("en", "fr"):
        finding = extract_relations.run({"text": TEXT}, lang=lang)
        assert finding.estimate("invented_names").value is None
        assert "wrote none" in finding.summary.en
        assert len(finding.figures) == 1


@pytest.mark.parametrize("text", ["😀", "word", "?!…", "12 34 56", "   x  "])
def test_no_sentence_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        extract_relations.run({"text": text})


AWKWARD = {
    "code": "def double(x):\n    return x[0] + {'key': 1}['key']  # $x$ $y\n",
    "mixed": "Marie vit à Paris. She works in London since 2019. Ella vive en Madrid.",
    "right to left": "وُلد أحمد في القاهرة عام 1950 وعمل في بيروت.",
    "chinese": "张伟于1980年出生在北京。他在上海工作。",
    "pages": "On 3 May 2020 the firm Orbex opened an office in Lyon with 20 people. " * 280,
    "one long line": "lorem ipsum " * 1500,
    "dollars": "The firm paid $200 to $name$ and 5% _of_ ^it^ to Bo.",
}


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD.keys())
def test_awkward_texts(told: Any, text: str) -> None:
    told(json.dumps(REPLY, ensure_ascii=False))
    finding = extract_relations.run({"text": text[:19_900]})
    assert finding.summary.fr


def test_too_long_is_refused() -> None:
    with pytest.raises(BadInput):
        extract_relations.run({"text": "a word " * 20_000})


def check_real(finding: Finding) -> None:
    assert finding.estimate("names_found").n == 20
    assert finding.estimate("names_found").value > 0.2  # type: ignore[operator]
    assert finding.estimate("kinds_right").baseline == pytest.approx(1 / 7)
    assert finding.estimate("names_found").baseline == pytest.approx(
        19 / 20
    )  # the rule misses the council, in lower case
    assert "built-in" in finding.summary.en


@pytest.mark.real
def test_the_built_in_text_with_the_default_model() -> None:
    seen: list[int] = []
    finding = extract_relations.run({"max_items": 2}, on_progress=lambda p: seen.append(p.done))
    check_real(finding)
    assert len(seen) > 20
    assert finding.specimen.sha256


@pytest.mark.real
def test_stop_is_heard() -> None:
    from tools.errors import Stopped

    stop = threading.Event()
    with pytest.raises(Stopped):
        extract_relations.run({}, stop=stop, on_progress=lambda p: stop.set() if p.done else None)


@pytest.mark.vllm
@pytest.mark.real
def test_the_built_in_text_with_a_served_model(served: Server) -> None:
    check_real(extract_relations.run({"model": served.url, "max_items": 3}))
