"""Measure how right tables are, by judging a sample of them.

    sheet = whosaid.audit.sample("tables", "sheet.csv", by="type")
    # judges fill the first columns of sheet.csv in any spreadsheet, or whosaid serve tables
    print(whosaid.audit.report("sheet.csv"))
"""

from __future__ import annotations

import pathlib

from ._binary import run
from ._extract import Folder

__all__ = ["gold", "report", "sample"]


def sample(tables: Folder, sheet: Folder, *, size: int = 100, articles: int = 10, by: str = "none", seed: int = 1) -> pathlib.Path:
    """Draw statements at random, and articles to read in full, into a CSV sheet that is not there yet.

    tables: an output folder of ``extract(..., out=folder)``.
    size, articles: how many statements, and how many articles to read in full.
    by: draw equally many of each: none, type, speaker_kind, outlet, ...; the program names all.
    seed: the same one draws the same sample.
    """
    run("audit", "sample", "--out", sheet, "--size", str(size), "--articles", str(articles), "--by", by, "--seed", str(seed), tables)
    return pathlib.Path(sheet)


def report(*sheets: Folder, precision: float = 0.95) -> str:
    """Precision and recall with 95% intervals, calibration, agreement, and a sentence for a paper.

    sheets: filled by one judge or several.
    precision: tell which confidence to keep for it.
    """
    return run("audit", "report", "--precision", str(precision), *sheets)


def gold(tables: Folder, out: Folder) -> pathlib.Path:
    """The articles that somebody corrected in the browser and called right, as JSON Lines for ``whosaid eval`` and ``train``."""
    run("audit", "gold", "--out", out, tables)
    return pathlib.Path(out)
