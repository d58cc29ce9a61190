#!/usr/bin/env python3
"""How long `plan import` takes for a large workbook, and how much memory, beside calamine alone.

    python3 benches/import.py [--debug] [ROWS]      10,000 rows of 20 columns, unless told otherwise

It builds both programs. The explanation reads every cell and writes nothing; with a mapping a plan is made of them."""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from measure import ROOT, head, paired, peak, row, seconds

WORDS = [word for word in sys.argv[1:] if word != "--debug"]
ROWS = int(WORDS[0]) if WORDS else 10_000
PROFILE = "debug" if "--debug" in sys.argv else "release"
COLUMNS = 20
PLAN, CELLS = (ROOT / "target" / PROFILE / name for name in ("plan", "cells"))
HEADERS = ["Rec No", "Recommendation", "Priority", "Owner", "Target date", "Status", "Comments"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def letters(column):
    return chr(ord("A") + column)


def workbook(path):
    """A workbook as Excel writes it: texts in one table of strings, days with a number format."""
    strings = {}

    def text(words):
        return strings.setdefault(words, len(strings))

    rows = []
    headers = HEADERS + [f"Field {number}" for number in range(len(HEADERS), COLUMNS)]
    rows.append([("s", text(name)) for name in headers])
    for number in range(1, ROWS + 1):
        cells = [
            ("s", text(f"R{number}")),
            ("s", text(f"Recommendation {number}: report what was done about it to the committee in good time.")),
            ("s", text(["High", "Medium", "Low"][number % 3])),
            ("s", text(f"Owner {number % 40}")),
            ("d", 45000 + number % 900),
            ("s", text(["Open", "In progress", "Completed"][number % 3])),
            ("s", text(f"Comment on {number}.")),
        ]
        cells += [("s", text(f"Value {number * column % 5000}")) for column in range(len(HEADERS), COLUMNS)]
        rows.append(cells)
    kinds = {"s": ' t="s"', "d": ' s="1"'}
    data = []
    for number, cells in enumerate(rows, 1):
        line = "".join(
            f'<c r="{letters(at)}{number}"{kinds[kind]}><v>{value}</v></c>' for at, (kind, value) in enumerate(cells)
        )
        data.append(f'<row r="{number}">{line}</row>')
    styles = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Tracker" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + "".join(f"<si><t>{words}</t></si>" for words in strings) + "</sst>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1:{letters(COLUMNS - 1)}{len(rows)}"/><sheetData>{"".join(data)}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def main():
    for package in (["--bin", "plan"], ["--package", "generate-plan", "--bin", "cells"]):
        profile = ["--release"] if PROFILE == "release" else []
        subprocess.run(["cargo", "build", "--locked", *profile, *package], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        book, mapping, plan = (Path(folder) / name for name in ("tracker.xlsx", "map.toml", "plan.toml"))
        workbook(book)
        suggested = subprocess.run([PLAN, "import", book, "--suggest-map"], check=True, capture_output=True)
        mapping.write_bytes(suggested.stdout)
        alone = [CELLS, book]
        read = [PLAN, "import", book]
        made = [PLAN, "import", book, "--map", mapping, "--into", plan, "--dry-run", "--exit-zero"]
        print(f"{ROWS} rows of {COLUMNS} columns, {book.stat().st_size / 1e6:.1f} MB\n")
        head("run", "seconds", "times calamine", "MiB", "times calamine")
        memory = peak(alone)
        for name, command in (("explain", read), ("make a plan, as a diff", made)):
            _, own, ratio = paired(lambda: seconds(alone), lambda: seconds(command), 7)
            row(name, f"{own:.2f}", f"{1 / ratio:.2f}", f"{peak(command):.0f}", f"{peak(command) / memory:.2f}")
        row("calamine alone", f"{seconds(alone):.2f}", 1, f"{memory:.0f}", 1)


if __name__ == "__main__":
    main()
