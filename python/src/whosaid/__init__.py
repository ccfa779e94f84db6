"""Who said what, in every article of a news corpus.

    import whosaid

    tables = whosaid.extract(["“The bridge will open in May,” said Ada Example."])
    tables.quotes.to_pandas()

The work is done by the program whosaid, which comes with this package; this
is a thin layer around it. Offsets in the tables are code points, as Python's
strings count: ``text[row["start"]:row["end"]]``.
"""

from . import audit
from ._binary import program_version
from ._errors import ProgramNotFound, WhosaidError
from ._extract import Tables, extract, read
from ._link import Links, link
from ._pipe import Pipe
from ._show import Article, show

__all__ = ["Article", "Links", "Pipe", "ProgramNotFound", "Tables", "WhosaidError", "audit", "extract", "link", "program_version",
           "read", "show"]
