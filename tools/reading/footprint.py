"""How much electricity and carbon: of a training, of a service, of a run here.

Strubell et al. 2019 (ACL, P19-1355), Patterson et al. 2021 (arXiv 2104.10350), Luccioni et al. 2023 (JMLR 24:253)
and 2024 (FAccT); processor power after Lannelongue et al. 2021. Every assumption is an argument, every result an
order of magnitude with a band. Water and the making of the machines are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator

from tools.errors import BadInput
from tools.finding import Finding, Text
from tools.reading.energy.examples import EXAMPLES
from tools.tool import Run, arg, tool

if TYPE_CHECKING:
    from tools.reading.energy.study import Study

Range = Annotated[
    str,
    BeforeValidator(
        lambda value: str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    ),
]
WRITTEN = {"en": "a number, or a range as 300-450", "fr": "un nombre, ou une plage comme 300-450"}


@tool(
    wing="reading",
    version="1",
    title=Text(en="Energy and carbon footprint", fr="Empreinte énergétique et carbone"),
    question=Text(
        en="How much electricity and carbon does a training, a service or a run here take, and how sure is that?",
        fr="Combien d’électricité et de carbone demande un entraînement, un service ou un passage ici, et à quel point est-ce sûr ?",
    ),
    needs=Text(
        en="one second; a metered run takes as long as what it meters, several times",
        fr="une seconde ; un passage mesuré dure plusieurs fois ce qu’il mesure",
    ),
    seconds=900,
    examples=EXAMPLES,
)
def footprint(
    run: Run,
    what: Annotated[
        Literal["auto", "training", "service", "run"],
        arg(
            "training: of a model; service: many requests; run: something metered on this computer; auto: by the other arguments",
            "training : entraînement d’un modèle ; service : beaucoup de requêtes ; run : un passage mesuré sur cet ordinateur ; auto : d’après les autres arguments",
        ),
    ] = "auto",
    case: Annotated[
        str,
        arg(
            "a published training: bloom, gpt3, t5, meena, gshard, switch, llama2, transformer, transformer_big, elmo, bert, nas",
            "un entraînement publié : bloom, gpt3, t5, meena, gshard, switch, llama2, transformer, transformer_big, elmo, bert, nas",
            max_length=60,
        ),
    ] = "",
    device: Annotated[
        str,
        arg(
            "the accelerator: P100, V100, T4, A100, H100…",
            "l’accélérateur : P100, V100, T4, A100, H100…",
            max_length=60,
        ),
    ] = "",
    devices: Annotated[
        Range,
        arg(f"how many accelerators: {WRITTEN['en']}", f"combien d’accélérateurs : {WRITTEN['fr']}", max_length=60),
    ] = "",
    hours: Annotated[
        Range,
        arg(
            f"hours that each worked: {WRITTEN['en']}", f"heures de travail de chacun : {WRITTEN['fr']}", max_length=60
        ),
    ] = "",
    watts: Annotated[
        Range,
        arg(
            f"watts of one with its share of the server: {WRITTEN['en']}",
            f"watts d’un seul avec sa part du serveur : {WRITTEN['fr']}",
            max_length=60,
        ),
    ] = "",
    pue: Annotated[
        Range,
        arg(
            "electricity of the building over that of its computers: 1.1, or 1.1-1.6",
            "électricité du bâtiment sur celle de ses ordinateurs : 1,1, ou 1,1-1,6",
            max_length=60,
        ),
    ] = "",
    country: Annotated[
        str,
        arg(
            "where the electricity comes from: a country, or world",
            "d’où vient l’électricité : un pays, ou monde",
            max_length=60,
        ),
    ] = "",
    intensity: Annotated[
        Range,
        arg(
            f"g CO₂e per kWh of the grid: {WRITTEN['en']}", f"g CO₂e par kWh du réseau : {WRITTEN['fr']}", max_length=60
        ),
    ] = "",
    requests: Annotated[
        Range,
        arg(
            "how many requests a service answers: 2 million",
            "à combien de requêtes un service répond : 2 millions",
            max_length=60,
        ),
    ] = "",
    request: Annotated[
        Literal["text", "reasoning", "image", "reading"],
        arg(
            "their kind: text (an answer), reasoning (a long one), image (generated), reading (a text classified)",
            "leur nature : text (une réponse), reasoning (une longue), image (générée), reading (un texte classé)",
        ),
    ] = "text",
    wh: Annotated[
        Range,
        arg(
            "watt-hours of one request, if you know: 0.3, or 0.1-3",
            "wattheures d’une requête, si vous savez : 0,3, ou 0,1-3",
            max_length=60,
        ),
    ] = "",
    instrument: Annotated[
        str,
        arg(
            "for a run: the tool to meter (weat…); none: an answer of the model",
            "pour run : l’outil à mesurer (weat…) ; aucun : une réponse du modèle",
            max_length=60,
        ),
    ] = "",
    settings: Annotated[
        str, arg("its arguments: name=value; name=value", "ses arguments : nom=valeur; nom=valeur", max_length=4000)
    ] = "",
    prompt: Annotated[
        str,
        arg(
            "for a run: the question that the model answers",
            "pour run : la question à laquelle le modèle répond",
            max_length=2000,
        ),
    ] = "",
    model: Annotated[
        str,
        arg(
            "for a run: the language model, a packaged name (smollm2), a folder or a Hugging Face id",
            "pour run : le modèle de langue, un nom fourni (smollm2), un dossier ou un identifiant Hugging Face",
            max_length=300,
        ),
    ] = "smollm2",
    repeats: Annotated[
        int, arg("for a run: how many times, at most", "pour run : combien de fois, au plus", ge=1, le=50)
    ] = 5,
    watts_per_core: Annotated[
        Range,
        arg(
            "for a run: watts of one processor core at work",
            "pour run : watts d’un cœur de processeur au travail",
            max_length=60,
        ),
    ] = "",
    meter: Annotated[
        Literal["auto", "cpu", "codecarbon"],
        arg(
            "for a run: codecarbon (if installed), cpu (processor seconds), auto (the first that works)",
            "pour run : codecarbon (s’il est installé), cpu (secondes de processeur), auto (le premier qui marche)",
        ),
    ] = "auto",
) -> Finding:
    """Energy and carbon with a band, the assumptions, the same on other grids, the published checks or the single runs."""
    from tools.reading.energy import study as studies
    from tools.reading.energy.kinds import kind
    from tools.reading.energy.result import finding

    given = {"devices": devices, "hours": hours, "watts": watts, "pue": pue}
    asked = kind(run.arguments, {name: one.default for name, one in run.tool.parameters.model_fields.items()})
    if asked == "training":
        found = studies.training(run.rng, case, device, given, country, intensity)
    elif asked == "service":
        found = studies.service(run.rng, request, requests, wh, pue, country, intensity)
    else:
        found = metered(
            run,
            instrument.strip(),
            settings,
            prompt.strip(),
            model,
            repeats,
            meter,
            (watts_per_core, pue, country, intensity),
        )
    run.progress("Drawing", "Dessin")
    return finding(run, found)


def metered(
    run: Run,
    instrument: str,
    settings: str,
    prompt: str,
    model: str,
    repeats: int,
    meter: str,
    assumed: tuple[str, str, str, str],
) -> Study:
    """A tool or an answer, run several times under the meter; the assumptions are checked before the first run."""
    from tools.reading.energy import ranges, study, subjects
    from tools.reading.energy.meter import measure

    if instrument and prompt:
        raise BadInput(
            "footprint meters one thing: give --instrument or --prompt, not both.",
            "footprint mesure une seule chose : donnez --instrument ou --prompt, pas les deux.",
        )
    watts_per_core, pue, country, intensity = assumed
    ranges.parse(watts_per_core, "watts_per_core")
    study.written("pue", pue)
    study.grid(country, intensity)
    if instrument:
        subject, action = subjects.of_tool(run, instrument, settings)
    else:
        subject, action = subjects.of_answer(run, prompt or subjects.PROMPT[run.lang], model)
    m = measure(run, subject, action, repeats, meter, builtin=not instrument and not prompt)
    return study.metered(run.rng, m, *assumed)
