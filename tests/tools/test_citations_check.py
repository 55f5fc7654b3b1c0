"""Reading and comparing references: every work of the bibliography in five styles, inventions, contradictions, fuzz."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.bibliography import Entry, entries
from tools.truth.citations import contradictions
from tools.truth.citations.check import check
from tools.truth.citations.fields import Checked
from tools.truth.citations.parse import parse

DAY = date(2026, 6, 1)


def one(text: str) -> Checked:
    found = check(text, today=DAY)
    assert len(found) == 1, [c.parsed.raw for c in found]
    return found[0]


def fields_of(checked: Checked) -> set[str]:
    return {d.field for d in checked.differences}


def people(entry: Entry) -> tuple[list[str], bool]:
    return [a for a in entry.authors if a != "others"], "others" in entry.authors


def initials(author: str) -> str:
    family, _, given_names = author.partition(", ")
    return f"{family}, {' '.join(w[0] + '.' for w in given_names.split())}" if given_names else family


def turned(author: str) -> str:
    family, _, given_names = author.partition(", ")
    return f"{given_names} {family}".strip()


def where(entry: Entry) -> str:
    return entry.fields.get("journal") or entry.fields.get("booktitle") or ""


def apa(entry: Entry) -> str:
    who, more = people(entry)
    listed = ", ".join(initials(a) for a in who) + (", et al." if more else "")
    return f"{listed} ({entry.fields.get('year', 'n.d.')}). {entry.fields['title']}. {where(entry)}"


def mla(entry: Entry) -> str:
    who, more = people(entry)
    listed = who[0] + (", et al." if more or len(who) > 1 else ".")
    return f"{listed} “{entry.fields['title']}.” *{where(entry) or 'arXiv'}*, {entry.fields.get('year', '')}."


def ieee(entry: Entry) -> str:
    who, more = people(entry)
    listed = ", ".join(turned(a) for a in who) + (" et al." if more else "")
    return f'[7] {listed}, "{entry.fields["title"]}," {where(entry)}, {entry.fields.get("year", "")}.'


def bibtex(entry: Entry) -> str:
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in entry.fields.items())
    return f"@{entry.type}{{{entry.key},\n  author = {{{' and '.join(entry.authors)}}},\n{fields}}}"


def free(entry: Entry) -> str:
    who, more = people(entry)
    first = who[0].split(",")[0]
    return (
        f"{first}{' et al.' if more or len(who) > 1 else ''}, {entry.fields['title']}, {entry.fields.get('year', '')}"
    )


def french(entry: Entry) -> str:
    who, more = people(entry)
    listed = " ; ".join(a.split(",")[0].upper() + "," + a.partition(",")[2] for a in who) + (" et al." if more else "")
    return f"{listed}, *{entry.fields['title']}*, {where(entry)}, {entry.fields.get('year', '')}."


@pytest.mark.parametrize("style", [apa, mla, ieee, bibtex, free, french])
def test_every_work_is_found(style: Callable[[Entry], str]) -> None:
    missed, exact = [], 0
    for key, entry in entries().items():
        text = style(entry)
        hits = [c for c in check(text, today=DAY) if c.key == key and c.verdict in ("exact", "near")]
        exact += any(c.verdict == "exact" for c in hits)
        if not hits:
            missed.append(text)
    assert len(missed) <= 0.01 * len(entries()), missed
    assert exact >= 0.95 * len(entries())


def test_a_real_title_with_another_year_or_other_authors_is_never_exact() -> None:
    wrong = []
    for entry in entries().values():
        if "year" not in entry.fields:
            continue
        year = int(entry.fields["year"])
        for text in (
            apa(entry.model_copy(update={"fields": entry.fields | {"year": str(year - 3)}})),
            apa(entry.model_copy(update={"authors": ["Okafor, Chidi", "Moreau, Claire"]})),
        ):
            if any(c.verdict == "exact" for c in check(text, today=DAY)):
                wrong.append(text)
    assert len(wrong) <= 0.01 * 2 * len(entries()), wrong


def test_the_differences_are_named() -> None:
    found = one(
        "Kurita, K., Vyas, N., Pareek, A., Black, A. W., & Tsvetkov, Y. (2018). Measuring bias in contextualized word representations."
    )
    assert found.verdict == "near" and found.key == "kurita2019"
    assert [(d.field, d.given, d.found) for d in found.differences] == [("year", "2018", "2019")]
    blend = one(
        '"Variational Autoencoder for Deep Learning of Images, Labels and Sequences" par Zhao et al. (2017) - Une approche.'
    )
    assert blend.key == "pu2016" and fields_of(blend) == {"title", "authors", "year"}
    title = next(d for d in blend.differences if d.field == "title")
    assert title.wrong == ("Sequences",) and title.right == ("Captions",)


def test_an_invented_title_by_real_authors_is_not_found() -> None:
    found = one("Vaswani, A., Shazeer, N., & Parmar, N. (2017). Spectral gardens of municipal memory. NeurIPS.")
    assert found.verdict == "nothing" and not found.key


def test_two_works_with_the_same_beginning_are_told_apart() -> None:
    # zhao2018 continues the whole title of rudinger2018 with a subtitle; both are of 2018
    assert one("Zhao, J., et al. (2018). Gender Bias in Coreference Resolution.").key == "zhao2018"
    assert one("Rudinger, R., et al. (2018). Gender Bias in Coreference Resolution.").key == "rudinger2018"
    assert one("Gender Bias in Coreference Resolution").key == "rudinger2018"


@pytest.mark.parametrize(
    "text",
    [
        "vaswani et al 2017 attention is all you need",
        "Attention is all you need (Vaswani et al. 2017)",
        "A. Vaswani et al., « Attention Is All You Need », NeurIPS 2017, https://arxiv.org/abs/1706.03762v5 (consulté le 3 mars 2025)",
        "Vaswani Ashish et al., Attention is all you need, Advances in neural information processing systems, 2017, 30",
        "Attention Is All You Need, https://doi.org/10.48550/arXiv.1706.03762",
    ],
)
def test_sloppy_references_are_found(text: str) -> None:
    found = one(text)
    assert found.key == "vaswani2017" and found.verdict == "exact", found.differences


def test_a_longer_title_is_not_exact() -> None:
    found = one("Vaswani, A., et al. (2017). Attention is all you need for growing tomatoes. NeurIPS.")
    assert found.verdict == "near" and fields_of(found) == {"title"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Müller, H. (2031). The coming years of work. Journal of Tomorrow, 1(1), 1–9.", "future_year"),
        ("Doe, J. (2019). A thing about frogs. doi:10.12/abc", "doi_form"),
        ("Doe, J. (2022). A thing about frogs. arXiv:2213.01234", "arxiv_form"),
        ("Doe, J. (2014). A thing about frogs. arXiv:1412.12345", "arxiv_form"),  # five digits only since 2015
        ("Doe, J. (2017). A thing about frogs. arXiv:1906.12345", "arxiv_year"),
        ("Doe, J. (2026). A thing about frogs. arXiv:2612.12345", "arxiv_future"),
        ("Doe, J. (2017). A thing about frogs. arXiv:1706.03762", "arxiv_elsewhere"),
        ("Doe, J. (2017). A thing about frogs. https://doi.org/10.1126/science.aal4230", "doi_elsewhere"),
        ("Doe, J. (2019). A thing about frogs. Some Journal, 3(2), 172–166.", "pages_backwards"),
        ("Doe, J. (2019). A thing about frogs. Science, 200, 12–15.", "volume_year"),  # 356 is of 2017
        ("Doe v. Roe, 999 F.2d 12 (9th Cir. 2005)", "reporter_year"),
        ("Doe v. Roe, 2019 WL 4639462 (Tex. App. 2003)", "number_year"),
    ],
)
def test_contradictions(text: str, code: str) -> None:
    found = one(text)
    assert found.verdict == "impossible" and code in {p.code for p in found.problems}


def test_what_looks_like_a_contradiction_and_is_none() -> None:
    # Vaswani's arXiv number is of 2017; abbreviated pages 166–72 do not run backwards
    assert one('A. Vaswani et al., "Attention is all you need," arXiv:1706.03762, 2017.').verdict == "exact"
    assert (
        one(
            "Greenwald, A. G., et al. (1998). Measuring individual differences in implicit cognition: The implicit association test. Journal of Personality and Social Psychology, 74(6), 1464-80."
        ).verdict
        == "exact"
    )


def test_arxiv_dates() -> None:
    assert contradictions.arxiv_date("1706.03762") == (2017, 6)
    assert contradictions.arxiv_date("cs/0306050") == (2003, 6)
    assert contradictions.arxiv_date("0704.0001") == (2007, 4)
    assert contradictions.arxiv_date("1501.0001") is None and contradictions.arxiv_date("0703.0001") is None


def test_citations_inside_sentences() -> None:
    text = "As Kurita et al. (2019) showed, bias is there (Jain & Wallace, 2019; Nobody, 2020). Comme Kurita et ses collègues (2018) le disent."
    found = check(text, today=DAY)
    expected = [("exact", "kurita2019"), ("exact", "jain2019"), ("nothing", ""), ("near", "kurita2019")]
    assert [(c.verdict, c.key) for c in found] == expected
    for c in found:
        assert text[slice(*c.span)] == c.parsed.raw


def test_decisions_and_recorded_inventions() -> None:
    found = one("Varghese v. China Southern Airlines Co., Ltd., 925 F.3d 1339 (11th Cir. 2019)")
    assert found.verdict == "nothing" and found.recorded == "castel2023"
    assert one("Moffatt v. Air Canada, 2024 BCCRT 149").key == "rivers2024"
    assert one("Cons. const., 3 avril 2020, n° 2020-834 QPC").key == "conseil2020"
    assert one("Cass. soc., 12 mai 2021, n° 19-20.345").parsed.number == "19-20.345"
    other = one("Smith v. Armstrong, 180 F. Supp. 3d 703 (D. Idaho 2016)")
    assert other.verdict == "near" and fields_of(other) == {"title"}


def test_a_list_of_two_hundred_is_fast_and_cut() -> None:
    lines = [apa(entry) for entry in list(entries().values())[:210]]
    start = time.monotonic()
    found = check("\n".join(f"[{n}] {line}" for n, line in enumerate(lines, 1)), today=DAY)
    assert len(found) == 200 and time.monotonic() - start < 30


def test_fields_of_a_vancouver_reference() -> None:
    p = parse("Obermeyer Z, Powers B. Dissecting racial bias. Science. 2019;366(6464):447-53.")
    assert (p.year, p.volume, p.number, p.pages) == (2019, "366", "6464", "447–53")
    assert p.title == "Dissecting racial bias" and p.authors == "Obermeyer Z, Powers B"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_nothing_raises(text: str) -> None:
    for found in check(text, today=DAY):
        assert text[slice(*found.span)].strip() and found.verdict in ("exact", "near", "nothing", "impossible")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(
    ["Kurita", "et al.", "(2019)", ". ", ", ", "“", "”", "arXiv:", "1706.03762", "10.1126/", "doi:", "@article{", "}", "title=", "{", "v. ",
     "F.3d", "925", "(11th Cir. 2019)", "\n", "[1] ", "1. ", "« ", " »", "pp. 12–", "Cass.", "n° 19-20.345", "*", "مرجع", "🙂", "and", "&", "2031"]
), max_size=40))  # fmt: skip
def test_broken_references_do_not_raise(parts: list[str]) -> None:
    check(" ".join(parts), today=DAY)
