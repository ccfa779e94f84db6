"""show: one article with its speakers marked, for notebooks."""

from __future__ import annotations

import html
from typing import Any

from ._extract import Tables, extract

# Colours that keep a contrast of at least 4.5 to 1 for black text (WCAG AA).
_COLOURS = ("#cfe8ff", "#ffe2c4", "#d5f5d0", "#f6d4f0", "#fff3b0", "#d9d6ff", "#ffd6d6", "#cdf3ee")


class Article:
    """An article and what was found in it; a notebook shows it in colour, ``print`` as a list."""

    def __init__(self, text: str, tables: Tables) -> None:
        self.text = text
        self.tables = tables

    @property
    def quotes(self) -> list[dict[str, Any]]:
        """The statements in text order, as dicts of the quotes table's columns."""
        rows: list[dict[str, Any]] = self.tables.quotes.to_pylist()
        return rows

    def __str__(self) -> str:
        return "\n".join(f"{q['speaker'] or 'unknown'}: {q['text']}" for q in self.quotes) or "no statements"

    def _repr_html_(self) -> str:
        quotes = self.quotes
        speakers = list(dict.fromkeys(q["speaker"] for q in quotes if q["speaker"]))
        colour = {s: _COLOURS[i % len(_COLOURS)] for i, s in enumerate(speakers)}
        opens: dict[int, list[str]] = {}
        closes: dict[int, int] = {}
        taken = [False] * len(self.text)
        # The innermost of nested statements gets the colour.
        for q in sorted(quotes, key=lambda q: q["end"] - q["start"]):
            for part in q["parts"]:
                a, b = part["start"], part["end"]
                if any(taken[a:b]):
                    continue
                taken[a:b] = [True] * (b - a)
                who = q["speaker"] or "unknown"
                title = f"{who} · {q['type']} · quote {q['detect_confidence']:.0%}, speaker {q['speaker_confidence']:.0%}"
                style = f"background:{colour.get(q['speaker'], '#e8e8e8')};color:#000"
                opens.setdefault(a, []).append(f'<mark style="{style}" title="{html.escape(title, quote=True)}">')
                closes[b] = closes.get(b, 0) + 1
        out: list[str] = []
        for i, c in enumerate(self.text):
            out.append("</mark>" * closes.get(i, 0))
            out.extend(opens.get(i, ()))
            out.append("<br>" if c == "\n" else html.escape(c))
        out.append("</mark>" * closes.get(len(self.text), 0))
        legend = " ".join(f'<mark style="background:{colour[s]};color:#000">{html.escape(s)}</mark>' for s in speakers)
        return f'<div class="whosaid" style="line-height:1.6"><p>{legend}</p><p>{"".join(out)}</p></div>'


def show(text: str) -> Article:
    """Find the statements of one text; a notebook shows the article with its speakers in colour."""
    tables = extract([text], progress=False)
    stored = tables.articles.column("text")[0].as_py() if tables.articles.num_rows else text
    return Article(stored, tables)
