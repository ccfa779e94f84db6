"""What all sets of tables can do."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    import pandas
    import polars


class ArrowTables:
    """A dataclass whose fields are tables."""

    def _named(self) -> dict[str, pa.Table]:
        return {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}  # type: ignore[arg-type]

    def to_pandas(self) -> dict[str, "pandas.DataFrame"]:
        """The tables as pandas data frames, by name. Columns of integers that may be null are Int32."""
        import pandas

        nullable: dict[Any, Any] = {pa.int32(): pandas.Int32Dtype(), pa.int64(): pandas.Int64Dtype()}
        return {name: t.to_pandas(types_mapper=nullable.get) for name, t in self._named().items()}

    def to_polars(self) -> dict[str, "polars.DataFrame"]:
        """The tables as Polars data frames, by name."""
        import polars

        frames: dict[str, Any] = {name: polars.from_arrow(t) for name, t in self._named().items()}
        return frames

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {t.num_rows}" for name, t in self._named().items())
        return f"{type(self).__name__}({counts})"
