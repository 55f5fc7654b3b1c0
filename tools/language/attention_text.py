"""What an ``attention`` result says in words, in English and in French, with the numbers put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.finding import Lang
from tools.numbers import interval, number, p_value, percent
from tools.numbers import words as listed

if TYPE_CHECKING:
    from tools.language.attention_measure import Measured
    from tools.language.attention_statistics import Change

SIGNIFICANT = 0.05


def quoted(word: str, lang: Lang) -> str:
    """“word”, or « word » with its narrow no-break spaces."""
    return f"“{word}”" if lang == "en" else f"«\u202f{word}\u202f»"


def sentence(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def points(value: float, lang: Lang, digits: int = 1) -> str:
    """A difference of shares in points of percentage, without its sign: "1.9 points", « 1,9 point »."""
    size = round(100 * abs(value), digits)
    one = size == 1 if lang == "en" else size < 2
    return f"{number(size, lang, digits)} point{'' if one else 's'}"


def which_heads(m: Measured, lang: Lang) -> str:
    """The heads that the means rest on, as the beginning of a clause."""
    layers, heads = m.seen[0].weights.shape[:2]
    layer, head = m.asked.layer, m.asked.head
    if lang == "en":
        if layer and head:
            return f"in head {head} of layer {layer}"
        if head:
            return f"averaged over head {head} of each of the {layers} layers"
        return (
            f"averaged over the {heads} heads of layer {layer}"
            if layer
            else f"averaged over all {layers * heads} heads"
        )
    if layer and head:
        return f"dans la tête {head} de la couche {layer}"
    if head:
        return f"en moyenne sur la tête {head} de chacune des {layers} couches"
    return (
        f"en moyenne sur les {heads} têtes de la couche {layer}"
        if layer
        else f"en moyenne sur les {layers * heads} têtes"
    )


def gives(m: Measured, which: int, lang: Lang, full: bool = True) -> str:
    """What the source word of one sentence gives to each candidate; ``full`` says of what."""
    source = quoted(m.seen[which].word, lang)
    of, to = (" of its attention" * full, " to ") if lang == "en" else (" de son attention" * full, " à ")
    shares = zip(m.shares[which], m.asked.candidates, strict=True)
    parts = [
        percent(share.value, lang, 1) + of * (not i) + to + quoted(name, lang) for i, (share, name) in enumerate(shares)
    ]
    return f"{source} {'gives' if lang == 'en' else 'donne'} {listed(parts, lang)}"


def moved(m: Measured, lang: Lang) -> str:
    """What changes from the first sentence to the second, without numbers and without a capital."""
    one, two = (quoted(s.word, lang) for s in m.seen)
    if m.unmoved:
        if lang == "en":
            return f"at {one} the two sentences give the same weights"
        return f"à {one}, les deux phrases donnent les mêmes poids"
    if one == two:
        start = "from the first sentence to the second" if lang == "en" else "de la première phrase à la seconde"
    else:
        start = f"from {one} to {two}" if lang == "en" else f"de {one} à {two}"
    lead = m.lead
    if unclear(lead):
        return f"{start}, nothing clear changes" if lang == "en" else f"{start}, rien de net ne change"
    if m.contrast:
        gains = quoted(m.asked.candidates[1 if lead.value > 0 else 0], lang)
        return (
            f"{start}, the balance moves towards {gains}"
            if lang == "en"
            else f"{start}, la balance penche plus vers {gains}"
        )
    name = quoted(m.asked.candidates[candidate_of(m, lead)], lang)
    if lang == "en":
        return f"{start}, attention to {name} {'falls' if lead.value > 0 else 'rises'}"
    return f"{start}, l’attention à {name} {'baisse' if lead.value > 0 else 'monte'}"


def unclear(change: Change) -> bool:
    """Whether the test finds nothing; too few heads for a test are described as they are."""
    return not change.value or (change.p is not None and change.p >= SIGNIFICANT)


def candidate_of(m: Measured, lead: Change) -> int:
    """Which candidate a change is of."""
    return next(i for i, c in enumerate(m.changes) if c is lead)


def title(m: Measured, lang: Lang) -> str:
    """The finding as a sentence."""
    return sentence(moved(m, lang) if m.paired else gives(m, 0, lang))


def sink_name(m: Measured, which: int, lang: Lang) -> str:
    """The word or tokens that attention runs off to."""
    s = m.seen[which]
    if m.masked and s.words.special[s.sink[0]]:
        names = listed([s.words.labels[i] for i in s.sink], lang)
        return f"{names}, the added tokens" if lang == "en" else f"{names}, les tokens ajoutés"
    first = quoted(s.words.labels[0], lang)
    return f"{first}, the first word" if lang == "en" else f"{first}, le premier mot"


def summary(m: Measured, lang: Lang) -> str:
    """What is given to whom, what changes, where most of it runs off to, and what a weight is not."""
    text = [_shares(m, lang)]
    if m.paired:
        text.append(_moved(m, lang))
    text.append(_sink(m, lang))
    if lang == "en":
        text.append("A weight says how much of a word goes into a mix; it is not the reason for what the model writes.")
    else:
        text.append(
            "Un poids dit quelle part d’un mot entre dans un mélange ; ce n’est pas la raison de ce que le modèle écrit."
        )
    return " ".join(filter(None, text))


def _shares(m: Measured, lang: Lang) -> str:
    text = f"{sentence(which_heads(m, lang))}, {gives(m, 0, lang)}"
    if m.unmoved:
        return text + (", in both sentences." if lang == "en" else ", dans les deux phrases.")
    if m.paired:
        second = gives(m, 1, lang, full=False)
        return text + (
            f"; in the second sentence, {second}." if lang == "en" else f" ; dans la seconde phrase, {second}."
        )
    s, even = m.seen[0], listed(list(dict.fromkeys(percent(share.uniform, lang, 1) for share in m.shares[0])), lang)
    if lang == "en":
        return f"{text}; even shares over the {s.in_sight} tokens it can see would give {even}."
    return f"{text} ; des parts égales entre les {s.in_sight} tokens qu’il peut voir donneraient {even}."


def _moved(m: Measured, lang: Lang) -> str:
    start = sentence(moved(m, lang))
    if m.unmoved:
        after = quoted(m.seen[0].words.labels[m.parting or 0], lang)
        if lang == "en":
            return f"{start}: this model reads from left to right and has not met {after} yet."
        return f"{start} : ce modèle lit de gauche à droite et n’a pas encore rencontré {after}."
    lead = m.lead
    size, by = points(lead.value, lang), ", by" if lang == "en" else ", de"
    if unclear(lead):
        by = ":" if lang == "en" else " :"
    about = "too few heads for a test" if lang == "en" else "trop peu de têtes pour un test"
    if lead.low is not None and lead.high is not None:
        way = -100 if lead.value < 0 else 100  # told as a rise or a move, whichever sentence comes first
        low, high = sorted(way * end for end in (lead.low, lead.high))
        bounds = interval(low, high, lang, 1)
        about = f"{bounds}; {p_value(lead.p, lang)}" if lang == "en" else f"{bounds} ; {p_value(lead.p, lang)}"
    return f"{start}{by} {size} ({about}){_one_head(m, lang)}."


def _one_head(m: Measured, lang: Lang) -> str:
    """What the head that changes most gives, when several were read."""
    if m.heads == 1:
        return ""
    where, parts = one_head(m, lang)
    return f"; {where} alone, {parts}" if lang == "en" else f" ; {where.replace('la tête', 'la seule tête')}, {parts}"


def one_head(m: Measured, lang: Lang) -> tuple[str, str]:
    """Where the head that stands out is, and what it gives in each sentence to the candidate it looks at most."""
    from tools.language.attention_result import strongest

    layer, head, _ = strongest(m)
    parts: list[str] = []
    for s in m.seen:
        weights = [float(s.weights[layer - 1, head - 1, s.source, places].sum()) for places in s.candidates]
        best = max(range(len(weights)), key=weights.__getitem__)
        verb, then, to = ("gives", "then", "to") if lang == "en" else ("donne", "puis", "à")
        start = then if parts and s.word == m.seen[0].word else f"{quoted(s.word, lang)} {verb}"
        parts.append(f"{start} {percent(weights[best], lang)} {to} {quoted(m.asked.candidates[best], lang)}")
    join = ", " if m.paired and m.seen[0].word == m.seen[1].word else " and " if lang == "en" else " et "
    where = f"in head {head} of layer {layer}" if lang == "en" else f"dans la tête {head} de la couche {layer}"
    return where, join.join(parts)


def _sink(m: Measured, lang: Lang) -> str:
    """Where most of it runs off to, when it takes twice an even share or more."""
    if any(sink.value < 2 * sink.uniform for sink in m.sinks):
        return ""
    shares = list(dict.fromkeys(percent(sink.value, lang) for sink in m.sinks))
    if len(shares) == 2:
        shares[1] += " in the other sentence" if lang == "en" else " dans l’autre phrase"
    name, one = sink_name(m, 0, lang), len(m.seen[0].sink) == 1
    if lang == "en":
        return f"{name}, {'takes' if one else 'take'} {listed(shares, lang)}: a known habit of such models, called an attention sink."
    return f"{name}, {'reçoit' if one else 'reçoivent'} {listed(shares, lang)} : une habitude connue de ces modèles, le puits d’attention."
