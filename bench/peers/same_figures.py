#!/usr/bin/env python3
"""Do the figures on standard input equal those of a file?  same_figures.py EXPECTED.json < FIGURES.json"""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as f:
    expected = json.load(f)
expected.pop("scale", None)  # a setting of the set's generator, not a figure
found = json.load(sys.stdin)
wrong = [name for name in {**expected, **found} if expected.get(name) != found.get(name)]
for name in wrong:
    print(f"{name}: expected {expected.get(name)}, found {found.get(name)}")
print(f"{len(expected) - len(wrong)} of {len(expected)} figures equal")
sys.exit(1 if wrong else 0)
