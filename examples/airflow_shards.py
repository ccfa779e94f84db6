"""Extracts a folder of news by mapped tasks: a plan, sixteen workers, a commit.

A task that fails is simply run again; two of them may even do the same unit.
"""
import os
import subprocess
from datetime import datetime, timedelta, timezone

from airflow.sdk import dag, task

NEWS = os.environ.get("NEWS", "/srv/news")
TABLES = os.environ.get("TABLES", "/srv/tables")
SHARDS = int(os.environ.get("SHARDS", "16"))


def whosaid(*arguments):
    subprocess.run(["whosaid", *arguments, "--log-format", "json"], check=True)


@dag(
    schedule=None,
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    default_args={"retries": 3, "retry_delay": timedelta(seconds=10)},
)
def whosaid_shards():
    @task
    def plan():
        whosaid("plan", "--out", TABLES, "--units", str(4 * SHARDS), NEWS)
        return [f"{i}/{SHARDS}" for i in range(1, SHARDS + 1)]

    @task
    def work(shard):
        whosaid("work", TABLES, "--shard", shard, "--progress", "none")

    @task
    def commit():
        whosaid("commit", TABLES)

    work.expand(shard=plan()) >> commit()


whosaid_shards()
