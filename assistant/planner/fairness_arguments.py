"""Arguments of the audits of decisions about people, taken from a request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.planner.material import fold, passage

FILE = re.compile(r"[\w./~\\-]*[\w~-]\.(?:csv|tsv|parquet|pq)\b", re.I)
NAMED = {
    "compas-violent": r"compas.{0,20}violent\w*|violent\w*.{0,20}compas", "compas": r"compas|propublica|northpointe|recidiv\w*",
    "adult": r"adult\b|census income", "german": r"german|credit allemand\w*|allemand\w*", "fico": r"fico", "digits": r"digits?|chiffres manuscrits",
    "bikes": r"bikes?|velos?|bicycl\w*", "churn-like": r"churn|resiliation\w*", "credit-like": r"loans?|prets?|credit",
}  # fmt: skip
COLUMNS = {
    "race": r"race|origine|ethni\w*|racial\w*", "sex": r"sex|gender|genre|women|femmes?|sexe", "age": r"\bage|young\w*|old\w*|jeunes?|ages?",
}  # fmt: skip
METRICS = {
    "fpr": r"false positive\w*|faux positifs?|fpr", "fnr": r"false negative\w*|faux negatifs?|fnr", "ppv": r"precision|ppv|valeur predictive",
    "selection": r"selection|selected|retenu\w*", "auc": r"auc|auroc", "accuracy": r"accuracy|exactitude|right answers",
}  # fmt: skip
NUMBER = r"(-?\d+(?:[.,]\d+)?)"


def _dataset(text: str) -> dict[str, Any]:
    if file := FILE.search(text):
        return {"dataset": file[0]}
    plain = fold(text)
    return next(({"dataset": name} for name, words in NAMED.items() if re.search(rf"\b(?:{words})\b", plain)), {})


def _columns(text: str, dataset: dict[str, Any]) -> dict[str, Any]:
    """The columns of a file by the words that announce them; the groups of a built-in set by their subject."""
    plain, found = fold(text), dict[str, Any]()
    announced = {
        "group": r"(?:group|groupe|column|colonne)", "label": r"(?:label|outcome|etiquette|resultat)", "score": r"(?:score|prediction)",
    }  # fmt: skip
    if FILE.search(text):
        for name, word in announced.items():
            if match := re.search(
                rf"\b{word}s?(?: column| colonne)?\s*(?:\b(?:is|est)\b|=|:)?\s*[\"'«“`]?\s*\b(?!in\b|of\b|on\b|dans\b|de\b|du\b)([a-z]\w*)",
                plain,
            ):
                place = match.start(1)  # folding keeps the length of what is typed in a file's columns
                found[name] = text[place : match.end(1)] if len(plain) == len(text) else match[1]
        return found
    groups = [name for name, words in COLUMNS.items() if re.search(rf"\b(?:{words})\b", plain)]
    if groups and dataset:
        found["group"] = "+".join(groups)
    return found


def _threshold(plain: str) -> dict[str, Any]:
    match = re.search(rf"\b(?:threshold|cut-?off|seuil)[a-z ]*?\s*(?:=|:|of|at|to|de|a)?\s*{NUMBER}", plain)
    return {"threshold": float(match[1].replace(",", "."))} if match else {}


def fairness_audit(text: str, lang: str) -> dict[str, Any]:
    """Which part, the data, the columns, the threshold, the filter, whose reading."""
    plain = fold(text)
    if re.search(r"\bobermeyer|optum|(hospital|patients?|hopita\w+|malad\w+).{0,60}(cost|need|cout|besoin)", plain):
        return {"part": "obermeyer"}
    data = _dataset(text)
    found = data | _columns(text, data)
    if found.get("dataset") == "compas":
        found.pop("dataset")  # the default
    if re.search(
        r"\b(fix|correct\w*|mitigat\w*|reweigh\w*|repar\w*|corrig\w*|attenu\w*|repond\w*|price of|prix de l|who pays|qui paie)\b",
        plain,
    ):
        found["part"] = "mitigate"
    if re.search(r"\b30.?(?:days?|jours?)\b", plain):
        found["filter"] = "30days"
    if model := re.search(r"[\w./~\\-]*\w\.skops\b", text):
        found["score"] = model[0]
    sides = [side for side in ("propublica", "northpointe") if side in plain]
    if len(sides) == 1 and re.search(r"\b(only|just|reading|view|seulement|lecture|point de vue)\b", plain):
        found["reading"] = sides[0]
    found |= _threshold(plain)
    return found


def disaggregated_evaluation(text: str, lang: str) -> dict[str, Any]:
    """The data or the counts, the metric, the program."""
    plain = fold(text)
    found: dict[str, Any] = {}
    if len(re.findall(r"\d+[a-z ]{0,20}?(?:/|\bof\b|\bsur\b)\s*\d+", plain)) >= 2:
        return {"counts": passage(text) or text}
    data = _dataset(text)
    found |= data | _columns(text, data)
    if data and (
        metric := next((name for name, words in METRICS.items() if re.search(rf"\b(?:{words})\b", plain)), None)
    ):
        found["metric"] = metric
    for name, words in {"microsoft": "microsoft", "face++": r"face\+\+|megvii", "ibm": "ibm"}.items():
        if re.search(words, plain):
            found["classifier"] = name
    return found


def ml_lab(text: str, lang: str) -> dict[str, Any]:
    """The lesson, the data, the model."""
    plain = fold(text)
    lessons = {
        "features": r"feature engineering|(?:new|better|more|other|useless|random) (?:columns|features)|(?:nouvelles|autres|meilleures) (?:colonnes|variables)"
        r"|(?:fabriqu|cre|ajout|construi)\w* (?:\w+ ){0,2}(?:colonnes|variables)|(?:add|mak|build|creat)\w* (?:\w+ ){0,2}(?:columns|features)",
        "leakage": r"leak\w*|duplicat\w*|fuites?|doublons?|scaled? before|from the future|du futur",
        "boundary": r"boundar\w*|frontieres?|regions?|zones?", "importance": r"importan\w*|shap(?:ley)?|permutation",
        "capacity": r"over-?fit\w*|under-?fit\w*|surappren\w*|sur-?appren\w*|depth|profondeur|voisins|neighbou?rs",
        "threshold": r"threshold|seuil|recall|rappel|f1|precision", "proxies": r"prox\w+|remove the|drop the|retire\w*|supprim\w*|enlev\w*",
    }  # fmt: skip
    models = {
        "knn": r"k-?nn|k-?nearest|plus proches voisins", "tree": r"decision tree|arbre", "forest": r"forest|foret", "mlp": r"mlp|neural network|reseau de neurones",
        "linear": r"logistic\w*|linear|lineaire|logistique",
    }  # fmt: skip
    found = _dataset(text)
    for name, some in (("lesson", lessons), ("model", models)):
        if value := next((value for value, words in some.items() if re.search(rf"\b(?:{words})\b", plain)), None):
            found[name] = value
    found |= _threshold(plain)
    if found.get("lesson") == "proxies" and (group := _columns(text, {"dataset": "adult"}).get("group")):
        found["group"] = group.split("+")[0]
    return found


def risk_triage(text: str, lang: str) -> dict[str, Any]:
    """The description: what is quoted or stands after the wish, else the whole request."""
    given = passage(text)
    return {"text": given if given and len(given.split()) >= 4 else text} if len(text.split()) >= 8 else {}


def footprint(text: str, lang: str) -> dict[str, Any]:
    """Training, service or a run here; how many machines, hours, requests; the country."""
    plain = fold(text)
    found: dict[str, Any] = {}
    cases = {
        "gpt3": r"gpt-?3\b", "bloom": "bloom", "llama2": r"llama-?\s?2", "bert": r"bert\b", "t5": r"t5\b", "elmo": "elmo",
        "transformer_big": "transformer big", "switch": "switch transformer", "nas": r"architecture search|nas\b", "meena": "meena",
    }  # fmt: skip
    if name := next((name for name, words in cases.items() if re.search(rf"\b(?:{words})", plain)), None):
        return {"case": name} | _place(plain)
    if re.search(
        r"\b(this (?:computer|machine|laptop|answer)|here|my (?:computer|laptop|machine)|cette (?:machine|reponse)|cet ordinateur|mon ordinateur|ici)\b",
        plain,
    ):
        return {"what": "run"}
    if match := re.search(
        r"((?:\d[\d ,.]*|an?\b|one|un)\s?(?:million|milliard|billion|k|m)?s?)\s*(?:de\s+|d['’]|of\s+)?(?:requests?|questions?|queries|requetes?|prompts?|messages?)\b",
        plain,
    ):
        found["requests"] = re.sub(r"^(?:an?|one|un)\b", "1", match[1].strip())
    elif re.search(r"\b(?:chatbot|assistant|service|agent conversationnel)\b", plain):
        found["what"] = "service"
    if match := re.search(r"(\d+)\s*(?:x\s*)?(?:gpus?|cartes?|(a100|h100|v100|tpu\w*)s?)\b", plain):
        found["devices"] = match[1]
        if match[2]:
            found["device"] = match[2].upper()
    if match := re.search(
        r"(\d+(?:[.,]\d+)?\s*(?:hours?|days?|weeks?|months?|heures?|jours?|semaines?|mois))\b", plain
    ):
        found["hours"] = match[1]
    return found | _place(plain)


def _place(plain: str) -> dict[str, Any]:
    """The country whose grid is meant."""
    places = r"france|germany|allemagne|poland|pologne|norway|norvege|sweden|suede|india|inde|china|chine|united states|etats-unis|usa|quebec|canada"
    match = re.search(rf"\b(?:in|en|au|aux|from)\s+(?:the\s+)?({places})\b", plain)
    return {"country": match[1]} if match else {}


PARSERS: dict[str, Callable[[str, str], dict[str, Any]]] = {
    "fairness_audit": fairness_audit,
    "disaggregated_evaluation": disaggregated_evaluation,
    "ml_lab": ml_lab,
    "risk_triage": risk_triage,
    "footprint": footprint,
}
