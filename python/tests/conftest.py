import pathlib
import subprocess

import pytest

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="session", autouse=True)
def program(tmp_path_factory):
    """The program of this source, unless an installed wheel brings its own."""
    import os

    import whosaid._binary as binary

    try:
        yield binary.program()
        return
    except binary.ProgramNotFound:
        pass
    built = tmp_path_factory.mktemp("bin") / "whosaid"
    subprocess.run(["go", "build", "-o", str(built), "./cmd/whosaid"], cwd=ROOT, check=True)
    os.environ["WHOSAID_PROGRAM"] = str(built)
    yield str(built)
