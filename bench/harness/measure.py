"""One run: what it took, and whether what came out is right."""
import csv
import json
import os
import subprocess
import sys


class Wrong(Exception):
    """What came out is not what had to come out; the text says how."""


def measure(command, scratch):
    """Wall seconds, CPU seconds (user and system, of the process and all it waited for), and the resident peak in bytes of the largest of these processes.

    A process begins with the peak of the one that started it, so it is started by a small one (one.py), not by this."""
    usage = os.path.join(scratch, "usage.json")
    with open(os.path.join(scratch, "stdout"), "wb") as out, open(os.path.join(scratch, "stderr"), "wb") as err:
        one = os.path.join(os.path.dirname(os.path.abspath(__file__)), "one.py")
        subprocess.run([sys.executable, "-I", "-S", one, usage, *command], stdout=out, stderr=err, stdin=subprocess.DEVNULL, cwd=scratch, check=True)
    with open(usage, encoding="utf-8") as f:
        return json.load(f)


def check(contender, taken, scratch):
    if taken["code"] not in contender.good_codes:
        with open(os.path.join(scratch, "stderr"), encoding="utf-8", errors="replace") as f:
            raise Wrong(f"ended with {taken['code']}: {f.read()[-300:].strip()}")
    with open(os.path.join(contender.data, "expected.json"), encoding="utf-8") as f:
        expected = json.load(f)
    expected.pop("scale", None)   # a setting of the set's generator, not a figure
    with open(os.path.join(scratch, "stdout"), encoding="utf-8") as f:
        found = json.load(f)
    found = found.get("figures", found)   # Cairn prints them within its report
    wrong = [name for name in {**expected, **found} if found.get(name) != expected.get(name)]
    if wrong:
        raise Wrong(f"{len(wrong)} figures differ: " + "; ".join(f"{n}: {found.get(n)} for {expected.get(n)}" for n in wrong[:3]))
    taken["figures"] = len(expected)


def tables(scratch):
    """Both output files as rows of cells: one writer may quote a cell that another need not."""
    return [rows(os.path.join(scratch, name)) for name in ("result.tsv", "barcodes_from_figshare.tsv")]


def rows(path):
    if not os.path.exists(path):
        raise Wrong(f"{os.path.basename(path)} was not written")
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.reader(f, delimiter="\t"))
