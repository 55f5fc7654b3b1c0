"""Requests that only make sense after the last finding: another test, what a number means, another reader."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner import arguments, material
from assistant.planner.material import fold
from assistant.turn import Call, Plan, Turn
from tools.finding import Level
from tools.registry import get

ASPECTS: tuple[tuple[str, str], ...] = (  # what about the finding; the first that fits wins
    ("p", r"\bp[ -]?values?\b|\bvaleurs? p\b|\b(this|that|the|ce|cette|le|la) p\b|\bsignifican\w*|\bsignificativ\w*|\bchance\b|\bhasard\b|\bp\s*[=<≈]"),
    ("interval", r"\bintervals?l?e?s?\b|\bconfidence\b|\bconfiance\b|\bmargin\b|\bmarge\b|\buncertain\w*|\bincertitude\b|\bhow sure\b|\bbars?\b|\bfourchette\b"),
    ("limits", r"\blimits?\b|\blimites?\b|\bcannot tell\b|\bcan't tell\b|\bcaveats?\b|\btrust\b|\bconfiance a\b|\bfiable\b|\breliab\w*|\bne (dit|prouve|montre)\b|\bprov(e|es)\b|\bprouve\b|\bwrong with\b"),
    ("words", r"\bwords?\b|\bmots?\b|\blists?e?s?\b|\btable\w*|\bdetails?\b|\brows?\b|\bdonnees\b|\braw\b|\bwhich (names|occupations|jobs|sentences|tokens)\b|\bprenoms?\b|\bphrases\b|\bmetiers?\b|\bsentences\b"),
    ("rerun", r"\brerun\b|\bcommand\b|\bcommande\b|\breproduce\b|\breproduire\b|\brejouer\b|\brefaire moi-meme\b|\bmyself\b|\bversion\b"),
    ("seed", r"\bseeds?\b|\bgraines?\b"),
    ("baseline", r"\bbaseline\b|\breference\b|\bcompared? to what\b|\bpar rapport a quoi\b|\bligne de base\b"),
    ("specimen", r"\bwhich (model|vectors|data)\b|\bquels? (modele|vecteurs|donnees)\b|\bwhat (model|vectors|data)\b|\bspecimens?\b|\bhash\b|\bempreinte\b|\blicen[cs]e\b"),
    ("n", r"\bhow many\b|\bcombien\b|\bsample size\b|\bwhat is n\b|\bthe n\b|\ble n\b"),
    ("method", r"\bformulas?\b|\bformules?\b|\bhow (is|was|did you|do you) (it |this |that )?(comput|calculat|measur|work)\w*|\bcomment (est-ce|c'est|as-tu|avez-vous|ca|est)\b.*\b(calcul|mesur|marche|obten)\w*|\bmethode?\b|\bcalcule\w*|\bd\b"),
    ("meaning", r"\bmean(s|ing)?\b|\bveut dire\b|\bsignifie\b|\binterpret\w*|\bconclu\w*|\bso what\b|\bet alors\b|\bdonc\b|\bnumber\b|\bchiffre\b|\bnombre\b|\beffect\b|\beffet\b|\bexplain\b|\bexplique\w*|\bbig\b|\bgros\b|\bfort\b|\bgrand\b"),
)  # fmt: skip
LEVELS: tuple[tuple[Level, str], ...] = (
    ("curious", r"(ten|eleven|twelve|thirteen|1[0-4]|\d)[- ]?years?[- ]?old|\b(child|kid|grandm\w+|beginner|layperson|non[- ]expert)\b|\bsimpl(e|er|y|ify|ement|ifie)\b|plus simple|\benfants?\b|\bdouze ans\b|\b\d+ ans\b|\bgrand-?mere\b|\bdebutant\b|plain (words|english|language)|mots simples|\beli5\b|vulgaris"),
    ("engineer", r"\bengineers?\b|\bingenieure?s?\b|\bauditors?\b|\bauditeur\b|\btechnical\w*|\btechniques?\b|\bexperts?\b|\bfull detail|\btous les details\b|\bresearcher\b|\bchercheu\w+"),
    ("student", r"\bstudents?\b|\betudiante?s?\b|\bformula\b|\bformule\b|\bin more detail\b|\bplus de details?\b|\bdetailed\b|\beleve\b|\bteach\b"),
)  # fmt: skip
ELLIPTIC = re.compile(
    r"^(and|what about|how about|same|again|now|then|also|instead|try|redo|rerun|run it|do it|with|for|et|idem|pareil|meme|la meme|le meme|les memes|maintenant|refais|recommence|essaie|essaye|plutot|avec|pour|sinon|"
    r"mais|but|ok|okay|or|ou|this time|cette fois|alors|tente|lance|relance|reprends?)\b"
)
POINTING = re.compile(
    r"\b(it|this|that|these|those|the (number|result|finding|table|figure|test|measure\w*|score)|here|"
    r"ca|cela|ceci|ce|cet|cette|ces|le (chiffre|resultat|nombre|tableau|score)|la (mesure|figure|valeur)|les (mots|resultats|phrases)|l'intervalle|ici|moi|me)\b"
)
SHORT = 14  # words; a longer request stands on its own


def follow(request: str, lang: str, last: Turn | None, new_tool: str | None, sure: float) -> Plan | None:
    """A plan that builds on ``last``'s finding, or ``None`` when the request stands on its own.

    Args:
        new_tool: what the classifier would run if this were a new request.
        sure: its confidence, 0 to 1.
    """
    if last is None or not last.findings or last.plan is None:
        return None
    plain = fold(request).strip(" ?!.…\u202f\u00a0")
    words = len(plain.split())
    if words > SHORT and not ELLIPTIC.match(plain):
        return None
    call = _last_call(last)
    level = next((level for level, pattern in LEVELS if re.search(pattern, plain)), None)
    changed = {} if level and words <= 6 else _changes(request, lang, call)
    standalone = (
        new_tool not in (None, call.name, "search_knowledge", "none") and sure >= 0.5 and not ELLIPTIC.match(plain)
    )
    if (
        changed
        and (ELLIPTIC.match(plain) or (words <= 8 and new_tool in (call.name, "none") and not level))
        and not standalone
    ):
        merged = _merge(call, changed)
        return Plan(kind="measure", tools=[merged], confidence=1.0, planner="follow-up", level=level)
    if standalone:
        return None
    aspect = next((aspect for aspect, pattern in ASPECTS if re.search(pattern, plain)), "")
    if level and (aspect in ("", "meaning", "method", "words") or words <= 6):
        return Plan(kind="explain", aspect="level", level=level, confidence=1.0, planner="follow-up")
    if aspect and (POINTING.search(plain) or ELLIPTIC.match(plain) or words <= 5) and not _definition(plain):
        return Plan(kind="explain", aspect=aspect, level=level, confidence=1.0, planner="follow-up")
    if re.match(
        r"^(why|pourquoi|how so|comment ca|explain|explique\w*|so what|et alors)( (it|that|this|ca|cela|moi|me))*$",
        plain,
    ):
        return Plan(kind="explain", aspect="meaning", level=level, confidence=1.0, planner="follow-up")
    return None


def _definition(plain: str) -> bool:
    """Whether a general definition is asked for ("what is a p-value?"), which the library answers."""
    return bool(
        re.match(
            r"^(what is|what's|define|c'est quoi|qu'est-ce qu\w*|que signifie) (an?|une?|le|la|l'|the)\s?\w+", plain
        )
    ) and not re.search(r"\b(this|that|here|ce|cette|ici|cet)\b", plain)


def _last_call(last: Turn) -> Call:
    """The call behind the last finding, with only the arguments that were asked for."""
    finding = last.findings[-1]
    for call in reversed(last.plan.tools if last.plan else []):
        if call.name == finding.tool:
            return call
    fields = get(finding.tool).parameters.model_fields
    defaults = {name: field.get_default(call_default_factory=True) for name, field in fields.items()}
    return Call(name=finding.tool, arguments={k: v for k, v in finding.arguments.items() if defaults.get(k) != v})


def _changes(request: str, lang: str, call: Call) -> dict[str, Any]:
    """Arguments that the request states and that differ from the last run."""
    found = arguments.parse(call.name, request, lang)
    if call.name == "logprob_bias" and not material.languages(request) and "occupations" not in found:
        found.pop("language", None)
    if call.name == "search_knowledge":
        return {}
    seed = material.seed(request)
    if seed is not None:
        found["seed"] = seed
    return {key: value for key, value in found.items() if call.arguments.get(key) != value}


def _merge(call: Call, changed: dict[str, Any]) -> Call:
    """The last arguments with the changes laid over; a new test number replaces the user's own lists."""
    kept = dict(call.arguments)
    if call.name == "weat" and ("test" in changed or "x" in changed):
        kept = {key: value for key, value in kept.items() if key not in ("test", "x", "y", "a", "b")}
    return Call(name=call.name, arguments=kept | changed)
