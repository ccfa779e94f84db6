"""A kept process: Arrow record batches of articles in, answers out."""

from __future__ import annotations

import itertools
import os
import queue
import subprocess
import tempfile
import threading
import weakref
from typing import IO, Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.ipc

from ._binary import program
from ._errors import WhosaidError

#: The version of the protocol that this module speaks (docs/pipe.md).
PROTOCOL = b"1"


class Pipe:
    """A process ``whosaid pipe``, for many articles.

    tables: which tables' rows are wanted, of articles, quotes, mentions, entities.
    workers: threads of the program; 0 means one per core.
    options: further flags of ``whosaid pipe``, such as ``["--types", "direct"]``.
    keep: leave the process for the next ``answers`` of this Python process with the same arguments, of
        this Pipe or another, which saves its start of 0.2 s. It ends when this Python process does, however
        that ends; until then it holds its memory, 170 to 270 MB.
    """

    def __init__(self, tables: Sequence[str] = ("quotes",), workers: int = 0, options: Sequence[str] = (), *, keep: bool = False) -> None:
        self.tables = list(tables)
        self.keep = keep
        self._command = (program(), "pipe", "--format", "arrow", "--quiet", "--tables", ",".join(self.tables),
                         "--workers", str(workers), *options)

    def answers(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema | None = None) -> Iterator[pa.RecordBatch]:
        """Answers to the rows of batches: one row per article, in order, as docs/pipe.md has it.

        Raises WhosaidError when the program ends with an error or the stream is not whole.
        """
        rest = iter(batches)
        first = next(rest, None)
        if first is None:
            return
        process = _Process.of(self._command)
        failed: "queue.SimpleQueue[BaseException]" = queue.SimpleQueue()
        feeder = threading.Thread(target=_feed, args=(process.stdin, itertools.chain([first], rest), schema or first.schema, self.keep, failed),
                                  daemon=True)
        feeder.start()
        done = False
        try:
            with pa.ipc.open_stream(process.stdout) as reader:
                _check(reader.schema)
                for batch in reader:
                    if batch.num_rows:
                        yield batch
            feeder.join()
            if not failed.empty():
                raise failed.get()
            done = self.keep or process.end() == 0
            if not done:
                raise process.error("the program ended with an error")
        except (pa.ArrowInvalid, OSError) as broken:
            process.end()
            raise process.error(f"the answers end in the middle: {broken}") from None
        finally:
            if not done:
                process.kill()
            elif self.keep:
                process.leave()


class _Process:
    """A program that runs, and its log. Where it is kept, it answers stream after stream."""

    _left: "dict[tuple[int, tuple[str, ...]], list[_Process]]" = {}  # by this process's id: a fork shares none
    _all: "weakref.WeakSet[_Process]" = weakref.WeakSet()

    def __init__(self, command: tuple[str, ...]) -> None:
        self.command = command
        self.log = tempfile.TemporaryFile()
        self.popen = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)
        assert self.popen.stdin is not None and self.popen.stdout is not None  # both are pipes
        self.stdin, self.stdout = self.popen.stdin, self.popen.stdout
        self._all.add(self)

    @classmethod
    def of(cls, command: tuple[str, ...]) -> "_Process":
        """One that was left and still runs, or a new one."""
        left = cls._left.get((os.getpid(), command), [])
        while True:
            try:
                process = left.pop()  # no two threads get the same
            except IndexError:
                return cls(command)
            if process.popen.poll() is None:
                return process
            process.kill()

    def leave(self) -> None:
        """For the next who asks for one."""
        self._left.setdefault((os.getpid(), self.command), []).append(self)

    @classmethod
    def let_go(cls) -> None:
        """A forked child lets go of the programs, for each ends with who started it only where nobody else holds its pipes."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for process in cls._all:
            for end in (process.stdin, process.stdout):
                if not end.closed:
                    os.dup2(nothing, end.fileno(), inheritable=False)  # closing it would write what waits in its buffer
        os.close(nothing)
        cls._left.clear()

    def end(self) -> int:
        """Its exit code, once its input has ended or it has."""
        try:
            self.stdin.close()
        except OSError:
            pass
        return self.popen.wait()

    def kill(self) -> None:
        self.popen.kill()
        self.end()
        self.stdout.close()
        self.log.close()

    def error(self, what: str) -> WhosaidError:
        self.log.seek(0)
        said = self.log.read().decode("utf-8", "replace").strip()
        code = self.popen.returncode
        return WhosaidError(f"{what} (exit code {code}): {said or 'it said nothing'}", code, said)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_Process.let_go)


def _feed(stdin: IO[bytes], batches: Iterable[pa.RecordBatch], schema: pa.Schema, keep: bool,
          failed: "queue.SimpleQueue[BaseException]") -> None:
    """Writes batches to the program; whatever goes wrong on this side ends its input early."""
    whole = False
    try:
        with pa.ipc.new_stream(stdin, schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        stdin.flush()
        whole = True
    except BrokenPipeError:
        pass  # the program has ended; its exit code says why
    except BaseException as e:  # raised again by the reading side
        failed.put(e)
    finally:
        if not (keep and whole):
            try:
                stdin.close()
            except OSError:
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
