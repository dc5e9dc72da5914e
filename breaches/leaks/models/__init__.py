"""The tables of the leaks."""

from breaches.leaks.models.files import (
    ColumnMapping,
    FileStatus,
    MappingProfile,
    SourceFile,
    SourceTable,
    column_key,
)
from breaches.leaks.models.retention import Destruction, DestructionStatus, LegalHold
from breaches.leaks.models.rows import CellProblem, ElementSet, RowAgain, SourceRow

__all__ = [
    "CellProblem",
    "ColumnMapping",
    "Destruction",
    "DestructionStatus",
    "ElementSet",
    "FileStatus",
    "LegalHold",
    "MappingProfile",
    "RowAgain",
    "SourceFile",
    "SourceRow",
    "SourceTable",
    "column_key",
]
