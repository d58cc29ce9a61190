#!/usr/bin/env bash
# A row of a spreadsheet contains cells and no text (ODF 1.2 part 1, 9.1.3), so white space between the cells means nothing.
# Gnumeric (ssconvert 1.12.55, Debian 12) indents the elements of content.xml. python-calamine (0.9.1, PyPI; the reader
# that pandas offers as engine="calamine") takes the indent for a misplaced element and refuses the file. The same file
# without the indent is read. odfpy and LibreOffice read both.
# Seen on 2026-11-30.
# For plans: no tracker that somebody keeps in Gnumeric can be imported, until the indent is taken out or the file is
# saved as xlsx.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

export DEBIAN_FRONTEND=noninteractive
need() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>&1)" = installed ] ||
    { apt-get update -qq; apt-get install -qq -y --no-install-recommends "$1"; } >/dev/null
  dpkg-query -W "$1"
}
need gnumeric # seen with 1.12.55-1
need libreoffice-calc # seen with 4:7.4.7-1+deb12u14
python3 -m venv python
python/bin/pip install -q python-calamine==0.9.1 odfpy==1.4.1
python/bin/pip list 2>/dev/null | grep -E '^(python-calamine|odfpy) '

cat > read.py <<'END'
import re, sys, zipfile
import python_calamine
from odf import opendocument, table, teletype

def calamine(path):
    try:
        return python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    except python_calamine.CalamineError as error:
        return "refused: " + str(error).split(",")[0]

def odfpy(path):
    rows = opendocument.load(path).getElementsByType(table.TableRow)
    texts = [[teletype.extractText(cell) for cell in row.getElementsByType(table.TableCell)] for row in rows]
    return [[text for text in row if text] for row in texts if any(row)]

def without_indents(path, new):
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w") as copy:
        for name in old.namelist():
            part = old.read(name)
            copy.writestr(name, re.sub(rb">\s+<", b"><", part) if name == "content.xml" else part)

without_indents("gnumeric.ods", "plain.ods")
for path in ("gnumeric.ods", "plain.ods"):
    print(path)
    rows = calamine(path)
    print("  calamine", rows if isinstance(rows, str) else [[cell for cell in row if cell != ""] for row in rows])
    print("  odfpy", odfpy(path))
END
printf '%s\n' 'No,Recommendation' 'R5,Report budgets.' > tracker.csv
ssconvert tracker.csv gnumeric.ods 2>/dev/null
{
  python/bin/python read.py
  soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to csv gnumeric.ods >/dev/null 2>&1
  echo "LibreOffice $(paste -s -d '|' gnumeric.csv)"
} | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
gnumeric.ods
  calamine refused: Expecting 'table-cell'
  odfpy [['No', 'Recommendation'], ['R5', 'Report budgets.']]
plain.ods
  calamine [['No', 'Recommendation'], ['R5', 'Report budgets.']]
  odfpy [['No', 'Recommendation'], ['R5', 'Report budgets.']]
LibreOffice No,Recommendation|R5,Report budgets.
END
