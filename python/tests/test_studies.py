"""Runs every query of docs/tables on tables that the program made."""

import pathlib
import re
import subprocess

import pytest

duckdb = pytest.importorskip("duckdb")

ROOT = pathlib.Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "tables").glob("*.md"))


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.S)


@pytest.fixture(scope="session")
def tables(program, tmp_path_factory):
    out = tmp_path_factory.mktemp("studies") / "whosaid-out"
    for command in (
        ["extract", "--quiet", "--progress", "none", "--out", str(out), str(ROOT / "testdata" / "articles")],
        ["link", "--quiet", "--progress", "none", str(out)],
    ):
        subprocess.run([program, *command], check=True)
    return out


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_sql(page, tables, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pathlib.Path("notes.csv").write_text("person_id,note\n0123456789abcdef,a note of one's own\n")
    db = duckdb.connect()
    for query in blocks(page, "sql"):
        for statement in filter(str.strip, query.replace("whosaid-out", str(tables)).split(";")):
            db.execute(statement).fetchall()


def test_views_agree(tables):
    """The view in SQL and the one in Polars have the same rows."""
    polars = pytest.importorskip("polars")
    page = ROOT / "docs" / "tables" / "studies.md"
    db = duckdb.connect()
    db.execute(blocks(page, "sql")[0].replace("whosaid-out", str(tables)))
    rows = db.sql("SELECT quote_id, person, relation, fullest, text_id, is_earliest FROM statements ORDER BY ALL").fetchall()
    scope = {}
    for code in blocks(page, "python"):
        exec(code.replace("whosaid-out", str(tables)), scope)
    columns = ["quote_id", "person", "relation", "fullest", "text_id", "is_earliest"]
    mine = scope["statements"].select(columns).collect().sort(columns).rows()
    assert len(rows) > 100
    assert sorted(map(str, rows)) == sorted(map(str, mine))
    for name in ("voice", "first", "travel", "transparency"):
        assert isinstance(scope[name], polars.DataFrame) and scope[name].height > 0, name
