"""The self-audit card in words, and the answers that the assistant gives about itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant import card as cards
from assistant import card_answer, card_rows, card_text
from assistant.agent import Agent
from assistant.card import Measure
from assistant.grounding import Grounding, numbers_in
from assistant.turn import Block, Speaker, Turn
from evals.measures import rows_of
from tests.cards import LOCAL, made
from tools.finding import Lang, Text

T = Text(en="t", fr="t")


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty drawer of cards, and no card that came with the program."""
    monkeypatch.setattr(cards, "folder", lambda: tmp_path)
    monkeypatch.setattr(cards, "shipped", lambda: None)
    return tmp_path


def measure(value: float | None, low: float, high: float, better: str = "low", target: float | None = 0.02) -> Measure:
    return Measure(id="m", title=T, value=value, low=low, high=high, n=100, better=better, target=target)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (measure(0.01, 0.005, 0.018), "met"),
        (measure(0.01, 0.005, 0.021), "touched"),
        (measure(0.03, 0.01, 0.05), "missed"),
        (measure(0.0, 0.0, 0.016, target=0.0), "met"),  # no interval of a share ends at 0: the value decides
        (measure(0.004, 0.0, 0.024, target=0.0), "missed"),
        (measure(0.95, 0.91, 0.98, "high", 0.9), "met"),
        (measure(0.95, 0.89, 0.98, "high", 0.9), "touched"),
        (measure(0.85, 0.8, 0.91, "high", 0.9), "missed"),
        (measure(None, 0.0, 0.0), "none"),
        (measure(0.5, 0.4, 0.6, target=None), "none"),
    ],
)
def test_a_target_is_met_touched_or_missed(one: Measure, expected: str) -> None:
    assert card_rows.verdict(one) == expected
    words = card_rows.target(one, "en")
    assert ("missed" in words) == (expected == "missed")
    assert ("reaches past" in words) == (expected == "touched")


def test_a_change_is_called_one_only_when_the_intervals_are_apart() -> None:
    new, near, far = made(0.013), made(0.02, days=-1), made(0.05, days=-1)  # 0.7–2.2 %, 1.4–2.9 %, 4.4–5.9 %
    one = new.suites[0].measures[0]
    assert card_rows.change(one, near, "en") == "no clear change (2.0% before)"
    assert card_rows.change(one, far, "en") == "better (5.0% before)"
    assert card_rows.change(far.suites[0].measures[0], new, "fr").startswith("moins bien (1,3")
    assert card_rows.change(one, None, "en") == "–"
    assert card_rows.change(new.suites[2].measures[0], far, "en") == "–", "nothing was computed"


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_markdown_has_a_row_for_each_measure_and_the_worst_failure_first(lang: Lang) -> None:
    card, earlier = made(), made(0.05, days=-3)
    text = card_text.markdown(card, lang, earlier)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    titles = [one.title.get(lang) for suite in card.suites for one in suite.measures]
    assert [title for title in titles if any(row.startswith(f"| {title} |") for row in rows)] == titles
    assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1, "every row has the same columns"
    assert text.index("Utopia") < text.index("Twitter")
    unsupported = next(row for row in rows if row.startswith(f"| {titles[0]}"))
    for seen in {"en": ("1.3%", "0.7% to 2.2%", "517", "61.3%", "better (5.0% before)"), "fr": ("1,3", "517", "61,3", "mieux")}[lang]:  # fmt: skip
        assert seen in unsupported
    assert "autopsie eval all" in text
    if lang == "fr":
        assert not re.search(r"\d\.\d+\s?%", text), "a decimal point in French"
        assert not re.search(r" [;?!]", text.replace("2093 ?", "")), "an ordinary space before a French mark"


class Page(HTMLParser):
    """Counts what matters in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.scopes: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        found = dict(attrs)
        if tag == "th":
            self.scopes.append(found.get("scope") or "")
        self.addresses += [found[name] or "" for name in ("src", "href") if name in found]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_page_stands_alone_and_shows_no_live_text_of_an_answer(lang: Lang) -> None:
    card = made()
    text = card_text.html(card, lang)
    page = Page(text)
    assert page.scopes.count("row") == sum(len(suite.measures) for suite in card.suites)
    assert "script" not in page.tags
    assert "button" not in page.tags, "nothing to press on paper"
    assert not page.addresses
    assert "http" not in re.sub(r'http-equiv="[^"]+"', "", text)
    assert "&lt;script&gt;" in text
    assert f'<html lang="{lang}">' in text
    for word in {"en": ("missed", "met"), "fr": ("manqué", "atteint")}[lang]:
        assert word in text, "said in words, not by colour alone"


def test_the_card_compared_with_is_the_one_before_by_the_same_speaker(drawer: Path) -> None:
    for card in (made(days=-9), made(0.02, days=-4), made(0.3, days=-2, speaker=LOCAL), made()):
        cards.save(card)
    (drawer / "broken.json").write_text("{")
    newest = cards.latest()
    assert newest is not None and newest.made == made().made
    before = cards.before(newest)
    assert before is not None and before.made == made(days=-4).made
    assert [card.speaker.level for card in cards.by_speaker()] == ["embedded", "local"]
    assert cards.of(LOCAL) == made(0.3, days=-2, speaker=LOCAL)
    table = card_rows.beside(cards.by_speaker(), "en")
    assert len(table.columns) == 3
    assert all(len(row) == 3 for row in table.rows)
    assert table.rows[0][1] == Text(
        en=card_rows.said(newest.suites[0].measures[0], "share", "en"), fr=table.rows[0][1].fr
    )  # type: ignore[union-attr]


ASKED = [
    ("how often do you make things up?", "grounded.unsupported"),
    ("tu inventes souvent ?", "grounded.unsupported"),
    ("are you biased?", "bias.answers"),
    ("as-tu des préjugés ?", "bias.answers"),
    ("can someone hide an order for you in a file?", "injection.obeyed"),
    ("peut-on te faire obéir à un texte caché ?", "injection.obeyed"),
    ("do you say so when you don't know?", "grounded.abstained"),
    ("sais-tu te taire quand tu ne sais pas ?", "grounded.abstained"),
]


@pytest.mark.parametrize(("question", "wanted"), ASKED)
def test_the_answer_speaks_of_what_was_asked_and_cites_the_card(drawer: Path, question: str, wanted: str) -> None:
    card = made()
    cards.save(card)
    lang: Lang = "fr" if re.search("[éà]|tu ", question) else "en"
    blocks, passages = card_answer.answer(question, lang, "curious", Speaker())
    one = card.measure(wanted)
    assert one is not None
    (told,) = [block for block in blocks if block.text.startswith(one.title.get(lang))]
    if one.value is not None:
        assert card_rows.said(one, one.unit, lang) in told.text
    others = {m.title.get(lang) for s in card.suites for m in s.measures} - {one.title.get(lang)}
    assert not [
        block for block in blocks if block.kind == "sentence" and block.text.split(" :")[0].split(":")[0] in others
    ]
    grounding = Grounding([], passages, lang)
    assert grounding.trace(blocks) == blocks
    assert grounding.checks.removed == 0
    assert all(block.passages for block in blocks if block.kind == "sentence")
    assert {passage.id.split("#")[0] for passage in passages} == {card_answer.EVIDENCE}


def test_a_number_that_is_not_on_the_card_does_not_pass_the_check(drawer: Path) -> None:
    cards.save(made())
    blocks, passages = card_answer.answer("how often do you make things up?", "en", "curious", Speaker())
    at = next(i for i, block in enumerate(blocks) if "1.3%" in block.text)
    blocks[at] = Block(text=blocks[at].text.replace(": 1.3%", ": 1.1%"), passages=blocks[at].passages)
    grounding = Grounding([], passages, "en")
    kept = grounding.trace(blocks)
    assert grounding.checks.numbers_removed == ["1.1%"]
    assert len(kept) == len(blocks) - 1


def test_an_open_question_gets_one_number_of_each_suite_and_the_worst_examples_when_asked(drawer: Path) -> None:
    card = made()
    cards.save(card)
    blocks, _ = card_answer.answer("how were you tested?", "en", "curious", Speaker())
    said = " ".join(block.text for block in blocks)
    assert all(suite.measures[0].title.en in said for suite in card.suites)
    assert "Utopia" not in said
    blocks, _ = card_answer.answer("show me your worst failures", "en", "curious", Speaker())
    said = " ".join(block.text for block in blocks)
    assert said.index("Utopia") < said.index("Twitter")


def test_without_a_card_no_number_is_given_and_the_way_to_one_is(drawer: Path) -> None:
    for lang in ("en", "fr"):
        blocks, passages = card_answer.answer("how often do you make things up?", lang, "curious", Speaker())
        assert not passages
        assert not [n for block in blocks for n in numbers_in(block.text, lang)]
        assert any("autopsie eval all" in block.text for block in blocks)


def test_another_speaker_than_the_one_measured_is_said(drawer: Path) -> None:
    cards.save(made())
    blocks, _ = card_answer.answer("are you biased?", "en", "curious", LOCAL)
    assert any("no card measures that yet" in block.text and LOCAL.model in block.text for block in blocks)


@pytest.mark.real
@pytest.mark.parametrize(
    ("question", "seen"),
    [("how often do you make things up?", "1.3%"), ("tu inventes souvent ?", "1,3\u202f%")],
)
def test_the_assistant_answers_about_itself_from_its_card(drawer: Path, question: str, seen: str) -> None:
    cards.save(made())
    turn = _turn(question)
    assert turn.plan is not None and turn.plan.kind == "card"
    assert seen in turn.text()
    assert [passage.id for passage in turn.cited()] == ["self-audit#grounded"]
    assert turn.checks.removed == 0
    assert turn.checks.numbers > 5


@pytest.mark.real
def test_after_a_finding_a_question_about_the_assistant_is_not_a_follow_up(drawer: Path) -> None:
    cards.save(made())
    first = _turn("Run WEAT 6 on the GloVe vectors")
    assert first.findings
    plan = _turn("And you, how often do you make things up?", first).plan
    assert plan is not None and plan.kind == "card"


@pytest.mark.real
def test_questions_about_the_assistant_find_its_card_and_the_near_ones_do_not() -> None:
    """Held out: 42 of 50, and 20 of the 20 near misses, when this was written."""
    from assistant.planner.nearest import examples
    from assistant.planner.plan import make_plan

    rows = rows_of("routing_self.jsonl")
    assert not {row["question"] for row in rows} & {text for text, _ in examples()}
    found = {True: [0, 0], False: [0, 0]}
    for row in rows:
        about_itself = make_plan(row["question"], row["lang"]).kind == "card"
        asked = row["tool"] == "self_audit"
        found[asked][about_itself == asked] += 1
    assert found[True][1] >= 40, found
    assert found[False][1] >= 19, found


@pytest.mark.real
@pytest.mark.parametrize(
    "question", ["How do you disaggregate the result of a test?", "How would you measure the bias of a language model?"]
)
def test_you_may_be_anybody(question: str) -> None:
    from assistant.planner.plan import make_plan

    assert make_plan(question, "en").kind != "card"


def _turn(question: str, last: Turn | None = None) -> Turn:
    return list(Agent().ask(question, "c", last=last))[-1]
