#!/usr/bin/python3
"""The herbarium job as the notebook does it, in pandas: one table after the other, whole, in memory.

  herbarium_pandas.py DATA OUT.tsv

Prints the figures as JSON and writes OUT.tsv and, beside it, barcodes_from_figshare.tsv. Where the notebook's defaults would
change values it is told not to: no quoting (quotation marks are data here), only an empty cell is missing ("NA" and "Null" are values),
and the occurrence table is text ("07" stays "07")."""
import csv
import json
import os
import sys
import tarfile

import pandas as pd

AS_WRITTEN = dict(sep="\t", quoting=csv.QUOTE_NONE, keep_default_na=False, na_values=[""])
WANTED = ["institutionCode", "catalogNumber", "recordedBy", "year", "month", "day", "verbatimEventDate", "country", "stateProvince",
          "county", "locality", "identifiedBy", "scientificName"]
FOLLOWED = ["id", "licenseLogoURL", "source", "creator"]


def names(path):
    with tarfile.open(path, "r:gz") as tar:
        return [m.name.split("/", 1)[1].split(".", 1)[0] for m in tar if m.name.endswith(".jpg")]


def barcode_of(description):
    words = description.lower().split()
    place = words.index("barcode") + 1 if "barcode" in words else len(words)
    return words[place].strip(".").strip(",") if place < len(words) else None


def counts(series, dropna=True):
    return {"null" if pd.isna(k) else k if isinstance(k, str) else str(int(k)): int(v) for k, v in series.value_counts(dropna=dropna).items()}


def filled(table, columns):
    return {column: int(table[column].notnull().sum()) for column in columns}


def main(data, out):
    figures = {}
    stained = pd.DataFrame({"barcode": names(f"{data}/stained.tar.gz"), "stain_status": "stained"})
    unstained = pd.DataFrame({"barcode": names(f"{data}/unstained.tar.gz"), "stain_status": "unstained"})
    sheets = pd.concat([stained, unstained], ignore_index=True)
    labels = sheets["stain_status"].value_counts()
    figures.update(bundle_rows=len(sheets), stained=int(labels["stained"]), unstained=int(labels["unstained"]),
                   bundle_distinct=int(sheets["barcode"].nunique()))
    sheets.to_csv(os.path.join(os.path.dirname(out), "barcodes_from_figshare.tsv"), sep="\t", index=False)

    media = pd.read_csv(f"{data}/nmnh_multimedia_1_35.tsv.gz", **AS_WRITTEN)
    figures.update(multimedia_rows=len(media), multimedia_columns=len(media.columns), duplicate_rows=int(media.duplicated().sum()),
                   provider_before=counts(media["providerLiteral"]))
    media = media.drop_duplicates()
    figures["provider_after"] = counts(media["providerLiteral"])

    botany = media[(media["providerLiteral"] == "Smithsonian Institution, NMNH, Botany")
                   & media["description"].str.contains("barcode", case=False, na=False)].copy()
    botany["barcode"] = botany["description"].apply(barcode_of)
    figures.update(botany_barcode_rows=len(botany), first_kept_index=int(botany.index[0]), last_kept_index=int(botany.index[-1]),
                   barcode_len=counts(botany["barcode"].str.len(), dropna=False))

    matched = pd.merge(sheets, botany, how="left", on="barcode")
    figures.update(merge_rows=len(matched), merge_nonnull=filled(matched, FOLLOWED),
                   duplicate_barcodes=int(matched.duplicated(subset="barcode").sum()))
    single = matched.drop_duplicates(subset="barcode", keep=False)
    figures.update(singles=len(single), singles_nonnull=filled(single, FOLLOWED), singles_rights=counts(single["rights"]))
    free = single[single["rights"] == "CC0"][["barcode", "stain_status", "id", "accessURI"]]

    occurrence = f"{data}/nmnh_occurrence_1_35.tsv.gz"
    specimens = pd.read_csv(occurrence, usecols=["id", *WANTED], dtype=str, **AS_WRITTEN)
    figures.update(occurrence_rows=len(specimens), occurrence_columns=len(pd.read_csv(occurrence, nrows=0, **AS_WRITTEN).columns))
    result = pd.merge(free, specimens, how="left", on="id")
    figures.update(final_rows=len(result), final_columns=len(result.columns), final_nonnull=filled(result, WANTED),
                   unmatched=result[result["institutionCode"].isnull()][["barcode", "id", "accessURI"]].to_dict("records"))
    result.to_csv(out, sep="\t", index=False)
    print(json.dumps(figures))


main(sys.argv[1], os.path.abspath(sys.argv[2]))
