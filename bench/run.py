#!/usr/bin/env python3
"""Runs the herbarium job by Cairn and by its peers on the same data, in turn, and writes what it took.

  run.py --data FOLDER [--rounds 3] [--only cairn,igzip] [--once pandas] [--variant FOLDER] [--cairn PROGRAM]
         [--scratch FOLDER] [--results FOLDER] [--label TEXT]

FOLDER holds the two bundles, the two tables and expected.json. Each round runs every contender once, in an order that moves on by one
each round; those under --once run in the first round only. A run counts only when all its figures equal expected.json and both its output files
equal the first contender's, row by row and in order. See README.md for what is measured and what must be installed."""
import argparse
import datetime
import os
import shutil
import sys
import time

sys.dont_write_bytecode = True   # a benchmark leaves nothing behind but its results
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "harness"))
from contenders import all_contenders
from machine import describe, load
from measure import Wrong, check, measure, tables
import report


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--once", default="")
    parser.add_argument("--variant", help="a folder made by variants.py from the same data")
    parser.add_argument("--cairn", help="the program; default: ./cairn of this repository")
    parser.add_argument("--scratch", default="/var/tmp/cairn-bench")
    parser.add_argument("--results", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "results"))
    parser.add_argument("--label", default="")
    return parser.parse_args()


def main():
    a = arguments()
    chosen = [c for c in all_contenders(os.path.abspath(a.data), a.variant and os.path.abspath(a.variant), a.cairn)
              if not a.only or c.name in a.only.split(",")]
    for contender in chosen:
        missing = contender.missing()
        if missing:
            sys.exit(f"{contender.name}: {missing}")
        for path in contender.inputs():   # every contender finds its files in the page cache, the first one too
            with open(path, "rb") as f:
                while f.read(1 << 22):
                    pass

    runs, first = [], None
    for turn in range(a.rounds):
        order = chosen[turn % len(chosen):] + chosen[:turn % len(chosen)]
        for contender in order:
            if turn > 0 and contender.name in a.once.split(","):
                continue
            scratch = os.path.join(os.path.abspath(a.scratch), contender.name)
            shutil.rmtree(scratch, ignore_errors=True)
            os.makedirs(scratch)
            before = load()
            taken = measure(contender.command(scratch), scratch)
            try:
                if contender.floor:
                    taken["equal"] = taken["code"] == 0
                    if not taken["equal"]:
                        raise Wrong(f"ended with {taken['code']}")
                else:
                    check(contender, taken, scratch)
                    found = tables(scratch)
                    first = first or found
                    if [t[1:] for t in found] != [t[1:] for t in first]:   # the header apart: a variant names its columns otherwise
                        raise Wrong("the output files differ from those of the first contender")
                    taken["equal"] = True
            except Wrong as wrong:
                taken["equal"] = False
                taken["wrong"] = str(wrong)
            runs.append(dict(contender=contender.name, round=turn + 1, load_before=before, **taken))
            print(f"round {turn + 1}  {contender.name:16} {taken['wall']:8.2f} s  {taken['cpu']:8.2f} CPU s  {taken['peak'] / 2**20:8.0f} MB  "
                  f"{'equal' if taken['equal'] else 'NOT EQUAL: ' + taken['wrong']}", flush=True)
            if taken["equal"]:
                shutil.rmtree(scratch, ignore_errors=True)

    stamp = datetime.date.today().isoformat()
    name = f"{stamp}-{os.cpu_count()}" + (f"-{a.label}" if a.label else "")
    os.makedirs(a.results, exist_ok=True)
    report.write(os.path.join(a.results, name), describe(a.data), chosen, runs)
    print(os.path.join(a.results, name + ".md"))
    return 0 if all(run["equal"] for run in runs) else 1


started = time.monotonic()
code = main()
print(f"{time.monotonic() - started:.0f} s in all")
sys.exit(code)
