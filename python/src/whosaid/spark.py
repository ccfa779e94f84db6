"""whosaid on Spark: one kept process per core, Arrow both ways.

    from whosaid import spark
    quotes = spark.extract(articles, text="body", id="url")
    quotes.write.options(**spark.PARQUET).parquet("quotes")

The program must be on every worker: install this package there, or ship it
with the job (``spark.archives``).

A Python worker keeps its program, of 170 to 270 MB, for the tasks to come; both
end together when Spark has had no task for a minute, or ends.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Sequence

import pyarrow as pa

from ._pipe import Pipe

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

#: Options for writing the tables as Parquet with less work. Spark builds a dictionary of every column,
#: and for texts, ids and offsets, which hardly repeat, that costs it more than all else it does here.
PARQUET = {"parquet.enable.dictionary": "false", "compression": "zstd"}

#: The columns of an article that the program reads, in the order of extract's arguments.
_FIELDS = ("text", "id", "title", "url", "outlet", "authors", "published")


def extract(df: "DataFrame", text: str = "text", id: str | None = "id", *, title: str | None = None, url: str | None = None,
            outlet: str | None = None, authors: str | None = None, published: str | None = None,
            table: str = "quotes", options: Sequence[str] = ()) -> "DataFrame":
    """The rows of one table for the articles of df.

    text, id, title, url, outlet, authors, published: the columns of df that hold them; None where
        there is none. An article without an id gets a hash of its text.
    table: quotes, articles, mentions or entities. For several of them make ``answers`` once,
        and take ``rows`` of it.
    options: further flags of ``whosaid pipe``.
    """
    found = answers(df, text, id, title=title, url=url, outlet=outlet, authors=authors, published=published,
                    tables=[table], options=options)
    return rows(found, table)


def answers(df: "DataFrame", text: str = "text", id: str | None = "id", *, title: str | None = None, url: str | None = None,
            outlet: str | None = None, authors: str | None = None, published: str | None = None,
            tables: Sequence[str] = ("articles", "quotes", "mentions", "entities"), options: Sequence[str] = ()) -> "DataFrame":
    """One row per article of df: article_id, status, reason, detail, and a list of rows for each table.

    A record that cannot be read has status ``rejected`` and a reason; nothing is lost in silence.
    """
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema

    named = dict(zip(_FIELDS, (text, id, title, url, outlet, authors, published)))
    missing = [c for c in named.values() if c is not None and c not in df.columns and c != "id"]
    if missing:
        raise ValueError(f"no column {', '.join(missing)}; there are {', '.join(df.columns)}")
    picked = df.select(*[f.col(c).alias(field) for field, c in named.items() if c is not None and c in df.columns])
    schema = from_arrow_schema(_schema(tuple(tables), tuple(options)))
    return picked.mapInArrow(_Task(tables, options), schema)


def rows(found: "DataFrame", table: str) -> "DataFrame":
    """The rows of one table of what ``answers`` gave."""
    from pyspark.sql import functions as f

    return found.select(f.explode(table).alias("row")).select("row.*")


class _Task:
    """What a task does with its batches; it travels to the workers."""

    def __init__(self, tables: Sequence[str], options: Sequence[str]) -> None:
        self.tables, self.options = list(tables), list(options)

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        # One worker: the engine has a task per core already. The next task of this Python worker goes on with it.
        for batch in Pipe(self.tables, 1, self.options, keep=True).answers(batches):
            yield batch.drop_columns(["record"])  # counted anew in every task


@functools.lru_cache(maxsize=None)
def _schema(tables: tuple[str, ...], options: tuple[str, ...]) -> pa.Schema:
    """The schema of answers, as the program on this machine gives it."""
    empty = pa.table({"text": pa.array([""], pa.string())})
    batch: Any = next(iter(Pipe(tables, 1, options).answers(empty.to_batches())))
    return batch.drop_columns(["record"]).schema.remove_metadata()
