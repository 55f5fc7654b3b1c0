"""Is a work said to be published where it was? Abbreviations, acronyms and cities are allowed for."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from tools.truth.citations.folding import fold, plain

_GENERAL_LISTED = (
    "proceedings proc conference conf international intl int annual meeting workshop symposium journal j of the "
    "on in for and advances adv transactions trans review rev association assoc society soc research letters "
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth st nd rd th vol "
    "volume no number pp p pages page ed eds edited edition editor press publisher publishing university univ new "
    "york london paris cambridge ma usa uk france united states online available at url https http www com org "
    "arxiv preprint corr abs eprint eprints doi report technical tech working paper article art from to a an le "
    "la les de du des d l et dans en sur revue actes colloque rapport these editions edition coll collection vols "
    "tome t n numero ligne consulte retrieved accessed short long papers main track findings blog post website "
    "site web issue series lecture notes chapter special misc phdthesis thesis unpublished forthcoming press inc "
    "ltd co llc january february march april may june july august september october november december janvier "
    "fevrier mars avril mai juin juillet aout septembre octobre novembre decembre jan feb mar apr jun jul aug sep "
    "sept oct nov dec title authors author year by par with version published publie publication cite cited also "
    "voir see disponible sous direction dir tel que"
)
GENERAL = frozenset(_GENERAL_LISTED.split())
KNOWN = {  # acronyms that the initials of the name do not give
    "neurips": "neural information processing systems", "nips": "neural information processing systems",
    "facct": "fairness accountability transparency", "fat": "fairness accountability transparency",
    "chi": "human factors in computing systems", "emnlp": "empirical methods natural language processing",
    "naacl": "north american chapter association for computational linguistics", "itcs": "innovations theoretical computer science",
    "tacl": "transactions association computational linguistics", "jmlr": "journal machine learning research",
    "pmlr": "machine learning", "pacmhci": "acm human computer interaction", "cscw": "human computer interaction",
    "kdd": "knowledge discovery data mining", "sigir": "research development information retrieval",
    "jasa": "journal american statistical association", "aies": "ai ethics society", "icwsm": "web social media",
    "wacv": "winter applications computer vision", "conll": "natural language learning", "iclr": "learning representations",
    "icml": "machine learning", "acl": "association for computational linguistics", "cvpr": "computer vision pattern recognition",
    "jpsp": "personality social psychology", "nyt": "new york times", "joe": "journal officiel", "ijcv": "international journal computer vision",
}  # fmt: skip


def given_words(passage: str) -> list[str]:
    """The words of a passage about the publication that say something: no numbers, months or stock words."""
    return [
        word for word in plain(passage) if not any(c.isdigit() for c in word) and word not in GENERAL and len(word) > 1
    ]


def fits(passage: str, venue: str, about: str = "") -> bool:
    """Whether what a reference says of its publication may be ``venue``; true when it says nothing."""
    given = given_words(passage)
    if not given or not venue:
        return True
    names = plain(venue) + plain(about)
    initials = "".join(word[0] for word in plain(venue))
    short = "".join(
        word[0] for word in plain(venue) if word not in ("of", "the", "on", "in", "for", "and", "de", "des", "et")
    )
    proper = [word for word in names if word not in GENERAL and not word.isdigit()]
    if not proper:  # a name made of stock words only: its words must be there
        return any(word in plain(passage) for word in plain(venue) if len(word) > 2)
    return any(_same(word, proper) or _acronym(word, initials, short, names) for word in given)


def _same(word: str, names: list[str]) -> bool:
    """The word itself, its abbreviation, or a slip of the keyboard."""
    if word in names:
        return True
    if len(word) >= 3 and any(name.startswith(word) for name in names):
        return True
    if len(word) == 2 and any(name.startswith(word) and len(name) > 4 for name in names):
        return True
    return len(word) >= 5 and any(fuzz.ratio(word, name) >= 84 for name in names)


def _acronym(word: str, initials: str, short: str, names: tuple[str, ...]) -> bool:
    """An acronym of the name: known, or made of its initials."""
    if word in KNOWN:
        return sum(part in names or part in ("of", "for", "in") for part in KNOWN[word].split()) >= 0.75 * len(
            KNOWN[word].split()
        )
    return len(word) >= 3 and (word in initials or word in short)


def journal_key(venue: str, known: list[str]) -> str:
    """The journal of ``known`` (folded names) that a passage begins with or names as a whole, or ""."""
    text = "".join(plain(re.sub(r"\b(?:in|dans)\b", " ", fold(venue), count=1)))
    whole = "".join(word for word in plain(venue) if not word.isdigit())
    exact = [name for name in known if name in (whole, text)]
    return exact[0] if exact else ""
