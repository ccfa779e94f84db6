"""Spark for real: a standalone cluster on loopback, and what it costs.

    e2e-python.py cluster WORK    a master and two workers of two cores; one is killed in the middle
    e2e-python.py bench WORK N    pairs of the program alone and Spark, N thousand articles and a fifth of them

Needs pyspark, pyarrow and whosaid in the Python that runs it, and Java.
"""

import glob
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
from pyspark.sql import SparkSession

import whosaid
from whosaid import spark
from whosaid._binary import program

ROOT = pathlib.Path(__file__).resolve().parents[1]
STORIES = [p.read_text(encoding="utf-8") for p in sorted((ROOT / "testdata" / "articles").glob("*.txt"))]
TABLES = ("articles", "quotes", "mentions", "entities")
FILES, EACH, LONG = 12, 30, 2400  # one file is much longer, for Spark to start a second time elsewhere


def articles(first, n):
    """n articles under ids of their own, with what makes each text another."""
    return pa.table({
        "id": [f"a{i:06d}" for i in range(first, first + n)],
        "text": [f"{STORIES[i % len(STORIES)]}\n\nThis was story number {i}." for i in range(first, first + n)],
        "outlet": [f"outlet {i % 7}" for i in range(first, first + n)],
    })


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Cluster:
    """A master and its workers, each a process group that can be killed."""

    def __init__(self, work):
        self.work, self.groups = pathlib.Path(work), []
        self.port = free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self._start("Master", "--host", "127.0.0.1", "--port", str(self.port), "--webui-port", "0")
        wait(lambda: opens(self.port), "the master")

    def _start(self, kind, *arguments):
        home = pathlib.Path(pyspark.__file__).parent
        env = dict(os.environ, SPARK_HOME=str(home), SPARK_DAEMON_MEMORY="256m", SPARK_NO_DAEMONIZE="1", SPARK_LOCAL_IP="127.0.0.1")
        log = open(self.work / f"{kind.lower()}-{len(self.groups)}.log", "wb")
        p = subprocess.Popen([str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind.lower()}.{kind}", *arguments],
                             env=env, stdout=log, stderr=log, start_new_session=True)
        self.groups.append(p)

    def worker(self):
        folder = self.work / f"worker-{len(self.groups)}"
        # An address each: Spark starts a task a second time on another host alone.
        self._start("Worker", "--host", f"127.0.0.{len(self.groups)}", "--cores", "2", "--memory", "1g", "--webui-port", "0", "--work-dir", str(folder), self.url)

    def kill(self, i):
        """A power cut: the worker and all that it started are gone."""
        p = self.groups[i]
        try:
            os.killpg(p.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        p.wait()

    def close(self):
        for i in reversed(range(len(self.groups))):
            self.kill(i)


def opens(port):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", port)) == 0


def wait(until, what, seconds=180):
    end = time.time() + seconds
    while not until():
        if time.time() > end:
            raise SystemExit(f"{what} does not come")
        time.sleep(0.05)


def session(master, work, **conf):
    os.environ["PYSPARK_PYTHON"] = sys.executable
    b = (SparkSession.builder.master(master).config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false")
         .config("spark.driver.host", "127.0.0.1")
         .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.memory", "600m").config("spark.executor.memory", "600m")
         .config("spark.sql.session.timeZone", "UTC").config("spark.sql.files.openCostInBytes", str(128 << 20)))  # a task per file
    for name in ("PYTHONPATH", "WHOSAID_PROGRAM"):
        if name in os.environ:
            b = b.config(f"spark.executorEnv.{name}", os.environ[name])
    for k, v in conf.items():
        b = b.config(k.replace("_", "."), v)
    s = b.getOrCreate()
    s.sparkContext.setLogLevel("ERROR")
    return s


def canonical(table):
    """Rows in one order, as JSON: of Arrow from the program or from Spark's Parquet."""
    return sorted(json.dumps(r, sort_keys=True, default=str, ensure_ascii=False) for r in table.to_pylist())


def cluster(work):
    work = pathlib.Path(work)
    for form in ("parquet", "jsonl"):
        (work / form).mkdir(parents=True)
    all_of, first = [], 0
    for i in range(FILES):
        part = articles(first, LONG if i == FILES // 2 else EACH)
        first += part.num_rows
        all_of.append(part)
        pq.write_table(part, work / "parquet" / f"{i:02d}.parquet")
        with open(work / "jsonl" / f"{i:02d}.jsonl", "w", encoding="utf-8") as f:
            f.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in part.to_pylist())
    want = whosaid.extract(pa.concat_tables(all_of), workers=2)
    c = Cluster(work)
    try:
        c.worker()
        c.worker()
        events = work / "events"
        events.mkdir()
        s = session(c.url, work, spark_executor_cores="2", spark_cores_max="6", spark_speculation="true", spark_speculation_quantile="0.3",
                    spark_speculation_multiplier="1.2", spark_speculation_interval="100ms", spark_speculation_minTaskRuntime="100ms",
                    spark_task_maxFailures="8", spark_eventLog_enabled="true", spark_eventLog_dir=f"file://{events}",
                    spark_eventLog_compress="false", spark_eventLog_rolling_enabled="false")
        quotes = spark.extract(s.read.parquet(str(work / "parquet")), text="text", id="id", outlet="outlet")
        killed = killer(s, c, lost=2)
        quotes.write.parquet(str(work / "quotes-out"))
        killed.join()
        compare("Parquet, a worker killed in the middle", pq.read_table(work / "quotes-out"), want.quotes)

        c.worker()  # three are alive now; two are left for speculation
        c.worker()
        found = spark.answers(s.read.json(str(work / "jsonl")), text="text", id="id", outlet="outlet", tables=TABLES)
        killed = killer(s, c, lost=1)
        found.write.parquet(str(work / "answers"))
        killed.join()
        found = s.read.parquet(str(work / "answers"))
        for name in TABLES:
            rows = spark.rows(found, name)
            rows.write.parquet(str(work / f"jsonl-{name}"))
            mine, theirs = getattr(want, name), pq.read_table(work / f"jsonl-{name}")
            compare(f"JSON Lines, a worker killed in the middle: {name}", theirs, mine)
        if not pipes():
            raise SystemExit("no program answers a pipe: this shows nothing of their end")
        s.stop()
        told(events)
    finally:
        c.close()
    wait(lambda: not pipes(), "the end of all programs", 20)
    print("no program is left")


def pipes():
    """The process ids of programs that answer a pipe."""
    found = []
    for cmdline in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            text = pathlib.Path(cmdline).read_bytes()
        except OSError:
            continue
        if text.startswith(f"{program()}\0pipe\0".encode()):  # one that has ended has no command line
            found.append(int(cmdline.split("/")[2]))
    return found


def killer(s, c, lost):
    """Kills a worker when two tasks of the next job are done and others run."""
    tracker, before = s.sparkContext.statusTracker(), set(s.sparkContext.statusTracker().getJobIdsForGroup())

    def middle():
        for job in set(tracker.getJobIdsForGroup()) - before:
            info = tracker.getJobInfo(job)
            for stage in info.stageIds if info else ():
                at = tracker.getStageInfo(stage)
                if at and at.numTasks == FILES and 2 <= at.numCompletedTasks < FILES:
                    print(f"killed a worker with {at.numCompletedTasks} of {FILES} tasks done", flush=True)
                    return True
        return False

    def work():
        wait(middle, "the middle of a job", 300)
        c.kill(lost)

    t = threading.Thread(target=work, daemon=True)
    t.start()
    return t


def compare(what, got, want):
    # source_record counts the articles of a stream, which are a task's here.
    columns = [c for c in want.column_names if c != "source_record"]
    ours, theirs = canonical(want.select(columns)), canonical(got.select(columns))
    if ours != theirs:
        odd = sorted(set(ours) ^ set(theirs))[:2]
        raise SystemExit(f"{what}: {len(theirs)} rows, the program alone has {len(ours)}; {odd}")
    print(f"{what}: the same {len(ours)} rows, none twice", flush=True)


def told(events):
    """That what was asked for did happen: executors lost, tasks started a second time."""
    seen = [json.loads(line) for f in glob.glob(f"{events}/*") for line in open(f, encoding="utf-8")]
    lost = sum(e["Event"] == "SparkListenerExecutorRemoved" for e in seen)
    again = sum(e["Event"] == "SparkListenerTaskStart" and e["Task Info"]["Speculative"] for e in seen)
    failed = sum(e["Event"] == "SparkListenerTaskEnd" and e["Task End Reason"]["Reason"] != "Success" for e in seen)
    print(f"Spark {pyspark.__version__}: {lost} executors lost, {again} tasks started a second time on speculation, {failed} tasks without success")
    if lost < 2:
        raise SystemExit("no two executors were lost: this shows nothing")
    if again == 0:
        print("nothing was started a second time: this shows nothing of speculation")


def processor_time():
    """Seconds of processor time of this process's descendants, with those they have waited for."""
    parent, used = {}, {}
    for stat in glob.glob("/proc/[0-9]*/stat"):
        try:
            text = pathlib.Path(stat).read_text()
        except OSError:
            continue
        pid, fields = int(text.split(" ", 1)[0]), text.rsplit(")", 1)[1].split()
        parent[pid], used[pid] = int(fields[1]), sum(map(int, fields[11:15]))

    def mine(pid):
        while pid in parent:
            pid = parent[pid]
            if pid == os.getpid():
                return True
        return False

    own = os.times()
    return sum(u for pid, u in used.items() if mine(pid)) / os.sysconf("SC_CLK_TCK") + own.children_user + own.children_system


def bench(work, thousands, pairs=3):
    """Pairs of a job with N thousand articles and of one with a fifth: their difference is what grows with the articles."""
    work = pathlib.Path(work)
    sizes = [int(float(thousands) * 200), int(float(thousands) * 1000)]
    for n in sizes:
        (work / f"in-{n}").mkdir(parents=True)
        for i in range(2):
            pq.write_table(articles(i * n // 2, n // 2), work / f"in-{n}" / f"{i}.parquet")
    s = session("local[2]", work)

    def alone(n, out):
        subprocess.run([program(), "extract", "--quiet", "--progress", "none", "--workers", "2", "--out", out, str(work / f"in-{n}")], check=True)

    def engine(n, out):
        spark.answers(s.read.parquet(str(work / f"in-{n}")), tables=TABLES).write.options(**spark.PARQUET).parquet(out)

    engine(sizes[0], str(work / "warm"))
    print("| pair | articles | program alone: s, processor s | Spark: s, processor s | ratio: s, processor s |")
    for pair in range(pairs):
        taken = {}
        for n in sizes:
            for what in (alone, engine) if pair % 2 == 0 else (engine, alone):
                wall, used = time.time(), processor_time()
                what(n, str(work / f"{what.__name__}-{pair}-{n}"))
                taken[what, n] = time.time() - wall, processor_time() - used
        rows = {f"{n:,}": [taken[what, n] for what in (alone, engine)] for n in sizes}
        rows["what grows"] = [tuple(map(float.__sub__, taken[what, sizes[1]], taken[what, sizes[0]])) for what in (alone, engine)]
        for name, (a, e) in rows.items():
            print(f"| {pair + 1} | {name} | {a[0]:.1f}, {a[1]:.1f} | {e[0]:.1f}, {e[1]:.1f} | {e[0] / a[0]:.2f}, {e[1] / a[1]:.2f} |", flush=True)
    lines_of_readme(s, work / f"alone-0-{sizes[0]}")
    s.stop()


def lines_of_readme(s, tables):
    """Runs the README's lines for Spark on tables that the program made."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = text.split("**Spark**", 1)[1].split("```python\n", 1)[1].split("```", 1)[0]
    exec(block.replace("whosaid-out", str(tables)), {"spark": s})


if __name__ == "__main__":
    {"cluster": cluster, "bench": bench}[sys.argv[1]](*sys.argv[2:])
