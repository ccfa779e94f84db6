"""A kept process: Arrow record batches of articles in, answers out."""

from __future__ import annotations

import queue
import subprocess
import tempfile
import threading
from typing import IO, Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.ipc

from ._binary import program
from ._errors import WhosaidError

#: The version of the protocol that this module speaks (docs/pipe.md).
PROTOCOL = b"1"


class Pipe:
    """One process ``whosaid pipe``, kept for many articles.

    tables: which tables' rows are wanted, of articles, quotes, mentions, entities.
    workers: threads of the program; 0 means one per core.
    options: further flags of ``whosaid pipe``, such as ``["--types", "direct"]``.
    """

    def __init__(self, tables: Sequence[str] = ("quotes",), workers: int = 0, options: Sequence[str] = ()) -> None:
        self.tables = list(tables)
        self._command = [program(), "pipe", "--format", "arrow", "--quiet", "--tables", ",".join(self.tables),
                         "--workers", str(workers), *options]

    def answers(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema | None = None) -> Iterator[pa.RecordBatch]:
        """Answers to the rows of batches: one row per article, in order, as docs/pipe.md has it.

        Raises WhosaidError when the program ends with an error or the stream is not whole.
        """
        log = tempfile.TemporaryFile()
        process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        failed: "queue.SimpleQueue[BaseException]" = queue.SimpleQueue()
        assert process.stdin is not None and process.stdout is not None  # both are pipes
        feeder = threading.Thread(target=_feed, args=(process.stdin, batches, schema, failed), daemon=True)
        feeder.start()
        done = False
        try:
            try:
                with pa.ipc.open_stream(process.stdout) as reader:
                    _check(reader.schema)
                    for batch in reader:
                        if batch.num_rows:
                            yield batch
                done = True
            except (pa.ArrowInvalid, OSError) as broken:
                process.wait()
                raise self._error(process, log, f"the answers end in the middle: {broken}") from None
            finally:
                if not done:
                    process.kill()
                process.wait()
                process.stdout.close()
            feeder.join()
            if not failed.empty():
                raise failed.get()
            if process.returncode != 0:
                raise self._error(process, log, "the program ended with an error")
        finally:
            log.close()

    def _error(self, process: subprocess.Popen[bytes], log: IO[bytes], what: str) -> WhosaidError:
        log.seek(0)
        said = log.read().decode("utf-8", "replace").strip()
        return WhosaidError(f"{what} (exit code {process.returncode}): {said or 'it said nothing'}", process.returncode, said)


def _feed(stdin: IO[bytes], batches: Iterable[pa.RecordBatch], schema: pa.Schema | None,
          failed: "queue.SimpleQueue[BaseException]") -> None:
    """Writes batches to the program; whatever goes wrong on this side ends its input early."""
    try:
        writer = None
        for batch in batches:
            if writer is None:
                writer = pa.ipc.new_stream(stdin, schema or batch.schema)
            writer.write_batch(batch)
        if writer is not None:
            writer.close()
    except BrokenPipeError:
        pass  # the program has ended; its exit code says why
    except BaseException as e:  # raised again by the reading side
        failed.put(e)
    finally:
        try:
            stdin.close()
        except BrokenPipeError:
            pass


def _check(schema: pa.Schema) -> None:
    spoken = (schema.metadata or {}).get(b"whosaid_pipe")
    if spoken != PROTOCOL:
        raise WhosaidError(f"the program speaks version {spoken!r} of the pipe, this package {PROTOCOL!r}; install both of one release")


def rows(answers: pa.RecordBatch, table: str) -> pa.RecordBatch:
    """The rows of one table in answers, without the articles around them."""
    return pa.RecordBatch.from_struct_array(answers.column(table).flatten())


def row_schema(answers: pa.Schema, table: str) -> pa.Schema:
    """The columns of one table, off the schema of answers."""
    return pa.schema(list(answers.field(table).type.value_type))
