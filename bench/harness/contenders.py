"""Who takes part: how each is started, and what must be there."""
import os
import shutil
import subprocess

BENCH = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REPOSITORY = os.path.dirname(BENCH)
PEERS = os.path.join(BENCH, "peers")


class Contender:
    """A program that does the job. Its command writes result.tsv (and the list of names beside it) into the scratch folder, its figures to standard output."""
    floor = False
    good_codes = (0,)

    def __init__(self, name, about, data, program, arguments, needs):
        self.name, self.about, self.data = name, about, data
        self.program, self.arguments, self.needs = program, arguments, needs

    def missing(self):
        return None if shutil.which(self.program) else f"{self.program} is not installed ({self.needs})"

    def command(self, scratch):
        return [self.program, *self.arguments(self.data, os.path.join(scratch, "result.tsv"))]

    def inputs(self):
        return [os.path.join(self.data, name) for name in sorted(os.listdir(self.data)) if name.endswith(".gz")]


class Pandas(Contender):
    def missing(self):
        tried = shutil.which(self.program) and subprocess.run([self.program, "-c", "import pandas"], capture_output=True)
        return None if tried and tried.returncode == 0 else f"{self.program} has no pandas (apt install python3-pandas)"


class DuckDb(Contender):
    def missing(self):
        there = os.path.isdir(os.path.join(PEERS, "node_modules", "@duckdb", "node-api"))
        return super().missing() or (None if there else "DuckDB is not installed (npm ci, in bench/peers)")


class Igzip(Contender):
    """Not a contender but the floor: both tables decompressed to nothing, at once."""
    floor = True

    def command(self, scratch):
        one, other = (f"igzip -dc '{path}' > /dev/null" for path in self.inputs() if path.endswith(".tsv.gz"))
        return ["sh", "-c", f"{one} & first=$!; {other} && wait $first"]


class Cairn(Contender):
    """The flow is copied into the scratch folder first, so that each run starts as a project without runs."""
    good_codes = (0, 1)   # 1: done, and something was found, which is so on this data

    def missing(self):
        if self.program is None:
            self.program = os.path.join(REPOSITORY, "cairn")   # builds itself when it must, which is not to be measured
            if subprocess.run([self.program, "--version"], stdout=subprocess.DEVNULL).returncode:
                return "the program did not build"
        return None if os.path.exists(self.program) else f"{self.program} is not there"

    def command(self, scratch):
        project = os.path.join(scratch, "project")
        os.makedirs(project)
        flow = self.arguments
        shutil.copy(flow, project)
        with open(os.path.join(project, "cairn.yaml"), "w", encoding="utf-8") as f:
            f.write("project: bench\n")
        return [self.program, "run", os.path.join(project, os.path.basename(flow)), "--project", project, "--set", f"data={self.data}",
                "--set", f"out={os.path.join(scratch, 'result.tsv')}", "--yes", "--json"]


def all_contenders(data, variant, cairn):
    node = os.path.join(PEERS, "herbarium_duckdb.mjs")
    contenders = [
        Igzip("igzip", "floor: both tables decompressed to nothing, at once", data, "igzip", None, "apt install isal"),
        Cairn("cairn", "the example's flow, run and recorded", data, cairn, os.path.join(REPOSITORY, "examples", "herbarium-sheets", "herbarium-sheets.flow.yaml"), ""),
        DuckDb("duckdb-limited", "plain SQL, 4 GB, occurrence table joined from its file", data, "node", lambda d, o: [node, d, o, "limited"], "Node.js 20"),
        DuckDb("duckdb-memory", "plain SQL, every table in memory", data, "node", lambda d, o: [node, d, o, "memory"], "Node.js 20"),
        Contender("data.table", "R, every table in memory", data, "Rscript", lambda d, o: [os.path.join(PEERS, "herbarium_datatable.R"), d, o],
                  "apt install r-cran-data.table"),
        Pandas("pandas", "the notebook's steps", data, "/usr/bin/python3", lambda d, o: [os.path.join(PEERS, "herbarium_pandas.py"), d, o],
               "apt install python3-pandas"),
    ]
    if variant:
        flow = os.path.join(variant, "variant.flow.yaml")
        contenders[2:2] = [
            Igzip("igzip-variant", "floor, the variant's tables", variant, "igzip", None, "apt install isal"),
            Cairn("cairn-variant", "another job of the same kind: other names, another order of columns", variant, cairn, flow, ""),
        ]
    return contenders
