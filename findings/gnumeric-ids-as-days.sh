#!/usr/bin/env bash
# CSV has quotes around a field only to delimit it (RFC 4180, section 2), so a spreadsheet guesses what is a date. One
# would expect a guess that fits the screen's notation, and no day where the text names a month. Gnumeric (ssconvert
# 1.12.55, Debian 12) takes the numbers of paragraphs for days: 5.1.2 is 1 May 2002, and 12.31.3 is a day of 2003,
# while 13.2.1 and 5.1.2.3 stay text. "June 2003" and "2004-03" become the first day of the month, and 3/4 a day of
# the current year. LibreOffice 7.4.7 keeps every one of these as text in the same locale.
# Seen on 2026-11-30.
# For plans: ids of three numbers come back as days, and a timescale that ends with the month has its first day, which
# is overdue a month too early. Send such people xlsx or ods, where a cell says that it is text.
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

printf '%s\n' 5.1.2 '"5.1.2"' 12.31.3 13.2.1 5.1.2.3 'June 2003' 2004-03 2021-001 > tracker.csv
export LC_ALL=C
{
  echo "written      $(paste -s -d '|' tracker.csv)"
  ssconvert tracker.csv gnumeric.csv 2>/dev/null
  echo "Gnumeric     $(paste -s -d '|' gnumeric.csv)"
  convert() { soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to "$@" >/dev/null 2>&1; }
  convert xlsx tracker.csv
  convert 'csv:Text - txt - csv (StarCalc):44,34,76' --outdir libreoffice tracker.xlsx
  echo "LibreOffice  $(paste -s -d '|' libreoffice/tracker.csv)"
} | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
written      5.1.2|"5.1.2"|12.31.3|13.2.1|5.1.2.3|June 2003|2004-03|2021-001
Gnumeric     2002/05/01|2002/05/01|2003/12/31|13.2.1|5.1.2.3|2003/06/01|2004/03/01|2021-001
LibreOffice  5.1.2|5.1.2|12.31.3|13.2.1|5.1.2.3|June 2003|2004-03|2021-001
END
