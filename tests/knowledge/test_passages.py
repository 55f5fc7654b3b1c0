"""Markdown cut into passages: sections up to 200 words, slides joined, with offsets that hold."""

from __future__ import annotations

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Document, documents
from knowledge.passages import blocks, opens, passages, plain


def document(body: str, kind: str = "course") -> Document:
    extra = {
        "years": [2020],
        "organisation": "o",
        "sector": "law",
        "harms": ["W1"],
        "mechanisms": ["wrong rule"],
        "ai_act": "high",
    }
    more = extra if kind == "incident" else {}
    return Document(id="doc", kind=kind, lang="en", title="Title", summary="In *short*.", body=body, **more)  # type: ignore[arg-type]


def words(count: int) -> str:
    return " ".join(["word"] * (count - 1) + ["end."])


def test_a_section_is_one_passage_up_to_200_words() -> None:
    found = passages(document(f"## A\n\n{words(90)}\n\n{words(100)}\n\n{words(20)}\n\n{words(181)}"))
    # 90 + 100 = 190 stay together; 20 more would make 210; 20 + 181 = 201 is too long as well.
    assert [len(one.text.split()) for one in found] == [190, 20, 181]
    assert [one.id for one in found] == ["doc.en#1", "doc.en#2", "doc.en#3"]


def test_a_passage_never_crosses_a_heading() -> None:
    found = passages(document("Before.\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## C"))
    assert [(one.heading, one.text) for one in found] == [("Title", "Before."), ("A", "One."), ("A › B", "Two.")]


def test_offsets_are_those_of_the_source() -> None:
    body = "## A\n\nOne *two*\nthree.\n\n- a\n- b\n\n## B\n\n`x` and [link](y)."
    found = passages(document(body))
    assert [body[one.start : one.end] for one in found] == ["One *two*\nthree.\n\n- a\n- b", "`x` and [link](y)."]
    assert [one.text for one in found] == ["One two three.\na b", "x and link."]


def test_markdown_becomes_plain_text() -> None:
    assert (
        plain("**Bold**, `code`, [a link](http://x), ![alt](y)<br>end  \nbreak") == "Bold, code, a link, altend break"
    )
    assert plain("> quoted\n\n```\ncode  here\n```") == "quoted\ncode here"
    assert plain("| a | b |\n|---|---|\n| 1 | 2 |") == "a | b | 1 | 2"


def test_a_list_of_questions_is_left_out_and_a_paragraph_that_asks_is_not() -> None:
    found = passages(document("## A\n\nText. Is it so?\n\n## B\n\n1. Who?\n2. Why *now*?\n\n- Who?\n- Me."))
    assert [one.text for one in found] == ["Text. Is it so?", "Who? Me."]


def test_the_summary_of_an_incident_is_its_passage_zero() -> None:
    found = passages(document("## A\n\nOne.", kind="incident"))
    assert [(one.id, one.heading, one.text) for one in found] == [
        ("doc.en#0", "In short", "In short."),
        ("doc.en#1", "A", "One."),
    ]
    assert [opens(one.kind, one.id) for one in found] == [True, True]
    assert not opens("incident", "doc.en#10") and not opens("incident", "doc.en#11") and not opens("course", "doc.en#1")


def test_slides_of_an_added_document_are_joined_whole_and_say_their_page() -> None:
    slides = [f"<!-- p. {n} -->\n\n## Slide {n}\n\n{words(80)}" for n in (1, 2, 3)]
    found = passages(document("\n\n".join(slides), kind="added"))
    # 80 + 80 = 160 stay together, 240 do not; the title of the second slide stands in the text.
    assert [one.heading for one in found] == ["Slide 1 › p. 1", "Slide 3 › p. 3"]
    assert "\nSlide 2\n" in found[0].text and found[0].text.count("word") == 158


def test_a_table_of_an_added_document_is_not_cut() -> None:
    table = "| a | b |\n| --- | --- |\n" + "\n".join(f"| {n} | word |" for n in range(150))
    found = passages(document(f"{words(60)}\n\n{table}\n\n{words(60)}", kind="added"))
    assert [one.text.count("|") > 0 for one in found] == [False, True, False]


def test_a_document_without_text_has_no_passage() -> None:
    assert passages(document("## Only a heading")) == []


@given(
    st.lists(
        st.sampled_from(["## H", "Some words here.", "- item\n- item", "```\ncode\n```", "> q", "***"]), max_size=8
    )
)
def test_blocks_cover_the_body_in_order(parts: list[str]) -> None:
    body = "\n\n".join(parts)
    found = list(blocks(body))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(body[one.start : one.end].strip() for one in found)


def test_the_shipped_passages_are_short_plain_and_unique() -> None:
    found = [one for document in documents() for one in passages(document)]
    assert len({one.id for one in found}) == len(found)
    assert max(len(one.text.split()) for one in found) <= 200
    assert not [one.id for one in found if re.search(r"\*\*\w|\]\(|`", one.text)]
