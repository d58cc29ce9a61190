#!/usr/bin/env bash
# A CSV export with one set of rules should write one column of dates in one notation. `soffice --convert-to csv`
# (LibreOffice 7.4.7, Debian 12) writes a date whose cell has the format `yyyy-mm-dd` as 2003-12-31, and one with any
# other format as 12/31/2003, in the notation of the program's locale: the cell shown as 31/12/2003 becomes 12/31/2003
# and the month "Dec 2003" becomes a day. As soon as the filter gets any option, even its usual ones 44,34,76 (comma,
# quote, UTF-8), every cell is written as it is shown. xlsx2csv (0.8.6, PyPI) writes them as shown at once.
# Seen on 2026-11-30.
# For plans: 03/04/2003 in such a CSV was 3 April in the tracker's cells beside it, and no row tells which is which.
# Always export with `--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76'`.
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
need libreoffice-calc # seen with 4:7.4.7-1+deb12u14
python3 -m venv python
python/bin/pip install -q xlsx2csv==0.8.6 openpyxl==3.1.5

cat > write.py <<'END'
import datetime, openpyxl
book = openpyxl.Workbook()
for row, shown in enumerate(("yyyy-mm-dd", "dd/mm/yyyy", "dd mmmm yyyy", "mmm yyyy", "yyyy-mm"), 1):
    book.active.cell(row, 1, datetime.date(2003, 4, 3)).number_format = shown
book.save("tracker.xlsx")
END
python/bin/python write.py

convert() {
  soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to "$1" tracker.xlsx >/dev/null 2>&1
  paste -s -d '|' tracker.csv
}
{
  echo "without options  $(LC_ALL=C convert csv)"
  echo "with 44,34,76    $(LC_ALL=C convert 'csv:Text - txt - csv (StarCalc):44,34,76')"
  echo "xlsx2csv         $(python/bin/xlsx2csv tracker.xlsx | paste -s -d '|')"
} | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
without options  2003-04-03|04/03/2003|04/03/2003|04/03/2003|04/03/2003
with 44,34,76    2003-04-03|03/04/2003|03 April 2003|Apr 2003|2003-04
xlsx2csv         2003-04-03|03/04/2003|03 April 2003|Apr 2003|2003-04
END
