"""link: the same people, quotations and stories across the articles of a folder of tables."""

from __future__ import annotations

import dataclasses
import os
from typing import Sequence

import pyarrow as pa

from ._binary import run
from ._extract import Folder, read_table
from ._tables import ArrowTables


@dataclasses.dataclass(repr=False)
class Links(ArrowTables):
    """The tables across articles, as pyarrow.Table. docs/tables says what their columns mean."""

    people: pa.Table
    person_links: pa.Table
    person_changes: pa.Table
    quotations: pa.Table
    quotation_links: pa.Table
    copies: pa.Table


def link(*folders: Folder, out: Folder | None = None, people: Folder | None = None, options: Sequence[str] = ()) -> Links:
    """Find the same people, quotations and stories across articles.

    folders: output folders of ``extract(..., out=folder)`` or ``whosaid extract``.
    out: where the tables go; without it, beside those they are made of. Several folders need it.
    people: known people with their Wikidata ids, a file of ``whosaid people build``; without it,
        heads of state and government and the US Congress.
    options: further flags of ``whosaid link``, such as ``["--count-copies-once"]``.

    When the folder has grown, call it again: what is new is linked, and all ids are kept.
    """
    flags = list(options)
    if out is not None:
        flags += ["--out", os.fspath(out)]
    if people is not None:
        flags += ["--people", os.fspath(people)]
    run("link", "--quiet", "--progress", "none", *flags, *folders)
    target = folders[0] if out is None else out
    return Links(**{f.name: read_table(target, f.name) for f in dataclasses.fields(Links)})
