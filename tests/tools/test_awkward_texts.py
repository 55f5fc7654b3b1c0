"""Ten texts that nobody prepared for: every check of truth and authorship answers or abstains, and never breaks."""

from __future__ import annotations

import pytest

from tools.errors import BadInput
from tools.registry import get

PAGES = (
    "The committee met on 3 May 2019 and decided, by 12 votes to 4, that the bridge would stay closed. " * 1500
)  # 50 pages
TEXTS = {
    "empty": "   ",
    "emoji": "🙂🙃🔥 👩🏽‍🔬👨🏿‍🚒 🇫🇷 ‼️ 🤖🤖🤖",
    "code": "def f(x):\n    return {k: v**2 for k, v in x.items() if v != 0}  # O(n)\n\nassert f({'a': 2}) == {'a': 4}\n",
    "poem": "Sous le pont coule l’eau,\nl’eau lente et le temps,\n\nrien ne revient,\nni l’eau, ni le vent.\n",
    "quotes": "« “‘Il a dit « oui »’, a-t-elle dit” », écrit-il ; \"no,\" 'said' “she”.",
    "translation": "Le chat est sur le tapis. The cat is on the mat. El gato está sobre la alfombra. Die Katze liegt auf der Matte.",
    "three words": "Nurses are women",
    "fifty pages": PAGES,
    "mixed languages": "Hier, the committee a décidé que le pont bleibt geschlossen, porque llueve, 2019年5月3日.",
    "right to left": "التقى المجلس يوم ٣ مايو ٢٠١٩ وقرر إغلاق الجسر. הוועדה החליטה לסגור את הגשר.",
}
TOOLS = {
    "claim_check": {"source": "The committee met on 3 May 2019. It decided, by 12 votes to 4, that the bridge would stay open."},
    "citation_check": {},
    "detect_ai_text": {},
    "watermark": {},
    "extract_relations": {"max_items": 2},
    "self_consistency": {"samples": 3, "max_tokens": 8},
}  # fmt: skip


@pytest.mark.real
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("tool", TOOLS)
def test_sensible_or_abstaining_never_an_exception(tool: str, name: str) -> None:
    """A finding with words in both languages, or one sentence that says what to do."""
    field = "question" if tool == "self_consistency" else "text"
    try:
        finding = get(tool).run({field: TEXTS[name], **TOOLS[tool]}, lang="fr" if name == "poem" else "en")
    except BadInput as refusal:
        assert len(refusal.message.en.split()) > 4
        assert len(refusal.message.fr.split()) > 4
        return
    assert finding.summary.en
    assert finding.summary.fr
    assert finding.limits.en
    if tool == "detect_ai_text":  # nothing this short or strange may be called generated
        assert "would be flagged" not in finding.summary.en
