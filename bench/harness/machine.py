"""What the runs ran on."""
import json
import os
import platform
import shutil
import subprocess


def load():
    return os.getloadavg()[0]


def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        return (done.stdout or done.stderr).strip().splitlines()[0]
    except (OSError, IndexError, subprocess.TimeoutExpired):
        return None


def describe(data):
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        model = next((line.split(":", 1)[1].strip() for line in f if line.startswith("model name")), platform.machine())
    with open("/proc/meminfo", encoding="utf-8") as f:
        memory = int(f.readline().split()[1]) * 1024
    with open(os.path.join(data, "expected.json"), encoding="utf-8") as f:
        expected = json.load(f)
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "..", "peers", "package.json"), encoding="utf-8") as f:
        duckdb = json.load(f)["dependencies"]["@duckdb/node-api"]
    return dict(
        processor=model, cores=os.cpu_count(), memory=memory, system=platform.platform(),
        multimedia_rows=expected["multimedia_rows"], occurrence_rows=expected["occurrence_rows"],
        compressed_bytes=sum(os.path.getsize(os.path.join(data, n)) for n in os.listdir(data) if n.endswith(".tsv.gz")),
        commit=first_line("git", "-C", here, "rev-parse", "--short", "HEAD"),
        versions={
            "dotnet": first_line("dotnet", "--version"), "node": first_line("node", "--version"), "@duckdb/node-api": duckdb,
            "pandas": first_line("/usr/bin/python3", "-c", "import pandas; print(pandas.__version__)"),
            "data.table": first_line("Rscript", "-e", "cat(as.character(packageVersion('data.table')))") if shutil.which("Rscript") else None,
            "igzip": first_line("igzip", "--version"),
        })
