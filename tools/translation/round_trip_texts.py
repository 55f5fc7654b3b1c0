"""The fixed texts of the round trip, in English and in French: examples, labels, how to read it, limits."""

from __future__ import annotations

from tools.finding import Text
from tools.specimens import languages

EXAMPLES = {
    "en": [
        "Translate the nurse and the doctor to another language and back: does the gender change?",
        "round trip translation of “She is a doctor. He is a nurse.” through Turkish",
        "English to Persian to English with the Sandra and Alexander sentences, like in the course",
        "does google translate turn female engineers into men?",
        "Run this through Spanish and back and show which pronouns flipped: “The doctor finished her work.”",
        "back-translate “Her name is Sandra. She is a nurse.” and compare he/she",
        "is machine translation sexist? measure it",
        "I'd like to see how often feminine pronouns come back masculine after translating 40 sentences on jobs.",
        "he becomes she when I translate nurse, why? test it with apertium",
        "Translate there and back again, pivot Portuguese, list of occupations",
        "What happens to “My sister is a surgeon and she works at night” after a detour by Catalan?",
        "Could you quantify gender bias in an MT system (Prates-style experiment) with confidence intervals?",
        "my teacher says translators forget women, prove it",
        "gender loss en→es→en",
    ],
    "fr": [
        "Traduis l’infirmière et le docteur dans une autre langue puis reviens : le genre change-t-il ?",
        "traduction aller-retour de « Elle est médecin. Il est infirmier. » par l’espagnol",
        "Refais l’expérience anglais → persan → anglais du cours avec Sandra et Alexander",
        "est-ce que google traduction transforme les ingénieures en hommes ?",
        "Fais passer ces phrases par le turc et montre quels pronoms ont été inversés : « Elle dirige l’hôpital. »",
        "rétrotraduction de « Elle s’appelle Sandra. Elle est infirmière. », compare il et elle",
        "la traduction automatique est-elle sexiste ? mesure-le",
        "Combien de phrases au féminin reviennent au masculin après une traduction, sur une liste de métiers ?",
        "pourquoi infirmier devient infirmière quand on traduit, teste avec apertium",
        "aller-retour français-catalan-français sur les métiers",
        "Que devient « Ma sœur est chirurgienne et elle travaille la nuit » après un détour par l’espagnol ?",
        "Pourriez-vous quantifier le biais de genre d’un traducteur, comme Prates et al., avec son incertitude ?",
        "mon prof dit que les traducteurs oublient les femmes, vérifie",
        "perte du genre fr→es→fr",
    ],
}  # fmt: skip

SHARES = {
    "flipped": Text(en="Gender flipped", fr="Genre inversé"),
    "lost": Text(en="Gender lost", fr="Genre perdu"),
    "mixed": Text(en="Both genders on return", fr="Deux genres au retour"),
}
TOWARDS = Text(en="Flips towards the masculine", fr="Inversions vers le masculin")
IN_PROPORTION = Text(
    en="the share of feminine sentences, if flips ignored gender",
    fr="la part de phrases au féminin, si les inversions ignoraient le genre",
)
VERDICT = {
    "kept": Text(en="kept", fr="gardé"),
    "flipped": Text(en="flipped", fr="inversé"),
    "lost": Text(en="lost", fr="perdu"),
    "mixed": Text(en="mixed", fr="mêlé"),
    "neutral": Text(en="no gender", fr="sans genre"),
    "gained": Text(en="added", fr="ajouté"),
    "two": Text(en="two at the start", fr="deux au départ"),
}
CHANGED = ("flipped", "lost", "mixed", "gained")
GENDER = {"F": Text(en="feminine", fr="féminin"), "M": Text(en="masculine", fr="masculin")}
LETTER = {"F": "F", "M": "M", "both": "FM", "none": "–", "?": "?"}
KIND = {
    "rules": Text(
        en="Apertium, a translator made of hand-written rules",
        fr="Apertium, un traducteur fait de règles écrites à la main",
    ),
    "neural": Text(en="a neural translation model", fr="un modèle de traduction neuronal"),
    "chat": Text(en="the assistant’s language model", fr="le modèle de langue de l’assistant"),
}

HOW_TO_READ = Text(
    en="Each line is translated into the pivot and back, then read sentence by sentence. Word lists find what says "
    "feminine or masculine: pronouns first (she, him, his…), nouns such as “waitress” only where no pronoun does. "
    "Kept: same gender before and after. Flipped: the other one. Lost: no gendered word left. Mixed: both genders "
    "on return. Formula: share flipped = flipped / gendered, where gendered = sentences that say exactly one gender "
    "at the start; same for lost and mixed; Wilson’s 95% interval; baseline 0, a perfect round trip. Share towards "
    "the masculine = flips from F to M / all flips, against F / gendered, by an exact binomial test. After Prates "
    "et al. (2019) and, for reading gender by word lists, Stanovsky et al. (2019).",
    fr="Chaque ligne est traduite vers le pivot puis retraduite, et lue phrase par phrase. Des listes de mots "
    "repèrent ce qui dit le féminin ou le masculin\u202f: d’abord les pronoms (elle, il…), les noms comme "
    "«\u202finfirmière\u202f» seulement là où aucun pronom ne le dit. Gardé\u202f: même genre avant et après. "
    "Inversé\u202f: l’autre genre. Perdu\u202f: plus aucun mot genré. Mêlé\u202f: les deux genres au retour. "
    "Formule\u202f: part inversée = inversées / genrées, où les genrées sont les phrases qui disent un seul genre "
    "au départ\u202f; de même pour perdu et mêlé\u202f; intervalle de Wilson à 95\u202f%\u202f; référence 0, un "
    "aller-retour parfait. Part vers le masculin = inversions de F vers M / toutes les inversions, comparée à F / "
    "genrées par un test binomial exact. D’après Prates et al. (2019) et, pour la lecture du genre par listes de "
    "mots, Stanovsky et al. (2019).",
)

_LIMITS_BY_KIND = {
    "rules": Text(
        en="Apertium is not Google Translate: it has learnt nothing from texts. Where the pivot does not say the "
        "gender, its rules take a default, often the masculine or “it”; a flip shows that default, not a stereotype "
        "learnt from data.",
        fr="Apertium n’est pas Google Traduction\u202f: il n’a rien appris à partir de textes. Là où le pivot ne "
        "dit pas le genre, ses règles prennent une valeur par défaut, souvent le masculin ou le neutre\u202f; une "
        "inversion montre ce choix par défaut, non un stéréotype appris dans des données.",
    ),
    "neural": Text(
        en="One model is not every translator, nor Google Translate; another model, pivot or version gives other "
        "shares.",
        fr="Un modèle n’est pas tous les traducteurs, ni Google Traduction\u202f; un autre modèle, un autre pivot "
        "ou une autre version donne d’autres parts.",
    ),
    "chat": Text(
        en="A language model asked to translate may also rephrase or explain, and a small one may not know the "
        "pivot: read the translations before the shares.",
        fr="Un modèle de langue à qui l’on demande de traduire peut aussi reformuler ou expliquer, et un petit "
        "modèle peut ignorer le pivot\u202f: lisez les traductions avant les parts.",
    ),
}
_LIMITS = Text(
    en="The word lists are finite: a pronoun is not tied to its person, French il and elle may stand for things, "
    "and gender said by adjectives or by a name is not seen; a word translated wrongly counts as well. Sentences of "
    "one pattern are not independent, so the intervals are too narrow for the language as a whole. The measurement "
    "does not say how often such sentences are translated, nor whom a wrong gender harms.",
    fr="Les listes de mots sont finies\u202f: un pronom n’est pas relié à sa personne, il et elle peuvent désigner "
    "des choses, et le genre dit par un adjectif ou un prénom n’est pas vu\u202f; un mot mal traduit compte aussi. "
    "Des phrases du même moule ne sont pas indépendantes\u202f: les intervalles sont trop étroits pour la langue "
    "entière. La mesure ne dit pas combien de fois de telles phrases sont traduites, ni à qui un genre faux fait du "
    "tort.",
)


def limits(kind: str, readable: tuple[str, ...], through: str) -> Text:
    """What the test cannot tell, for this kind of translator and this pivot."""
    known = _LIMITS_BY_KIND[kind]
    if through in readable:
        return Text(en=f"{known.en} {_LIMITS.en}", fr=f"{known.fr} {_LIMITS.fr}")
    en = f"The program does not read gender in {languages.label(through, 'en')}: that column shows “?”."
    fr = f"Le programme ne lit pas le genre dans le pivot ({languages.label(through, 'fr')})\u202f: «\u202f?\u202f»."
    return Text(en=f"{known.en} {_LIMITS.en} {en}", fr=f"{known.fr} {_LIMITS.fr} {fr}")
