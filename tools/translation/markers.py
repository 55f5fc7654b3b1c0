"""The words that say whether a sentence speaks of a woman or of a man, in five languages.

Pronouns speak first; nouns for people ("infirmière", "waitress") only where no
pronoun is gendered: « Il est infirmière » says *il*. A name ("Sandra") is not a
marker: names cross a translation unchanged. Words are compared in small
letters; elided words are cut at the apostrophe (« l’infirmière »).

What is left out, because the word does not tell: French *lui* after a verb,
*son, sa, ses* (they agree with the thing owned), impersonal *il* (« il
pleut »), Spanish *su*, Portuguese *seu*; English *they*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Gender = Literal["F", "M", "both", "none"]
Verdict = Literal["kept", "flipped", "lost", "mixed", "neutral", "gained", "two"]

PRONOUNS: dict[str, dict[Literal["F", "M"], str]] = {
    "en": {"F": "she her hers herself", "M": "he him his himself"},
    "fr": {"F": "elle elles", "M": "il ils eux"},
    "es": {"F": "ella ellas", "M": "él ellos"},
    "pt": {"F": "ela elas dela delas nela nelas", "M": "ele eles dele deles nele neles"},
    "ca": {"F": "ella elles", "M": "ell ells"},
}

# masculine/feminine ("-": only the feminine tells); the plural in -s is added
NOUNS = {
    "en": """man/woman men/women boy/girl father/mother dad/mum dad/mom brother/sister son/daughter husband/wife
        gentleman/lady gentlemen/ladies mr/mrs mr/ms king/queen uncle/aunt nephew/niece grandfather/grandmother
        businessman/businesswoman policeman/policewoman salesman/saleswoman chairman/chairwoman fireman/firewoman
        actor/actress waiter/waitress steward/stewardess host/hostess boyfriend/girlfriend widower/widow
        male/female headmaster/headmistress""",
    "fr": """homme/femme garçon/fille garçon/fillette père/mère papa/maman frère/sœur fils/fille mari/femme époux/épouse
        monsieur/madame messieurs/mesdames roi/reine oncle/tante neveu/nièce cousin/cousine copain/copine ami/amie
        voisin/voisine étudiant/étudiante infirmier/infirmière docteur/docteure docteur/doctoresse ingénieur/ingénieure
        mécanicien/mécanicienne chirurgien/chirurgienne avocat/avocate enseignant/enseignante coiffeur/coiffeuse
        caissier/caissière directeur/directrice acteur/actrice chanteur/chanteuse serveur/serveuse vendeur/vendeuse
        cuisinier/cuisinière boulanger/boulangère ouvrier/ouvrière romancier/romancière auteur/autrice auteur/auteure
        écrivain/écrivaine chercheur/chercheuse travailleur/travailleuse danseur/danseuse -/professeure
        instituteur/institutrice conducteur/conductrice policier/policière pompier/pompière président/présidente
        assistant/assistante technicien/technicienne informaticien/informaticienne pharmacien/pharmacienne
        musicien/musicienne électricien/électricienne agriculteur/agricultrice développeur/développeuse
        programmeur/programmeuse rédacteur/rédactrice traducteur/traductrice député/députée -/cheffe
        patron/patronne gardien/gardienne consultant/consultante étranger/étrangère""",
    "es": """hombre/mujer padre/madre rey/reina actor/actriz señor/señora médico/médica doctor/doctora
        enfermero/enfermera ingeniero/ingeniera
        mecánico/mecánica cirujano/cirujana abogado/abogada maestro/maestra profesor/profesora
        secretario/secretaria peluquero/peluquera cajero/cajera director/directora escritor/escritora niño/niña
        investigador/investigadora programador/programadora vendedor/vendedora conductor/conductora hijo/hija
        hermano/hermana amigo/amiga vecino/vecina alumno/alumna camarero/camarera cocinero/cocinera chico/chica
        obrero/obrera esposo/esposa bibliotecario/bibliotecaria arquitecto/arquitecta científico/científica""",
    "pt": """homem/mulher pai/mãe rei/rainha ator/atriz senhor/senhora médico/médica doutor/doutora
        enfermeiro/enfermeira engenheiro/engenheira
        mecânico/mecânica cirurgião/cirurgiã advogado/advogada professor/professora
        secretário/secretária cabeleireiro/cabeleireira diretor/diretora escritor/escritora pesquisador/pesquisadora
        programador/programadora vendedor/vendedora filho/filha irmão/irmã amigo/amiga vizinho/vizinha aluno/aluna
        cozinheiro/cozinheira menino/menina marido/esposa juiz/juíza bibliotecário/bibliotecária arquiteto/arquiteta""",
    "ca": """home/dona pare/mare rei/reina actor/actriu senyor/senyora metge/metgessa doctor/doctora infermer/infermera
        enginyer/enginyera mecànic/mecànica cirurgià/cirurgiana advocat/advocada mestre/mestra professor/professora
        secretari/secretària perruquer/perruquera caixer/caixera director/directora escriptor/escriptora fill/filla
        germà/germana amic/amiga veí/veïna alumne/alumna cuiner/cuinera noi/noia bibliotecari/bibliotecària""",
}

# same form for both: the article before it tells
EPICENE = {
    "fr": """médecin secrétaire bibliothécaire journaliste artiste dentiste pilote architecte comptable juge ministre
        maire élève collègue professeur chef scientifique fleuriste réceptionniste astronaute athlète""",
    "es": "enseñante periodista artista dentista piloto estudiante juez colega deportista recepcionista",
    "pt": "caixa jornalista artista dentista piloto estudante colega cientista motorista recepcionista",
    "ca": "ensenyant docent periodista artista dentista pilot estudiant jutge col·lega recepcionista",
}
ARTICLES: dict[str, dict[Literal["F", "M"], str]] = {
    "fr": {"F": "la une cette", "M": "le un ce"},
    "es": {"F": "la una esta", "M": "el un este"},
    "pt": {"F": "a uma esta", "M": "o um este"},
    "ca": {"F": "la una aquesta", "M": "el un aquest"},
}

READABLE = tuple(PRONOUNS)
_BEFORE_LUI = frozenset(
    [
        "à",
        "avec",
        "pour",
        "de",
        "chez",
        "sans",
        "contre",
        "par",
        "sur",
        "vers",
        "entre",
        "que",
        "qu",
        "et",
        "comme",
        "selon",
        "c",
        "est",
        "moi",
    ]
)
_IMPERSONAL = re.compile(
    r"\bil (?:n[’'])?y (?:a|avait|aura|aurait|eut|ait)\b|\bil (?:ne )?s[’']agi(?:t|ssait|ra|rait)\b|"
    r"\bil (?:ne )?(?:faut|fallait|faudra|faudrait|pleut|pleuvait|neige|neigeait|semble|semblait|paraît|suffit|vaut)\b|"
    r"\bil (?:n[’'])?(?:est|était|serait|sera) (?:\w+ )?(?:important|possible|impossible|nécessaire|probable|difficile|"
    r"facile|vrai|clair|évident|utile|inutile|temps|rare|interdit|essentiel|préférable|tard|tôt|midi|minuit|"
    r"\d+ heures?)\b"
)
_I_AM = re.compile(
    r"\b(?:je suis|j[’']étais|je serai)(?: (?:très|si|trop|bien|assez|toujours|déjà))? [^\W\d_]+(ée|é)\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:·[^\W\d_]+)*")


@dataclass(frozen=True)
class Markers:
    """The gendered words of a sentence, in order, each with its gender."""

    pronouns: tuple[tuple[str, str], ...]
    nouns: tuple[tuple[str, str], ...]

    @property
    def gender(self) -> Gender:
        """What the sentence says: by its pronouns or, without any, by its nouns."""
        said = {gender for _, gender in self.pronouns or self.nouns}
        if len(said) == 2:
            return "both"
        return "F" if "F" in said else "M" if "M" in said else "none"

    @property
    def contradictory(self) -> bool:
        """Whether the pronouns say one gender and the nouns the other (« Il est infirmière »)."""
        ours, theirs = {gender for _, gender in self.pronouns}, {gender for _, gender in self.nouns}
        return len(ours) == 1 and len(theirs) == 1 and ours != theirs

    @property
    def words(self) -> list[str]:
        """The words themselves, pronouns first, each once."""
        return list(dict.fromkeys(word for word, _ in (*self.pronouns, *self.nouns)))


def find(sentence: str, lang: str) -> Markers:
    """The markers of a sentence; ``KeyError`` for a language that is not in ``READABLE``."""
    pronouns, nouns, epicenes, articles = _tables(lang)
    text = sentence.lower()
    said: list[tuple[str, str]] = []
    if lang == "fr":
        text = _IMPERSONAL.sub(" ", text)
        said += [(match[0], "F" if match[1] == "ée" else "M") for match in _I_AM.finditer(text)]
    tokens = _WORD.findall(text)
    found: list[tuple[str, str]] = []
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if token in pronouns:
            found.append((token, pronouns[token]))
        elif lang == "fr" and token == "lui" and (before in _BEFORE_LUI or after == "même"):
            found.append((token, "M"))
        elif token in nouns:
            said.append((token, nouns[token]))
        elif token in epicenes and before in articles:
            said.append((f"{before} {token}", articles[before]))
    return Markers(tuple(found), tuple(said))


def verdict(before: Gender, after: Gender) -> Verdict:
    """What became of the gender of a sentence between its two readings in the same language."""
    if before == "both":
        return "two"
    if before == "none":
        return "neutral" if after == "none" else "gained"
    if after == "none":
        return "lost"
    if after == "both":
        return "mixed"
    return "kept" if before == after else "flipped"


@lru_cache(maxsize=8)
def _tables(lang: str) -> tuple[dict[str, str], dict[str, str], frozenset[str], dict[str, str]]:
    """Pronouns, nouns (with plurals), epicene nouns and articles of a language, each with its gender."""
    pairs = [pair.split("/") for pair in NOUNS[lang].split()]
    nouns = {word: gender for pair in pairs for word, gender in zip(pair, ("M", "F"), strict=True)}
    for word, gender in list(nouns.items()):
        nouns.setdefault(word + "s", gender)  # not over a word of its own: mr + s is not mrs
    return _by_word(PRONOUNS[lang]), nouns, frozenset(EPICENE.get(lang, "").split()), _by_word(ARTICLES.get(lang, {}))


def _by_word(table: dict[Literal["F", "M"], str]) -> dict[str, str]:
    return {word: gender for gender, words in table.items() for word in words.split()}
