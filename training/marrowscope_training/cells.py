"""The classes of the recogniser, in the order of its output (the same table as cytology/cell-types.ts)."""

CELL_TYPES = (
    "blast",
    "promyelocyte",
    "myelocyte",
    "metamyelocyte",
    "band_neutrophil",
    "segmented_neutrophil",
    "eosinophil",
    "basophil",
    "monocyte",
    "lymphocyte",
    "plasma_cell",
    "erythroblast",
)
NOT_IDENTIFIABLE = "not_identifiable"
CELL_CLASSES = (*CELL_TYPES, NOT_IDENTIFIABLE)
INDEX = {name: i for i, name in enumerate(CELL_CLASSES)}
NOT_PLASMA = "not_plasma_cell"  # a cell of unknown type that is no plasma cell
