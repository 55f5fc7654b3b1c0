"""Do the references of a text exist, and are they as they are written?

References are found in free text, lists and BibTeX, read field by field, and compared with the
bibliography and, only when the network is enabled, with Crossref. What is not found may still exist.
The need: Walters and Wilder 2023, Scientific Reports 13:14045.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from tools.errors import BadInput
from tools.finding import Finding, Specimen, Text, both
from tools.tool import Run, arg, tool

if TYPE_CHECKING:
    from tools.truth.citations.fields import Checked

LONGEST = 100_000  # characters: two hundred references and more
FILES = (".bib", ".txt", ".md", ".tex")
EXAMPLES = {
    "en": [
        "Does this reference exist? Vaswani et al. (2017), Attention Is All You Need",
        "check my bibliography for invented references",
        "citation check",
        "Are these citations real: Zhao et al. 2017, Variational Autoencoder for Deep Learning of Images, Labels and Sequences",
        "Verify the BibTeX file refs.bib, please.",
        "ChatGPT gave me five sources, which of them did it make up?",
        "Is the DOI 10.1126/science.aal4230 the right one for Caliskan 2017?",
        "Varghese v. China Southern Airlines Co., 925 F.3d 1339 (11th Cir. 2019): is this a real case?",
        "My student’s reference list looks suspicious. Could you compare it with known works?",
        "hallucinated references",
        "Look up these papers on Crossref and tell me which years are wrong",
        "Was “Variational Recurrent Autoencoders” written by Chung et al. in 2016?",
        "show me the invented cases of Mata v. Avianca",
        "does arXiv 1706.03762 match this title?",
    ],
    "fr": [
        "Cette référence existe-t-elle ? Vaswani et al. (2017), Attention Is All You Need",
        "vérifie ma bibliographie, il y a peut-être des références inventées",
        "contrôle de citations",
        "Ces citations sont-elles vraies : Chung et al. 2016, Variational Recurrent Autoencoders",
        "Vérifie le fichier BibTeX biblio.bib, s’il te plaît.",
        "ChatGPT m’a donné cinq sources, lesquelles a-t-il inventées ?",
        "Le DOI 10.1126/science.aal4230 est-il bien celui de Caliskan 2017 ?",
        "Varghese v. China Southern Airlines, 925 F.3d 1339 (11th Cir. 2019) : cette décision existe-t-elle ?",
        "La liste de références de mon étudiante me paraît suspecte. Peux-tu la comparer à des ouvrages connus ?",
        "références hallucinées",
        "Cherche ces articles dans Crossref et dis-moi quelles années sont fausses",
        "« Gender Shades » est-il bien de Buolamwini et Gebru, 2018 ?",
        "montre les arrêts inventés de l’affaire Mata c. Avianca",
        "est-ce que l’identifiant arXiv 1706.03762 correspond à ce titre ?",
    ],
}


@tool(
    wing="truth",
    version="1",
    title=Text(en="Check of references", fr="Contrôle de références"),
    question=Text(
        en="Do these references match works that are known, and what differs?",
        fr="Ces références correspondent-elles à des ouvrages connus, et qu’est-ce qui diffère ?",
    ),
    needs=Text(
        en="a second for fifty references; nothing to fetch; the network only if you enable it",
        fr="une seconde pour cinquante références ; rien à télécharger ; le réseau seulement si vous l’activez",
    ),
    seconds=1800,
    examples=EXAMPLES,
)
def citation_check(
    run: Run,
    text: Annotated[
        str,
        arg(
            "the references: a list, sentences that cite, BibTeX, or the path of a .bib, .txt or .md file; none: the built-in list",
            "les références : une liste, des phrases qui citent, du BibTeX, ou le chemin d’un fichier .bib, .txt ou .md ; aucune : la "
            "liste fournie",
            max_length=LONGEST,
        ),
    ] = "",
    case: Annotated[
        Literal["vae", "mata"],
        arg(
            "the built-in list, without a text: vae (two references by ChatGPT, three real ones), mata (Mata v. Avianca)",
            "la liste fournie, sans texte : vae (deux références de ChatGPT, trois réelles), mata (Mata c. Avianca)",
        ),
    ] = "vae",
    network: Annotated[
        bool,
        arg(
            "also ask Crossref: the references are then sent to api.crossref.org",
            "interroger aussi Crossref : les références sont alors envoyées à api.crossref.org",
        ),
    ] = False,
) -> Finding:
    """The verdict on each reference, what differs, what contradicts; errors: ``BadInput`` without a reference."""
    from tools.truth.citations import cases, reading, tables
    from tools.truth.citations import text as said
    from tools.truth.citations.check import check, today
    from tools.truth.citations.figure import cards
    from tools.truth.citations.library import works

    given = read(text)
    built_in = None if given.strip() else cases.case(case)
    day = today()
    client = None
    if network:
        from tools.truth.citations.crossref import Crossref

        client = Crossref()

    def on_step(done: int, total: int, checked: list[Checked]) -> None:
        odd = sum(one.verdict != "exact" for one in checked)
        run.progress(
            f"References checked; {odd} not exact so far",
            f"Références contrôlées ; {odd} non conformes jusqu’ici",
            done,
            total,
        )

    run.progress("Reading the references", "Lecture des références")
    checked = check(built_in.text.get(run.lang) if built_in else given, client, day, on_step)
    if not checked:
        raise BadInput(
            "No reference was found in this text. Give titles with their authors and year, a list of references, or BibTeX, for "
            "example: Kurita et al. (2019), Measuring Bias in Contextualized Word Representations.",
            "Aucune référence n’a été trouvée dans ce texte. Donnez des titres avec auteurs et année, une liste de références ou du "
            "BibTeX, par exemple : Kurita et al. (2019), Measuring Bias in Contextualized Word Representations.",
        )
    report = said.Report(
        checked,
        len(works()),
        network,
        day.year,
        built_in.title if built_in else None,
        built_in.origin if built_in else None,
    )
    return run.finding(
        specimen=specimen(len(works())),
        estimates=tables.estimates(report),
        tables=tables.tables(report),
        figures=[cards(report, run.seed, run.lang)],
        summary=both(said.summary, report),
        how_to_read=both(reading.how_to_read, report),
        limits=both(reading.limits, report),
        references=sources(checked, built_in.sources if built_in else []),
    )


def read(text: str) -> str:
    """The text itself, or that of the file it names; ``BadInput`` for a file that is not there or too long."""
    name = text.strip()
    if "\n" in name or len(name) > 400 or not name.lower().endswith(FILES):
        return text
    path = Path(name).expanduser()
    try:
        there = path.is_file()
    except (OSError, ValueError):
        return text
    if not there:
        if " " in name:
            return text
        raise BadInput(f"There is no file '{name}'.", f"Il n’y a pas de fichier « {name} ».")
    data = path.read_bytes()[: 4 * LONGEST + 1]
    try:
        found = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = data.decode("latin-1")
    if len(found) > LONGEST:
        raise BadInput(
            f"{path.name} is longer than {LONGEST} characters. Give the list of references only.",
            f"{path.name} dépasse {LONGEST} caractères. Ne donnez que la liste des références.",
        )
    return found


def sources(checked: list[Checked], built_in: list[str]) -> list[str]:
    """What the finding rests on: the study of invented references, the methods, the works that a verdict names."""
    from knowledge.bibliography import entries

    keys = ["walters2023", "wilson1927", "levenshtein1966", *built_in]
    keys += ["sprigman2016"] if any(one.parsed.kind == "decision" for one in checked) else []
    keys += [one.recorded for one in checked if one.recorded] + [
        one.key for one in checked if one.differences and one.key
    ][:20]
    return [key for key in dict.fromkeys(keys) if key in entries()]


def specimen(count: int) -> Specimen:
    """The bibliography, with the hash of its file."""
    import hashlib

    from knowledge import CONTENT

    sha = hashlib.sha256((CONTENT / "bibliography.bib").read_bytes()).hexdigest()
    return Specimen(
        name=f"the bibliography of Autopsie, {count} works",
        source="knowledge/content/bibliography.bib",
        revision=sha[:12],
        sha256=sha,
    )
