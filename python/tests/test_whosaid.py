import os
import pathlib
import signal
import subprocess
import sys
import textwrap
import time

import pyarrow as pa
import pytest

import whosaid

ARTICLES = pathlib.Path(__file__).parents[2] / "testdata" / "articles"
BRIDGE = "“The bridge will open in May,” said Ada Example. 🙂 She declined to comment on the price."


def test_texts_and_dicts():
    tables = whosaid.extract([BRIDGE, BRIDGE])
    assert tables.articles.num_rows == 2
    first = tables.quotes.to_pylist()[0]
    assert first["speaker"] == "Ada Example" and first["polarity"] == "affirmed"
    assert BRIDGE[first["start"]:first["end"]] == first["text"]
    tables = whosaid.extract([{"id": "a", "text": BRIDGE, "outlet": "Vale Herald", "published": "2026-03-01"}])
    row = tables.quotes.to_pylist()[0]
    assert (row["article_id"], row["outlet"], row["published"].year) == ("a", "Vale Herald", 2026)
    mixed = whosaid.extract([BRIDGE, {"id": "a", "text": BRIDGE, "outlet": "Vale Herald"}]).articles.to_pylist()
    assert [r["outlet"] for r in mixed] == [None, "Vale Herald"] and mixed[1]["article_id"] == "a"


def test_one_text_and_none():
    assert whosaid.extract(BRIDGE).quotes.num_rows >= 1
    empty = whosaid.extract([])
    assert empty.quotes.num_rows == 0 and "speaker" in empty.quotes.column_names


def test_frames_agree():
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    data = {"id": ["a", "b"], "text": [BRIDGE, "“Rain,” said Bo Lund."]}
    want = whosaid.extract(pa.table(data)).quotes
    assert whosaid.extract(pandas.DataFrame(data)).quotes.equals(want)
    assert whosaid.extract(polars.DataFrame(data)).quotes.equals(want)
    tables = whosaid.extract(pa.table(data))
    frame = tables.to_pandas()["quotes"]
    assert str(frame.cue_start.dtype) == "Int32" and list(frame.speaker) == list(tables.to_polars()["quotes"]["speaker"])


def test_files_give_the_same_statements():
    files = whosaid.extract(ARTICLES)
    assert files.articles.num_rows == 45
    texts = {r["article_id"]: r["text"] for r in files.articles.to_pylist()}
    again = whosaid.extract([{"id": i, "text": t} for i, t in texts.items()], options=["--no-repair", "--field-html", "never"])
    key = lambda t: sorted((r["article_id"], r["start"], r["end"], r["type"]) for r in t.quotes.to_pylist())
    # Titles, which the dicts leave out, help to find names and no statements.
    assert key(again) == key(files)
    for r in files.quotes.to_pylist():
        for p in r["parts"]:
            assert texts[r["article_id"]][p["start"]:p["end"]] in r["text"]


def test_what_cannot_be_read_is_a_reject():
    tables = whosaid.extract([{"id": "a", "text": BRIDGE}, {"id": "b", "text": "x" * 5_000_000}])
    assert [r["reason"] for r in tables.rejects.to_pylist()] == ["too_large"]
    assert tables.articles.num_rows == 1


def test_errors_are_exceptions(tmp_path, monkeypatch):
    with pytest.raises(whosaid.WhosaidError) as e:
        whosaid.extract([BRIDGE], options=["--types", "sung"])
    assert e.value.code == 2 and "sung" in str(e.value)
    (tmp_path / "empty").mkdir()
    with pytest.raises(whosaid.WhosaidError):
        whosaid.extract(tmp_path / "empty")
    with pytest.raises(TypeError):
        whosaid.extract([1, 2])
    monkeypatch.setenv("WHOSAID_PROGRAM", str(tmp_path / "nowhere"))
    with pytest.raises(whosaid.ProgramNotFound):
        whosaid.extract([BRIDGE])


def test_a_fault_of_the_caller_comes_back():
    def batches():
        yield pa.record_batch({"text": [BRIDGE]})
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        list(whosaid.Pipe().answers(batches()))


def test_many_articles_in_order():
    n = 3000
    ids = []
    table = pa.table({"id": [str(i) for i in range(n)], "text": [f"“Rain {i},” said Bo Lund." for i in range(n)]})
    for batch in whosaid.Pipe(workers=4).answers(table.to_batches(max_chunksize=100)):
        ids += batch.column("article_id").to_pylist()
    assert ids == [str(i) for i in range(n)]


def test_show_marks_what_it_finds():
    shown = whosaid.show("<b>“Rain,” said Bo Lund.</b>\nNobody else spoke.")
    page = shown._repr_html_()
    assert "<mark" in page and "Bo Lund" in page and "<b>" not in page
    assert "Bo Lund: " in str(shown)


def test_kept_process():
    kept = whosaid.Pipe(["quotes"], 1, keep=True)
    batches = pa.table({"id": ["a", "b"], "text": ["“Rain,” said Bo Lund.", "“Snow,” said Ada Example."]}).to_batches(max_chunksize=1)
    process = []
    for _ in range(3):  # streams one behind the other, each counted from 0
        got = pa.Table.from_batches(kept.answers(batches))
        assert got.column("record").to_pylist() == [0, 1] and got.column("article_id").to_pylist() == ["a", "b"]
        process += [p.popen.pid for p in whosaid._pipe._Process._left[os.getpid(), kept._command]]
    assert len(set(process)) == 1 and len(process) == 3

    answers = kept.answers(batches)
    next(answers)
    answers.close()  # what is not read to its end is not kept
    assert not whosaid._pipe._Process._left[os.getpid(), kept._command]
    assert sum(b.num_rows for b in kept.answers(batches)) == 2
    assert list(kept.answers([])) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_no_process_outlives_its_parent():
    parent = subprocess.Popen([sys.executable, "-c", textwrap.dedent("""
        import itertools, os, time
        import pyarrow as pa
        import whosaid
        batch = pa.record_batch({"text": ["“Rain,” said Bo Lund."]})
        pipe = whosaid.Pipe(["quotes"], 1, keep=True)
        under_way = pipe.answers(itertools.repeat(batch))
        next(under_way)
        list(pipe.answers([batch]))  # is left now
        programs = [p.popen.pid for p in whosaid._pipe._Process._all]
        child = os.fork()
        if child:
            print(*programs, child, flush=True)
        time.sleep(600)
    """)], stdout=subprocess.PIPE, text=True)
    try:
        *programs, child = map(int, parent.stdout.readline().split())
        try:
            assert len(programs) == 2 and all(map(runs, programs))
            parent.kill()
            end = time.monotonic() + 20
            while any(map(runs, programs)) and time.monotonic() < end:
                time.sleep(0.02)
            assert not any(map(runs, programs)), "a program outlives the process that started it"
            assert runs(child), "its fork, which sleeps on, kept no program"
        finally:
            os.kill(child, signal.SIGKILL)
    finally:
        parent.kill()
        parent.communicate()


def runs(pid):
    """Whether a process runs: one that has ended may wait for somebody to ask for its code."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return state != "" and not state.startswith("Z")
