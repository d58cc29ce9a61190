#!/usr/bin/env bash
# The standard has two date systems for numbers like 37986 (ISO/IEC 29500-1, 18.17.4.1). In the one that Excel uses no
# day is before 1 January 1900; the other counts back from there by the calendar. The ExcelDateTime of rust_xlsxwriter
# (0.102.0, crates.io) refuses the year 1803, and one would expect the same, or the other system, of its `chrono`
# feature. It writes a NaiveDate of 1803 without an error, and its number counts the 29 February 1900 that only the
# first system has. Where this meets a reader that counts by the calendar, openpyxl (3.1.5, PyPI) or LibreOffice
# (7.4.7, Debian 12), 27 June has become 26 June. openpyxl writes and reads the 27th.
# Seen on 2026-11-30.
# For plans: a year typed wrong (1803 for 2003) is a valid date in TOML. A program that exports it this way gives no
# error, and the spreadsheet shows another day than the plan. Check the year before the export, or write it as text.
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
python/bin/pip install -q openpyxl==3.1.5

mkdir src
cat > Cargo.toml <<'END'
[package]
name = "export"
version = "1.0.0"
edition = "2021"
[dependencies]
chrono = "=0.4.44"
rust_xlsxwriter = { version = "=0.102.0", features = ["chrono"] }
END
cat > src/main.rs <<'END'
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
fn main() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (row, (year, own)) in [(2003, "taken"), (1803, "refused")].into_iter().enumerate() {
        let date = chrono::NaiveDate::from_ymd_opt(year, 6, 27).unwrap();
        let written = sheet.write_with_format(row as u32, 0, &date, &day).map_or("refused", |_| "taken");
        let excel = ExcelDateTime::from_ymd(year as u16, 6, 27).map_or("refused", |_| "taken");
        assert_eq!(excel, own);
        println!("{date}: NaiveDate {written}, ExcelDateTime {excel}");
    }
    book.save("plan.xlsx").unwrap();
}
END
CARGO_PROFILE_DEV_DEBUG=0 cargo run --quiet | tee seen
cat > read.py <<'END'
import datetime, openpyxl
show = lambda name: [str(row[0].date()) for row in openpyxl.load_workbook(name).active.values]
print("openpyxl reads", *show("plan.xlsx"))
own = openpyxl.Workbook()
for year in (2003, 1803):
    own.active.append([datetime.date(year, 6, 27)])
own.save("own.xlsx")
print("openpyxl reads its own", *show("own.xlsx"))
END
python/bin/python read.py | tee -a seen
soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76' \
  plan.xlsx >/dev/null 2>&1
echo "LibreOffice reads $(paste -s -d " " plan.csv)" | tee -a seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
2003-06-27: NaiveDate taken, ExcelDateTime taken
1803-06-27: NaiveDate taken, ExcelDateTime refused
openpyxl reads 2003-06-27 1803-06-26
openpyxl reads its own 2003-06-27 1803-06-27
LibreOffice reads 2003-06-27 1803-06-26
END
