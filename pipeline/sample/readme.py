"""What the delivery says about itself: LEESMIJ.md for people, voorbeeld.toml for the pipeline.

Belongs here: the mark that everything is made up, the planted differences with their numbers. Not here: making them.
"""

from dataclasses import dataclass, field

from pipeline.core.periods import Periode
from pipeline.sample.disagreements import Afwijking
from pipeline.sample.model import Stand
from pipeline.sample.world import Flow


@dataclass(frozen=True)
class SampleSummary:
    """What was made, in persons or rows at the asked `schaal`. `aangepast`: what the caller chose
    otherwise.
    """

    periode: Periode
    schaal: int
    zaad: int
    tabel_echt: bool
    personen: int
    koppelingen: int
    afmeldingen: int
    vergunningen: int
    nareis: int
    gemeentebestanden: int
    gemeenteregels: int
    gemeenten_zonder_bestand: int
    stroom: Flow
    stand: dict[Stand, int]
    onbekend_bij_ind: int
    andere_datum_ind: int
    verwachte_nareizigers: int
    later_verhuisd: int
    afwijkingen: dict[Afwijking, int] = field(default_factory=dict)
    aangepast: tuple[str, ...] = ()

    @property
    def opvang(self) -> int:
        """Persons in the opvang at the peildatum."""
        return self.stroom.eind

    @property
    def overdue(self) -> int:
        """Of whom linked for more than 70 days without an offer."""
        return self.stand[Stand.LANGER_DAN_NORM]


def toml(summary: SampleSummary) -> str:
    """The mark for machines."""
    flow = summary.stroom
    lines = [
        "# Deze levering is gegenereerd: geen van de personen bestaat. Zie LEESMIJ.md.",
        "gegenereerd = true",
        f'periode = "{summary.periode}"',
        f"zaad = {summary.zaad}",
        f"schaal = {summary.schaal}",
        f"overzicht_echt = {_truth(summary.tabel_echt)}",
        "",
        "[omvang]",
        *_pairs(_sizes(summary)),
        "",
        "[stroom]",
        f"opvang_begin = {flow.begin}",
        f"vergunningen_in_opvang = {flow.vergunningen}",
        f"nareis_in_opvang = {flow.nareis}",
        f"afgemeld_uit_opvang = {flow.afgemeld}",
        f"anders_vertrokken = {flow.anders_vertrokken}",
        f"opvang_eind = {flow.eind}",
        f"afgemeld_nooit_in_opvang = {flow.nooit_in_opvang}",
        f"correcties = {flow.correcties}",
        "",
        "[trechter]",
        *(f"{state.value} = {summary.stand[state]}" for state in Stand),
        "",
        "[afwijkingen]",
        *(f"{kind.sleutel} = {summary.afwijkingen[kind]}" for kind in Afwijking),
        f"onbekend_bij_ind = {summary.onbekend_bij_ind}",
        f"andere_datum_ind = {summary.andere_datum_ind}",
    ]
    return "\n".join(lines) + "\n"


def leesmij(summary: SampleSummary) -> str:
    """The explanation for people."""
    return (
        "\n\n".join(
            [_opening(summary), _what(summary), _numbers(summary), _differences(summary), _good_to_know(summary)]
        )
        + "\n"
    )


def _opening(summary: SampleSummary) -> str:
    times = f" --schaal {summary.schaal}" if summary.schaal != 1 else ""
    other = "".join(f"\n- {line}" for line in summary.aangepast)
    return (
        f"# Voorbeeldlevering {summary.periode}\n\n"
        "**Alle personen in deze levering zijn gegenereerd.** Geen V-nummer, huishouden, koppeling of verhuizing\n"
        "is echt. Elk V-nummer begint met V999. De namen van gemeenten bestaan. De opvanglocaties die zo heten zijn\n"
        "bedacht, net als wie waar is opgevangen en gehuisvest.\n\n"
        f"Gemaakt met `voortgang voorbeeldlevering {summary.periode} MAP --zaad {summary.zaad}{times}`: "
        f"zaad {summary.zaad}, schaal {summary.schaal}.\n"
        "Dezelfde opdracht geeft op elke computer dezelfde bestanden, tot op de byte."
        + (f"\n\nAfwijkend van de gewone voorbeeldlevering:\n{other}" if other else "")
    )


def _what(summary: SampleSummary) -> str:
    if not summary.tabel_echt:
        table = "gegenereerd op de echte gemeenten van dat jaar; alleen de landelijke taakstelling is bekendgemaakt"
    elif summary.schaal == 1:
        table = "echt: gepubliceerd door de Rijksoverheid (CC0), onveranderd"
    else:
        table = f"de echte tabel, met alle aantallen keer {summary.schaal}"
    return (
        "## Wat is echt\n\n"
        "| onderdeel | herkomst |\n|---|---|\n"
        f"| `coa/overzicht_{summary.periode.eind}.csv` | {table} |\n"
        "| `coa/afmeldingen.csv` | gegenereerd; de som per gemeente en maand is precies die van het overzicht |\n"
        "| `rijk/taakstelling.csv` | bekendgemaakte aantallen, met bron per regel; verzonnen waar de bron dat zegt |\n"
        "| de overige bestanden | gegenereerd, ook de aandelen bij een gesplitste gemeente |"
    )


def _numbers(summary: SampleSummary) -> str:
    flow = summary.stroom
    rows = [
        ("in de opvang aan het begin", flow.begin),
        ("vergunning verleend in de opvang", flow.vergunningen),
        ("nareizigers in de opvang gekomen", flow.nareis),
        ("afgemeld uit de opvang, na aftrek van correcties", -flow.afgemeld),
        ("anders vertrokken", -flow.anders_vertrokken),
        ("in de opvang op de peildatum", flow.eind),
    ]
    states = [(state.value.replace("_", " "), summary.stand[state]) for state in Stand]
    return (
        "## Aantallen\n\n"
        + _table("bestand", [(name.replace("_", " "), number) for name, number in _sizes(summary).items()])
        + "\n\nPersonen met een vergunning:\n\n"
        + _table("stand en stroom", rows)
        + "\n\n"
        + _table("stand op de peildatum", states)
        + f"\n\nBuiten de opvang om afgemeld: {_dutch(flow.nooit_in_opvang)}. "
        + f"Correcties in dit halfjaar: {_dutch(flow.correcties)}."
    )


def _differences(summary: SampleSummary) -> str:
    rows = [(f"`{kind.sleutel}`: {kind.uitleg}", summary.afwijkingen[kind]) for kind in Afwijking]
    rows.append(
        ("`onbekend_bij_ind`: het COA noemt een vergunning, de IND kent de persoon niet", summary.onbekend_bij_ind)
    )
    rows.append(
        (
            "`andere_datum_ind`: het besluit van de IND is 1 tot en met 28 dagen eerder dan de datum bij het COA",
            summary.andere_datum_ind,
        )
    )
    return (
        "## Verschillen die met opzet in de bronnen zitten\n\n"
        "Aantallen personen; niemand telt bij twee verschillen tussen COA en gemeente mee.\n\n"
        + _table("verschil", rows)
        + f"\n\nVan {summary.gemeenten_zonder_bestand} gemeenten is er geen bestand."
    )


def _good_to_know(summary: SampleSummary) -> str:
    peildatum = f"{summary.periode.eind:%d-%m-%Y}"
    lines = [
        f"De stand is die van {peildatum} om 0.00 uur: er staat niets in van die dag of later, "
        "behalve verwachte aankomsten.",
        "Een gemeente staat er met de naam die zij had op de dag van de koppeling of verhuizing.",
        f"{_dutch(summary.later_verhuisd)} gezinsleden verhuisden enkele dagen na de rest van het gezin.",
        f"{_dutch(summary.verwachte_nareizigers)} nareizigers zijn toegelaten en nog niet aangekomen. "
        "Zij staan bij de IND, niet bij het COA.",
        "Wie nooit in de opvang was, heeft geen instroom, geen opvanglocatie en geen vertrek.",
        "Na een correctie is iemand terug in de opvang of later opnieuw gehuisvest.",
        "Voorbeeldleveringen van verschillende halfjaren gaan over verschillende personen.",
    ]
    if summary.schaal != 1:
        lines.append(
            f"Op schaal {summary.schaal} is elke persoon {summary.schaal} keer opgenomen, met andere nummers. "
            "Daarom zijn ook het overzicht en de bekendgemaakte aantallen zo vaak vermenigvuldigd."
        )
    return "## Goed om te weten\n\n" + "\n".join(f"- {line}" for line in lines)


def _sizes(summary: SampleSummary) -> dict[str, int]:
    return {
        "personen": summary.personen,
        "koppelingen": summary.koppelingen,
        "afmeldingen": summary.afmeldingen,
        "vergunningen": summary.vergunningen,
        "nareis": summary.nareis,
        "gemeentebestanden": summary.gemeentebestanden,
        "gemeenteregels": summary.gemeenteregels,
        "gemeenten_zonder_bestand": summary.gemeenten_zonder_bestand,
    }


def _pairs(numbers: dict[str, int]) -> list[str]:
    return [f"{name} = {number}" for name, number in numbers.items()]


def _table(head: str, rows: list[tuple[str, int]]) -> str:
    return f"| {head} | aantal |\n|---|---:|\n" + "\n".join(f"| {name} | {_dutch(number)} |" for name, number in rows)


def _dutch(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _truth(value: bool) -> str:
    return "true" if value else "false"
