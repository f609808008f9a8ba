#!/usr/bin/env python3
"""Another job of the same kind, made of the same rows: no name that the example's flow uses is left.

  variants.py DATA OUT

Columns are renamed and stand in the opposite order, the museum is another, the word before the number is another, so are the key and the
files. OUT gets the two bundles, the two tables, expected.json, and variant.flow.yaml, which is the example's flow with these names. What is fast for the
example and slow here would be fast for the wrong reason."""
import json
import os
import re
import shutil
import subprocess
import sys

FILES = {
    "stained.tar.gz": "first-box.tar.gz", "unstained.tar.gz": "second-box.tar.gz",
    "nmnh_multimedia_1_35.tsv.gz": "pictures.tsv.gz", "nmnh_occurrence_1_35.tsv.gz": "objects.tsv.gz",
}
NAMES = {
    "id": "objectKey", "accessURI": "pictureLink", "rights": "permission", "licenseLogoURL": "badge", "source": "room", "creator": "maker",
    "providerLiteral": "holder", "description": "caption", "barcode": "accession", "stain_status": "box", "institutionCode": "owner",
    "catalogNumber": "shelfMark", "recordedBy": "gatheredBy", "year": "y", "month": "m", "day": "d", "verbatimEventDate": "dateAsWritten",
    "country": "state", "stateProvince": "province", "county": "district", "locality": "spot", "identifiedBy": "namedBy", "scientificName": "taxon",
}
MUSEUM, OTHER = "Smithsonian Institution, NMNH, ", "Example Museum: "
DIVISION, BANK = "Botany", "seed bank and drying room"


def provider(name):
    return OTHER + (BANK if name == MUSEUM + DIVISION else name[len(MUSEUM):]) if name.startswith(MUSEUM) else name


def flow(text):
    text = re.sub(r"\b(" + "|".join(NAMES) + r")\b", lambda m: NAMES[m[0]], text)
    text = text.replace(MUSEUM + DIVISION, OTHER + BANK)
    for name, other in FILES.items():
        text = text.replace("/" + name, "/" + other)
    return text


def expected(value):
    if isinstance(value, dict):
        return {NAMES.get(provider(key), provider(key)): expected(inner) for key, inner in value.items()}
    return [expected(inner) for inner in value] if isinstance(value, list) else value


def rewrite(source, target, words):
    """Every row turned round. Quicker programs are used for gzip where they are installed."""
    swaps = [(a.encode(), b.encode()) for a, b in words]
    reading = subprocess.Popen(["igzip" if shutil.which("igzip") else "gzip", "-dc", source], stdout=subprocess.PIPE, bufsize=1 << 20)
    with open(target, "wb") as packed:
        writing = subprocess.Popen(["pigz" if shutil.which("pigz") else "gzip", "-6", "-n"], stdin=subprocess.PIPE, stdout=packed, bufsize=1 << 20)
        header = reading.stdout.readline().decode().rstrip("\n").split("\t")
        writing.stdin.write("\t".join(NAMES.get(name, "x" + name) for name in reversed(header)).encode() + b"\n")
        for line in reading.stdout:
            for a, b in swaps:
                line = line.replace(a, b)
            cells = line[:-1].split(b"\t")
            cells.reverse()
            writing.stdin.write(b"\t".join(cells) + b"\n")
        writing.stdin.close()
        if reading.wait() or writing.wait():
            sys.exit(f"{source} could not be rewritten")


def main(data, out):
    os.makedirs(out, exist_ok=True)
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "..", "examples", "herbarium-sheets", "herbarium-sheets.flow.yaml"), encoding="utf-8") as f, \
            open(os.path.join(out, "variant.flow.yaml"), "w", encoding="utf-8") as g:
        g.write(flow(f.read()))
    with open(os.path.join(data, "expected.json"), encoding="utf-8") as f, open(os.path.join(out, "expected.json"), "w", encoding="utf-8") as g:
        json.dump(expected(json.load(f)), g, indent=1)
    words = [(MUSEUM + DIVISION, OTHER + BANK), (MUSEUM, OTHER), ("barcode", "accession"), ("Barcode", "Accession"), ("BARCODE", "ACCESSION")]
    for name, other in FILES.items():
        if name.endswith(".tsv.gz"):
            rewrite(os.path.join(data, name), os.path.join(out, other), words if "multimedia" in name else [])
        else:
            shutil.copyfile(os.path.join(data, name), os.path.join(out, other))


main(sys.argv[1], sys.argv[2])
