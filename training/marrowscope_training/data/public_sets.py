"""The public sets that a user can download whole: their classes and how each maps to ours, licence and
citation.

The meaning of the abbreviations is from the sets: the class table of Matek 2021, doi:10.1182/blood.2020010568
(abbreviations.csv in the set's Kaggle copy); Acevedo 2020, doi:10.1016/j.dib.2020.105474, and the prefixes of
its file names; the labels under which the cells of the paediatric set were converted to DICOM for the Imaging
Data Commons. Which of our types a class becomes, or why it is left out, is decided here.
"""

from dataclasses import dataclass
from pathlib import Path

from ..cells import NOT_IDENTIFIABLE


@dataclass(frozen=True)
class LeftOut:
    """A class without a counterpart among ours, and why."""

    reason: str


@dataclass(frozen=True)
class PublicSet:
    """classes: folder -> prefix of the file name up to `_` -> label (a cell type, not_identifiable or
    platelet). A set of whole slides has one folder without a name, and its labels in place of the prefixes."""

    title: str
    um_per_pixel: float
    classes: dict[str, dict[str, str | LeftOut]]
    licence: str | None  # None: see the files of the download
    cite: str
    slides: bool = False


_TCIA: dict[str, str | LeftOut] = {
    "ABE": "eosinophil",  # abnormal eosinophil: counted with the eosinophils
    "ART": NOT_IDENTIFIABLE,  # artefact
    "BAS": "basophil",
    "BLA": "blast",
    "EBO": "erythroblast",
    "EOS": "eosinophil",
    "FGC": LeftOut("faggot cell: promyelocyte by its look, blast equivalent by the count in APL"),
    "HAC": "lymphocyte",  # hairy cell: a mature lymphoid cell
    "KSC": NOT_IDENTIFIABLE,  # smudge cell: never counted
    "LYI": LeftOut("immature lymphocyte: a lymphoblast or a lymphocyte, the label does not say"),
    "LYT": "lymphocyte",
    "MMZ": "metamyelocyte",
    "MON": "monocyte",
    "MYB": "myelocyte",
    "NGB": "band_neutrophil",
    "NGS": "segmented_neutrophil",
    "NIF": NOT_IDENTIFIABLE,
    "OTH": LeftOut("other cell: identified, but as none of the set's types"),
    "PEB": "erythroblast",  # proerythroblast: counted with the nucleated red cells
    "PLM": "plasma_cell",
    "PMO": "promyelocyte",
}

_BEYOND = LeftOut("outside the differential: neither one of its types nor unidentifiable")
_NO_CELL = LeftOut("no nucleated cell")
_UNDECIDED = LeftOut("its line or stage is not given")

_PEDIATRIC: dict[str, str | LeftOut] = {
    **dict.fromkeys(("artifact", "damaged_cell", "smudge_cell", "technically_unfit"), NOT_IDENTIFIABLE),
    **dict.fromkeys(("lymphocytic_blast", "monocytic_blast", "myelocytic_blast", "unknown_blast"), "blast"),
    "myeloid_precursor_cell": "blast",  # labelled myeloblast before it was renamed for its code
    "promyelocyte": "promyelocyte",
    **dict.fromkeys(("neutrophilic_myelocyte", "degranulated_neutrophilic_myelocyte"), "myelocyte"),
    **dict.fromkeys(
        ("neutrophilic_metamyelocyte", "degranulated_neutrophilic_metamyelocyte"), "metamyelocyte"
    ),
    "neutrophilic_band": "band_neutrophil",
    "segmented_neutrophil": "segmented_neutrophil",
    **dict.fromkeys(
        (f"eosinophilic_{stage}" for stage in ("myelocyte", "metamyelocyte", "band")), "eosinophil"
    ),
    "segmented_eosinophil": "eosinophil",
    **dict.fromkeys((f"basophilic_{stage}" for stage in ("myelocyte", "metamyelocyte", "band")), "basophil"),
    "segmented_basophil": "basophil",
    "monocyte": "monocyte",
    **dict.fromkeys(("lymphocyte", "prolymphocyte", "lymphoidocyte"), "lymphocyte"),
    "plasma_cell": "plasma_cell",
    **dict.fromkeys((f"{stage}_erythroblast" for stage in ("basophilic", "polychromatic")), "erythroblast"),
    **dict.fromkeys(("proerythroblast", "orthochromatic_erythroblast"), "erythroblast"),
    **dict.fromkeys(("thrombocyte", "giant_platelet", "thrombocyte_aggregate"), "platelet"),
    "lymphoid_precursor_cell": LeftOut(
        "lymphoid precursor: a lymphoblast or a haematogone, the label does not say"
    ),
    "promonocyte": LeftOut("promonocyte: monocyte by its line, blast equivalent by the count"),
    **dict.fromkeys(
        ("immature_monocyte", "immature_monoblast"), LeftOut("immature monocyte: its stage is not given")
    ),
    **dict.fromkeys(("megakaryocyte", "micromegakaryocyte", "promegakaryocyte", "macrophage"), _BEYOND),
    **dict.fromkeys(("pseudo_gaucher_cell", "phagocytosis"), _BEYOND),
    **dict.fromkeys(("erythrocyte", "spicule", "neutrophil_extracellular_trap"), _NO_CELL),
    **dict.fromkeys(("mitosis", "no_consensus_found", "haematological_structure"), _UNDECIDED),
}

PUBLIC_SETS = {
    "tcia": PublicSet(
        "Bone-Marrow-Cytomorphology_MLL_Helmholtz_Fraunhofer",
        0.10,
        {code: {code: label} for code, label in _TCIA.items()},
        "CC BY 4.0",
        "Matek C. et al., TCIA 2021, doi:10.7937/TCIA.AXH3-T579; Blood 138(20), 2021",
    ),
    "pbc": PublicSet(
        "PBC, normal peripheral blood cells",
        0.10,
        {
            "basophil": {"BA": "basophil"},
            "eosinophil": {"EO": "eosinophil"},
            "erythroblast": {"ERB": "erythroblast"},
            "ig": {
                "IG": LeftOut("immature granulocyte: the stage is not given"),
                "MMY": "metamyelocyte",
                "MY": "myelocyte",
                "PMY": "promyelocyte",
            },
            "lymphocyte": {"LY": "lymphocyte"},
            "monocyte": {"MO": "monocyte"},
            "neutrophil": {
                "BNE": "band_neutrophil",
                "NEUTROPHIL": LeftOut("neutrophil: band or segmented is not given"),
                "SNE": "segmented_neutrophil",
            },
            "platelet": {"PLATELET": "platelet"},
        },
        "CC BY 4.0",
        "Acevedo A. et al., Data in Brief 30 (2020) 105474, doi:10.17632/snkd93bnjr.1",
    ),
    "pediatric": PublicSet(
        "BoneMarrowWSI-PediatricLeukemia",
        0.10,  # of the cut cells; each slide states its own
        {"": _PEDIATRIC},
        None,
        "Höfener H. et al., 2025, doi:10.5281/zenodo.14933087; arXiv:2509.15895",
        slides=True,
    ),
}


class WrongFolder(ValueError):
    """A folder does not contain the set that it should contain."""


def label_of(name: str, file: Path, folder: Path) -> tuple[str, str | LeftOut | None]:
    """The set's own class of a picture and our label for it; None where the prefix of its name is not known."""
    prefix = file.name.rpartition(".")[0].partition("_")[0].upper()
    return prefix, PUBLIC_SETS[name].classes[file.relative_to(folder).parts[0]].get(prefix)
