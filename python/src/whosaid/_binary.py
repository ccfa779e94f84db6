"""Finds the program."""

from __future__ import annotations

import functools
import os
import pathlib
import shutil
import subprocess
import sys

from ._errors import ProgramNotFound, WhosaidError


def program() -> str:
    """The path of the program: WHOSAID_PROGRAM, the one in this package, or the one on PATH."""
    told = os.environ.get("WHOSAID_PROGRAM")
    if told:
        if not pathlib.Path(told).is_file():
            raise ProgramNotFound(f"WHOSAID_PROGRAM names {told}, which is no file")
        return told
    own = pathlib.Path(__file__).parent / "bin" / ("whosaid.exe" if os.name == "nt" else "whosaid")
    if own.is_file():
        return str(own)
    # A script of this package on PATH would call itself for ever.
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = shutil.which("whosaid", path=folder)
        if found and not _is_script(found):
            return found
    raise ProgramNotFound("no program whosaid is found: install a wheel of this package, put whosaid on PATH, "
                          "or set WHOSAID_PROGRAM to its path")


def _is_script(path: str) -> bool:
    with open(path, "rb") as f:
        return f.read(2) == b"#!"


def run(*arguments: str | os.PathLike[str]) -> str:
    """Run the program to its end and give what it printed; an error of its is a WhosaidError."""
    done = subprocess.run([program(), *(os.fspath(a) for a in arguments)], stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise WhosaidError(said or "the program ended with an error", done.returncode, said)
    return done.stdout.decode("utf-8")


@functools.lru_cache(maxsize=None)
def program_version() -> str:
    """What the program says of its version."""
    return run("version").strip()


def main() -> None:
    """The command whosaid of this package: the program itself."""
    path = program()
    if os.name == "nt":
        sys.exit(subprocess.call([path, *sys.argv[1:]]))
    os.execv(path, [path, *sys.argv[1:]])
