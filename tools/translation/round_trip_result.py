"""The rows of a round trip, what is counted on them, and the estimates."""

from __future__ import annotations

from dataclasses import dataclass

from tools.finding import Estimate, Text
from tools.translation import markers
from tools.translation.round_trip_texts import IN_PROPORTION, SHARES, TOWARDS


@dataclass(frozen=True)
class Row:
    """One sentence on its way: text and markers at the three stops (markers ``None`` in a pivot that is not read)."""

    original: str
    pivot: str
    back: str
    before: markers.Markers
    between: markers.Markers | None
    after: markers.Markers

    @property
    def verdict(self) -> markers.Verdict:
        """What became of the gender."""
        return markers.verdict(self.before.gender, self.after.gender)

    @property
    def genders(self) -> tuple[str, str, str]:
        """The gender at the three stops."""
        return self.before.gender, self.between.gender if self.between else "?", self.after.gender


@dataclass(frozen=True)
class Result:
    """The rows and what is counted on them. ``marked`` rows say one gender, and one only, at the start."""

    rows: list[Row]

    @property
    def marked(self) -> list[Row]:
        """The rows that the shares are taken over."""
        return [row for row in self.rows if row.before.gender in ("F", "M")]

    def count(self, verdict: str, gender: str = "") -> int:
        """Marked rows with this verdict, of one starting gender or of both."""
        return sum(row.verdict == verdict and gender in ("", row.before.gender) for row in self.marked)

    def total(self, verdict: str) -> int:
        """Rows with this verdict, marked or not."""
        return sum(row.verdict == verdict for row in self.rows)

    def of(self, gender: str) -> int:
        """Marked rows that start with this gender."""
        return sum(row.before.gender == gender for row in self.marked)

    @property
    def contradictory(self) -> int:
        """Marked rows whose return has a pronoun of one gender and a noun of the other."""
        return sum(row.after.contradictory for row in self.marked)


def estimates(result: Result) -> list[Estimate]:
    """Shares of the marked sentences in % with Wilson's 95 % interval; baseline 0, a perfect round trip.

    Of the flips, the share towards the masculine is compared with the share of
    feminine sentences (1/2 in the built-in lists) by an exact binomial test: a
    flip that does not care for gender hits feminine sentences in proportion.
    """
    marked, flips = len(result.marked), result.count("flipped")
    perfect = Text(en="a perfect round trip", fr="un aller-retour parfait")
    found = [_share(name, label, result.count(name), marked, 0.0, perfect) for name, label in SHARES.items()]
    feminine = result.of("F") / marked if marked else 0.0
    towards = _share("towards_masculine", TOWARDS, result.count("flipped", "F"), flips, 100 * feminine, IN_PROPORTION)
    if flips and 0 < feminine < 1:  # with one gender only, every flip goes the same way by construction
        from scipy.stats import binomtest

        p = float(binomtest(result.count("flipped", "F"), flips, feminine).pvalue)
        towards = towards.model_copy(
            update={"p": p, "test": Text(en="exact binomial, two-sided", fr="binomial exact, bilatéral")}
        )
    return [*found, towards]


def _share(name: str, label: Text, k: int, n: int, baseline: float, baseline_label: Text) -> Estimate:
    """``k`` of ``n`` in %, with Wilson's interval; no value when ``n`` is 0."""
    value, low, high = None, None, None
    if n:
        from scipy.stats import binomtest

        interval = binomtest(k, n).proportion_ci(0.95, method="wilson")
        value, low, high = 100 * k / n, 100 * float(interval.low), 100 * float(interval.high)
    return Estimate(
        name=name, label=label, value=value, unit="%", low=low, high=high, confidence=0.95 if n else None, n=n,
        baseline=baseline, baseline_label=baseline_label,
    )  # fmt: skip
