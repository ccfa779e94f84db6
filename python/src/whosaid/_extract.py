"""extract: texts, data frames or files in, tables out."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import pathlib
import tempfile
from typing import Any, Iterable, Iterator, Sequence, Union

import pyarrow as pa
import pyarrow.parquet

from ._binary import run
from ._errors import WhosaidError
from ._pipe import Pipe, row_schema, rows
from ._tables import ArrowTables

TABLES = ("articles", "quotes", "mentions", "entities")

#: How many articles go to the program at a time.
BATCH = 256


@dataclasses.dataclass(repr=False)
class Tables(ArrowTables):
    """The tables of a run, as pyarrow.Table. docs/tables says what their columns mean.

    rejects holds what could not be read as an article.
    """

    quotes: pa.Table
    articles: pa.Table
    mentions: pa.Table
    entities: pa.Table
    rejects: pa.Table


Folder = Union[str, "os.PathLike[str]"]
Articles = Union[str, "os.PathLike[str]", Iterable[Any], pa.Table, pa.RecordBatch]


def extract(articles: Articles, *, out: Folder | None = None, workers: int = 0, options: Sequence[str] = (),
            progress: bool | None = None) -> Tables:
    """Find who said what.

    articles: a text; a list of texts and dicts (text, id, title, url, outlet, authors,
        published); a pandas, Polars or Arrow table with such columns; or the path of a file
        or folder that ``whosaid extract`` reads (text, JSON Lines, CSV, Parquet, HTML, WARC, ...).
    out: a folder that keeps the tables as Parquet, for ``link``, ``audit`` and ``read``; a run that
        was stopped goes on there.
    workers: threads; 0 means one per core.
    options: further flags of the program, such as ``["--types", "direct,mixed"]``.
    progress: show a bar (needs tqdm); None shows one in a notebook.

    Raises WhosaidError when the program ends with an error, TypeError for what holds no articles.
    A record that cannot be read is a row of ``rejects``, never an exception.
    """
    if isinstance(articles, os.PathLike):
        return _from_files([os.fspath(articles)], workers, options, out)
    if isinstance(articles, str):
        if _is_file(articles):
            return _from_files([articles], workers, options, out)
        articles = [articles]
    table = _as_table(articles)
    if out is not None:
        return _kept(table, workers, options, out)
    return _from_table(table, workers, options, progress)


def _is_file(s: str) -> bool:
    """Whether a string names a file or folder; a text never does."""
    try:
        return len(s) < 4096 and "\n" not in s and pathlib.Path(s).exists()
    except OSError:
        return False


def _as_table(articles: Any) -> pa.Table:
    if isinstance(articles, pa.Table):
        return articles
    if isinstance(articles, pa.RecordBatch):
        return pa.Table.from_batches([articles])
    kind = type(articles).__module__.split(".")[0]
    if kind == "pandas":
        frame = articles.to_frame("text") if type(articles).__name__ == "Series" else articles
        return pa.Table.from_pandas(frame, preserve_index=False)
    if kind == "polars":
        return (articles.to_frame("text") if type(articles).__name__ == "Series" else articles).to_arrow()
    listed = list(articles)
    if all(isinstance(a, str) for a in listed):
        return pa.table({"text": pa.array(listed, pa.large_string())})
    if all(isinstance(a, (str, dict)) for a in listed):
        rows = [{"text": a} if isinstance(a, str) else a for a in listed]
        fields = dict.fromkeys(name for row in rows for name in row)  # not those of the first alone
        return pa.Table.from_pylist([{name: row.get(name) for name in fields} for row in rows])
    raise TypeError("articles are texts, dicts, a pandas, Polars or Arrow table, or a path; "
                    f"this is a list with {', '.join(sorted({type(a).__name__ for a in listed}))}")


def _batches(table: pa.Table, bar: Any) -> Iterator[pa.RecordBatch]:
    for batch in table.to_batches(max_chunksize=BATCH):
        yield batch
        if bar is not None:
            bar.update(batch.num_rows)


def _from_table(table: pa.Table, workers: int, options: Sequence[str], progress: bool | None) -> Tables:
    bar = _bar(table.num_rows, progress)
    parts: dict[str, list[pa.RecordBatch]] = {t: [] for t in TABLES}
    rejects: list[dict[str, Any]] = []
    schema = None
    pipe = Pipe(TABLES, workers, options)
    for answers in pipe.answers(_batches(table, bar), table.schema):
        schema = answers.schema
        for t in TABLES:
            parts[t].append(rows(answers, t))
        for row in answers.select(["record", "status", "reason", "detail"]).to_pylist():
            if row["status"] == "rejected":
                rejects.append({"source_path": "-", "source_record": row["record"], "reason": row["reason"], "detail": row["detail"] or ""})
    if bar is not None:
        bar.close()
    if schema is None:
        schema = _empty_schema()
    return Tables(rejects=pa.Table.from_pylist(rejects, _REJECTS),
                  **{t: pa.Table.from_batches(parts[t], row_schema(schema, t)) for t in TABLES})


_REJECTS = pa.schema([("source_path", pa.string()), ("source_record", pa.int64()), ("reason", pa.string()), ("detail", pa.string())])


def _empty_schema() -> pa.Schema:
    """The schema of answers, as the program gives it for one empty article."""
    table = pa.table({"text": pa.array([""], pa.string())})
    return next(Pipe(TABLES, 1).answers(table.to_batches())).schema


def _bar(total: int, progress: bool | None) -> Any:
    if progress is None:
        progress = _in_notebook()
    if not progress:
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm(total=total, unit="article")


def _in_notebook() -> bool:
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    shell = get_ipython()
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"


def _from_files(paths: list[str], workers: int, options: Sequence[str], out: Folder | None) -> Tables:
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out") if out is None else out
        run("extract", "--quiet", "--progress", "none", "--out", out, "--workers", str(workers), *options, *paths)
        return read(out)


def _kept(table: pa.Table, workers: int, options: Sequence[str], out: Folder) -> Tables:
    """The tables of articles in memory, in a folder that keeps the articles too, under their content's name."""
    sink = pa.BufferOutputStream()
    pyarrow.parquet.write_table(table.replace_schema_metadata(None), sink)
    content = sink.getvalue().to_pybytes()
    path = pathlib.Path(out).absolute() / "_input" / f"articles-{hashlib.sha256(content).hexdigest()[:16]}.parquet"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}")
        part.write_bytes(content)
        part.replace(path)
        try:
            return _from_files([str(path)], workers, options, out)
        except WhosaidError as e:
            if e.code in _REFUSED:
                path.unlink()
            raise
    return _from_files([str(path)], workers, options, out)


#: Exit codes of a run that has not begun: wrong usage, and a folder of other articles or settings.
_REFUSED = (2, 4)


def read(folder: Folder) -> Tables:
    """The tables in an output folder of ``whosaid extract``, with all of its partitions."""
    return Tables(**{f.name: read_table(folder, f.name) for f in dataclasses.fields(Tables)})


def read_table(folder: Folder, name: str) -> pa.Table:
    path = pathlib.Path(folder) / name
    if not path.is_dir():
        raise WhosaidError(f"{os.fspath(folder)} has no table {name}: it is no output folder of whosaid")
    # The key of the folders, if there is one, is a column of the files or none of the program's.
    return pyarrow.parquet.read_table(path, partitioning=None)
