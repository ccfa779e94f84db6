"""A spaCy component that sets ``doc._.quotes``.

    import spacy, whosaid.spacy
    nlp = spacy.blank("en")
    nlp.add_pipe("whosaid")
    nlp("“The bridge will open in May,” said Ada Example.")._.quotes
"""

from __future__ import annotations

import dataclasses
from typing import Any, Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from ._extract import extract


@dataclasses.dataclass
class Quote:
    """A statement of a Doc. ``row`` has all columns of the quotes table; spans cover the tokens they touch."""

    parts: list[Span]
    cue: Span | None
    source: Span | None
    speaker: str | None
    row: dict[str, Any]

    def __repr__(self) -> str:
        return f"Quote({self.speaker or 'unknown'}: {self.row['text']})"


class Whosaid:
    """The component. It reads the text of a Doc alone, whatever stands before it in the pipeline."""

    def __init__(self, workers: int = 0) -> None:
        self.workers = workers
        if not Doc.has_extension("quotes"):
            Doc.set_extension("quotes", default=[])

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        docs: list[Doc] = []
        for doc in stream:
            docs.append(doc)
            if len(docs) == batch_size:
                yield from self._mark(docs)
                docs = []
        if docs:
            yield from self._mark(docs)

    def _mark(self, docs: list[Doc]) -> list[Doc]:
        found = extract([{"id": str(i), "text": d.text} for i, d in enumerate(docs)], workers=self.workers, progress=False,
                        options=["--no-repair", "--field-html", "never", "--language", "any"])  # offsets are the Doc's
        for doc in docs:
            doc._.quotes = []
        for row in found.quotes.to_pylist():
            doc = docs[int(row["article_id"])]

            def span(start: int | None, end: int | None) -> Span | None:
                return None if start is None or end is None else doc.char_span(start, end, alignment_mode="expand")

            parts = [span(p["start"], p["end"]) for p in row["parts"]]
            doc._.quotes.append(Quote([p for p in parts if p is not None], span(row["cue_start"], row["cue_end"]),
                                      span(row["source_start"], row["source_end"]), row["speaker"], row))
        return docs


@Language.factory("whosaid", default_config={"workers": 0})
def _make(nlp: Language, name: str, workers: int) -> Whosaid:
    return Whosaid(workers)
