"""A folder of tables: kept, read again, linked, audited."""

import csv
import pathlib

import pyarrow as pa
import pytest

import whosaid

DAYS = pa.table({
    "id": ["a", "b", "c"],
    "text": ["“The bridge will open in May, whatever the river does,” said Ada Example, the mayor of Oxbow.",
             "Mayor Ada Example was firm. “The bridge will open in May, whatever the river does,” she said.",
             "“Nobody has asked the ferrymen,” said Bo Lund."],
    "outlet": ["Vale Herald", "Oxbow Post", "Vale Herald"],
    "published": ["2030-01-02", "2030-01-03", "2030-02-04"],
})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("corpus") / "tables"
    whosaid.extract(DAYS, out=out)
    return out


def test_a_folder_keeps_what_extract_gives(folder):
    kept, straight = whosaid.read(folder), whosaid.extract(DAYS)
    columns = [c for c in kept.quotes.column_names]
    assert kept.quotes.select(columns).equals(straight.quotes.select(columns))
    assert whosaid.extract(DAYS, out=folder).quotes.equals(kept.quotes)  # nothing left to do
    whosaid._binary.run("verify", folder)
    with pytest.raises(whosaid.WhosaidError, match="another run") as e:
        whosaid.extract(DAYS.slice(1), out=folder)
    assert e.value.code == 4 and len(list((folder / "_input").iterdir())) == 1
    with pytest.raises(whosaid.WhosaidError, match="no output folder"):
        whosaid.read(pathlib.Path(folder) / "quotes")


def test_link(folder):
    links = whosaid.link(folder)
    frames = links.to_polars()
    ada = [p for p in links.people.to_pylist() if p["name"] == "Ada Example"]
    assert len(ada) == 1 and ada[0]["n_articles"] == 2 and frames["people"].height == links.people.num_rows
    assert any(q["n_outlets"] == 2 for q in links.quotations.to_pylist())
    assert whosaid.link(folder).people.equals(links.people)
    with pytest.raises(whosaid.WhosaidError) as e:
        whosaid.link(folder, folder)
    assert e.value.code == 2 and "--out" in str(e.value)


def test_audit(folder, tmp_path):
    sheet = whosaid.audit.sample(folder, tmp_path / "sheet.csv", size=3, articles=1)
    with open(sheet, encoding="utf-8-sig", newline="") as f:
        rows = list(csv.DictReader(f))
    assert len(rows) == 4
    for row in rows:
        if row["row"] == "statement":
            row["statement"], row["speaker_is"] = "right", "right"
        else:
            row["wrong"], row["missed"] = "0", "0"
    with open(tmp_path / "ada.csv", "w", encoding="utf-8", newline="") as f:
        w = csv.DictWriter(f, rows[0].keys())
        w.writeheader()
        w.writerows(rows)
    said = whosaid.audit.report(tmp_path / "ada.csv")
    assert said.startswith("3 of 3 statements judged") and "precision" in said
    with pytest.raises(whosaid.WhosaidError, match="there already"):
        whosaid.audit.sample(folder, sheet)
    with pytest.raises(whosaid.WhosaidError, match="called right"):
        whosaid.audit.gold(folder, tmp_path / "gold.jsonl")
