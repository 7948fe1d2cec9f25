"""Time importing the newest edition of every list against a bare parse of the same bytes.

    python benchmarks/importing.py [LIST…]   needs ../shared/lists or REGISTRY_REAL_LISTS

Importing is all from bytes to typed listings (importers.catalogue); the bare parse only runs
through the file: lxml iterparse, csv.reader, or openpyxl read-only. Processor times, the best of
several runs with the two taken in turn; the ratio is what to compare, times depend on the machine.
"""

import csv
import gc
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
from lxml import etree

from importers import catalogue
from importers.source import Part, Source, open_source
from registry.services.undisturbed import undisturbed

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "lists"
RUNS = 3
NEWEST = (
    ("us-ofac-sdn", "us-ofac-sdn/2024-05-03"),
    ("us-ofac-consolidated", "us-ofac-consolidated/2025-06-30"),
    ("eu-fsf", "eu-fsf/2026-03-20-rebuilt/xmlFullSanctionsList_1_1.xml"),
    ("eu-fsf", "eu-fsf/2026-03-20-rebuilt/csvFullSanctionsList_1_1.csv"),
    ("uk-sanctions-list", "uk-sanctions-list/2026-05-12-rebuilt/UK-Sanctions-List.xml"),
    ("uk-sanctions-list", "uk-sanctions-list/2026-05-12-rebuilt/UK-Sanctions-List.csv"),
    ("uk-ofsi-conlist", "uk-ofsi-conlist/2018-04-13/ConList.csv"),
    ("uk-ofsi-conlist", "uk-ofsi-conlist/2025-04-10/ConList.xlsx"),
    ("ca-sema", "ca-sema/2026-08-22-rebuilt/tags-since-2026-08-24"),
    ("un-sc", "un-sc/2026-04-17"),
    ("au-dfat", "au-dfat/2026-08-02"),
)


def main() -> None:
    lists = Path(os.environ.get("REGISTRY_REAL_LISTS") or BESIDE)
    wanted = frozenset(sys.argv[1:])
    print(f"{'list':22} {'parsed':5} {'MB':>6} {'entries':>8} {'bare s':>7} {'import s':>9} ratio")
    for key, path in NEWEST:
        if not wanted or key in wanted:
            print(measured(key, open_source(lists / path)), flush=True)


def measured(key: str, source: Source) -> str:
    entries = len(catalogue.listings(key, catalogue.read(key, source)))
    bare, imported = [], []
    for _ in range(RUNS):
        bare.append(seconds(lambda: [run_through(part) for part in source.parts]))
        imported.append(seconds(lambda: catalogue.listings(key, catalogue.read(key, source))))
    megabytes = sum(len(part.content) for part in source.parts) / 1e6
    return (
        f"{key:22} {kind(source.parts[0]):6} {megabytes:6.1f} {entries:8,} {min(bare):7.2f} "
        f"{min(imported):9.2f} {min(imported) / min(bare):5.1f}"
    )


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    with undisturbed():  # as an import runs
        began = time.process_time()
        work()
        return time.process_time() - began


def kind(part: Part) -> str:
    start = part.content[:64].lstrip(b"\xef\xbb\xbf \r\n")
    return "xlsx" if start.startswith(b"PK") else "xml" if start.startswith(b"<") else "csv"


def run_through(part: Part) -> None:
    match kind(part):
        case "xml":
            for _event, element in etree.iterparse(io.BytesIO(part.content)):
                element.clear()
        case "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(part.content), read_only=True, data_only=True)
            for _row in book.worksheets[0].iter_rows(values_only=True):
                pass
            book.close()
        case _:
            try:
                text = part.content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = part.content.decode("cp1252", "replace")
            delimiter = ";" if text[:1000].count(";") > text[:1000].count(",") else ","
            for _row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                pass


if __name__ == "__main__":
    main()
