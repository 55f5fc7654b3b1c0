"""The token view as HTML: tokens in their boxes, the distribution as bars in a table, ten draws counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from assistant.ui.workshop_words import word
from tools.finding import Lang
from tools.numbers import number, percent
from tools.prompting import tokens
from tools.prompting.tokens import Next, Row, Shaped, Token


@dataclass(frozen=True)
class Seen:
    """What has been read: the tokens, how many of them the person gave, and what is expected after them."""

    tokens: tuple[Token, ...]
    given: int
    expected: Next
    text: str
    model: str


def boxes_html(seen: Seen, lang: Lang) -> Markup:
    """The tokens in their boxes, with their numbers; the text that they make beneath."""
    boxes = Markup("").join(
        Markup('<li class="token{}"><span class="piece">{}</span><span class="id">{}</span>{}</li>').format(
            "" if at < seen.given else " added", one.shown, one.id,
            "" if at < seen.given else Markup('<span class="visually-hidden">{}</span>').format(word("added", lang)),
        )
        for at, one in enumerate(seen.tokens)
    )  # fmt: skip
    many, added = len(seen.tokens), len(seen.tokens) - seen.given
    count = word(
        "count" if many != 1 else "count_one", lang, n=number(many, lang, 0), chars=number(len(seen.text), lang, 0)
    )
    if added:
        count += ", " + word("count_drawn" if added > 1 else "count_drawn_one", lang, n=added)
    return Markup(
        '<div class="tokens-seen" lang="{}"><p class="count" role="status">{}</p><ol class="tokens">{}</ol>'
        '<p class="as-text"><span class="about">{}</span> <q>{}</q></p><p class="note">{}</p></div>'
    ).format(lang, count, boxes, word("as_text", lang), seen.text, word("marks", lang, model=seen.model))


def bars_html(seen: Seen, temperature: float, top_p: float, lang: Lang) -> Markup:
    """The twenty likeliest tokens and all the others as bars in a table that reads without its bars."""
    shaped = tokens.shape(seen.expected, temperature, top_p)
    widest = max([one for row in shaped.rows for one in (row.high, row.before)])
    rows = Markup("").join(_row(row, widest, lang) for row in shaped.rows)
    rest = Markup('<tr class="others"><th scope="row">{}</th>{}<td class="number">{}</td></tr>').format(
        word("others", lang), _bar(*shaped.others, widest, "", lang), percent(shaped.others_before, lang, 1)
    )
    heads = [word(key, lang) for key in ("col_token", "col_now", "col_before")]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(one) for one in heads)
    told = [word("served_bounds", lang)] if not seen.expected.complete else []
    told += [word("others_cut", lang)] if shaped.others[1] > widest else []
    notes = Markup("").join(Markup('<p class="note">{}</p>').format(one) for one in [*told, word("token_limits", lang)])
    return Markup(
        '<div class="token-bars" lang="{}"><table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}{}</tbody></table>'
        '<p class="count">{}</p>{}</div>'
    ).format(
        lang, word("expected", lang, model=seen.model),
        head, rows, rest, entropy_line(seen.expected, shaped, lang), notes,
    )  # fmt: skip


def _row(row: Row, widest: float, lang: Lang) -> Markup:
    why = "" if row.kept else word("cut", lang)
    return Markup('<tr class="{}"><th scope="row"><span class="piece">{}</span></th>{}<td class="number">{}</td></tr>').format(
        "" if row.kept else "cut", row.token.shown, _bar(row.low, row.high, widest, why, lang), percent(row.before, lang, 1)
    )  # fmt: skip


def _bar(low: float, high: float, widest: float, why: str, lang: Lang) -> Markup:
    """A cell with a bar as long as ``low``, paler as far as ``high``, and the number, or why there is none."""
    shown = percent(high, lang, 1)
    if high - low > 5e-4:
        shown = f"{number(100 * low, lang, 1)}–{shown}"
    return Markup(
        '<td class="now"><span class="track" aria-hidden="true"><span class="sure" style="width:{:.2f}%"></span>'
        '<span class="unsure" style="width:{:.2f}%"></span></span><span class="value">{}</span></td>'
    ).format(*_lengths(low, high, widest), why or shown)


def _lengths(low: float, high: float, widest: float) -> tuple[float, float]:
    """Both parts of a bar in percent of the column; what is longer than the column is cut at its end."""
    sure = min(100 * low / widest, 100)
    return sure, min(100 * high / widest, 100) - sure


def entropy_line(expected: Next, shaped: Shaped, lang: Lang) -> str:
    """How undecided the model is, before and after the settings, and how many tokens can still be drawn."""
    low, high = expected.entropy
    if not expected.complete:
        return word("entropy_between", lang, low=number(low, lang), high=number(high, lang))
    parts = [word("entropy", lang, bits=number(low, lang), even=number(2**low, lang, 1))]
    if shaped.entropy is not None and abs(shaped.entropy - low) > 0.005:
        parts.append(word("entropy_now", lang, bits=number(shaped.entropy, lang)))
    parts.append(word("kept", lang, kept=number(shaped.kept, lang, 0), all=number(expected.vocabulary, lang, 0)))
    return " ".join(parts)


def ten_html(found: list[Token], shaped: Shaped, lang: Lang) -> Markup:
    """Ten draws counted, beside how often each was to be expected."""
    chance = {row.token.id: row for row in shaped.rows}
    rows = Markup("").join(
        Markup('<tr><th scope="row"><span class="piece">{}</span></th><td class="number">{}</td><td class="number">{}</td></tr>').format(
            token.shown, times, number(10 * chance[token.id].high, lang, 1) if token.id in chance else "–"
        )
        for token, times in Counter(found).most_common()
    )  # fmt: skip
    heads = [word(key, lang) for key in ("col_token", "ten_times", "ten_expected")]
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(one) for one in heads)
    return Markup(
        '<div class="token-ten" role="status" lang="{}"><table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>'
    ).format(lang, word("ten_title", lang), head, rows)
