"""Names, places of publication and folded text, by hand."""

from __future__ import annotations

from tools.truth.citations import names, venues
from tools.truth.citations.folding import delatex, joined


def test_names() -> None:
    authors = ("Jain, Sarthak", "Wallace, Byron C.")
    assert names.fit("S. Jain and B. C. Wallace", authors).fit and names.fit("Jain S, Wallace BC", authors).fit
    assert names.fit("JAIN, Sarthak & WALLACE Byron", authors).fit and names.fit("Jain et al.", authors).fit
    assert names.fit("Wallace et al.", authors).first is False
    assert names.fit("Jain and Moreau", authors).foreign == ("Moreau",)
    assert names.fit("Jain", authors).missing == ("Wallace",)
    assert names.surname("van Amersfoort, J.") == "van Amersfoort" and names.surname("K. Kurita et al.") == "Kurita"


def test_venues() -> None:
    assert venues.fits("Proc. ACM Hum.-Comput. Interact.", "Proceedings of the ACM on Human-Computer Interaction")
    assert venues.fits("NeurIPS", "Advances in Neural Information Processing Systems 30")
    assert not venues.fits("Revue de botanique", "Science") and venues.fits("", "Science")


def test_folding() -> None:
    assert joined("Auto-Encoders") == joined("autoencoders") and joined("Étude œuvre") == "etudeoeuvre"
    assert delatex(r"Caf{\'e} M{\"u}ller \v{S}koda \o re") == "Café Müller Škoda øre"
