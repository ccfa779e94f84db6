"""The engines: each test is skipped where its engine is not installed."""

import os
import sys

import pyarrow as pa
import pytest

import whosaid
from whosaid._pipe import rows

TEXTS = [f"“Rain {i},” said Ada Example. The mayor, Bo Lund, denied that snow had fallen." for i in range(40)]


def want():
    return sorted((r["article_id"], r["start"], r["speaker"]) for r in whosaid.extract(table()).quotes.to_pylist())


def table():
    return pa.table({"id": [str(i) for i in range(len(TEXTS))], "text": TEXTS})


def test_spacy():
    spacy = pytest.importorskip("spacy")
    import whosaid.spacy  # noqa: F401  registers the component

    nlp = spacy.blank("en")
    nlp.add_pipe("whosaid")
    docs = list(nlp.pipe(TEXTS[:5]))
    for doc, text in zip(docs, TEXTS):
        q = doc._.quotes[0]
        assert q.speaker == "Ada Example" and q.parts[0].text in text and q.cue.text == "said"


def test_dask():
    dd = pytest.importorskip("dask.dataframe")
    import pandas

    def quotes(frame: pandas.DataFrame) -> pandas.DataFrame:
        return whosaid.extract(frame, workers=1, progress=False).to_pandas()["quotes"]

    meta = quotes(pandas.DataFrame({"id": ["x"], "text": [TEXTS[0]]})).head(0)
    frame = dd.from_pandas(table().to_pandas(), npartitions=4)
    got = frame.map_partitions(quotes, meta=meta).compute()
    assert sorted(zip(got.article_id, got.start, got.speaker)) == want()


def test_ray():
    ray = pytest.importorskip("ray")

    def quotes(batch: pa.Table) -> pa.Table:
        answers = whosaid.Pipe(["quotes"], workers=1).answers(batch.to_batches())
        return pa.Table.from_batches([rows(a, "quotes") for a in answers])

    ray.init(num_cpus=2, include_dashboard=False, ignore_reinit_error=True)
    got = ray.data.from_arrow(table()).map_batches(quotes, batch_format="pyarrow").to_pandas()
    ray.shutdown()
    assert sorted(zip(got.article_id, got.start, got.speaker)) == want()


@pytest.fixture(scope="module")
def session():
    pytest.importorskip("pyspark")
    os.environ["PYSPARK_PYTHON"] = sys.executable  # the workers' Python must have this package
    from pyspark.sql import SparkSession

    s = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
         .config("spark.sql.session.timeZone", "UTC").config("spark.driver.bindAddress", "127.0.0.1")
         .config("spark.driver.host", "127.0.0.1").getOrCreate())
    yield s
    s.stop()


def test_spark(session):
    from whosaid import spark

    df = session.createDataFrame(table().to_pandas()).withColumnRenamed("text", "body").repartition(4)
    got = spark.extract(df, text="body").collect()
    assert sorted((r.article_id, r.start, r.speaker) for r in got) == want()

    found = spark.answers(df, text="body").cache()
    assert found.count() == len(TEXTS) and {r.status for r in found.select("status").collect()} == {"ok"}
    assert spark.rows(found, "entities").where("name = 'Bo Lund'").count() == len(TEXTS)
    with pytest.raises(ValueError, match="no column story"):
        spark.extract(df, text="story")
