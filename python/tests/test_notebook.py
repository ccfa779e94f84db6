"""The notebook of docs, without Jupyter: its cells one after the other. make e2e runs it in a kernel."""

import json
import pathlib

import pytest

NOTEBOOK = pathlib.Path(__file__).parents[2] / "docs" / "who-is-quoted.ipynb"


def test_cells(monkeypatch):
    matplotlib = pytest.importorskip("matplotlib")
    pytest.importorskip("pandas")
    matplotlib.use("Agg")
    monkeypatch.chdir(NOTEBOOK.parent)
    scope = {}
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), scope)
    months, plot = scope["by_month"], scope["left"]
    assert list(months.index) == ["2030-07", "2030-08", "2030-12", "2031-01"]
    assert months["women"].sum() >= 10 and months["men"].sum() >= 10
    assert sum(bar.get_height() for bar in plot.patches) == len(scope["said"]) == months.sum().sum()
    assert scope["said"].person_id.notna().mean() > 0.9
    matplotlib.pyplot.close("all")
