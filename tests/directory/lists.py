"""Made-up lists of places, in the forms in which the official ones are published."""

from pathlib import Path

from orders.clock import now
from orders.database import transact
from orders.directory import importing, list_reader
from orders.staff.journal import Actor

HEADINGS = (
    "N° FASE de l'établissement;Nom de l'établissement;Type d'enseignement;Niveau;Réseau;Adresse de l'établissement;"
    "Code postal de l'établissement;N° FASE de l'implantation;Adresse de l'implantation;"
    "Code postal de l'implantation;Localité de l'implantation;Commune de l'implantation;Latitude;Longitude"
)
TECHNICAL = (
    "ndeg_fase_de_l_etablissement;nom_de_l_etablissement;type_d_enseignement;niveau;reseau;adresse_de_l_etablissement;"
    "code_postal_de_l_etablissement;ndegfase_de_l_implantation;adresse_de_l_implantation;"
    "code_postal_de_l_implantation;localite_de_l_implantation;commune_de_l_implantation;latitude;longitude"
)


def row(
    place: int = 15,
    name: str = "ATHENEE ROYAL D'AUDERGHEM",
    *,
    school: int = 6,
    level: str = "Secondaire ordinaire",
    address: str = "Avenue du Parc 27 bte 2",
    postcode: str = "1160",
    town: str = "AUDERGHEM",
    point: str = "50.8152;4.4331",
) -> str:
    """One row of the list of the Fédération Wallonie-Bruxelles."""
    quoted = name.replace('"', '""')
    school_columns = f'{school};"{quoted}";{level};Secondaire;WBE;Rue Haute 1;1000'
    return f'{school_columns};{place};"{address}";{postcode};{town};{town};{point}'


def write(path: Path, *rows: str, headings: str = HEADINGS) -> Path:
    """A file as the portal writes it: two byte order marks before the first heading."""
    path.write_text("\ufeff\ufeff" + "\n".join((headings, *rows)) + "\n", encoding="utf-8")
    return path


def take_over(folder: Path, *rows: str) -> None:
    """Put the places of these rows in the directory, as the list of the Fédération Wallonie-Bruxelles."""
    listed = list_reader.read(write(folder / "list.csv", *rows)).places
    transact(importing.take_over, "fwb", listed, at=now(), by=Actor("command"))
