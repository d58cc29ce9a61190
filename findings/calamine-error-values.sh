#!/usr/bin/env bash
# A cell with an error holds its name as text (ISO/IEC 29500-1, 18.18.11: type "e"), and the standard does not limit the
# names. One would expect one cell without a value. python-calamine (0.9.1, PyPI; the reader that pandas offers as
# engine="calamine") gives up the whole sheet where it does not know the name: "#SPILL!" and "#CALC!", which Excel has
# had since dynamic arrays, and "#GETTING_DATA", which Office lists for the standard ([MS-OI29500] 2.1.755).
# "#N/A" and "#REF!" are read as empty cells. openpyxl, xlsx2csv and SheetJS read all rows.
# Seen on 2026-11-30.
# For plans: one broken formula in a corner of the old tracker, and none of its recommendations can be imported.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv python
python/bin/pip install -q python-calamine==0.9.1 openpyxl==3.1.5 xlsx2csv==0.8.6
python/bin/pip list 2>/dev/null | grep -E '^(python-calamine|openpyxl|xlsx2csv) '

cat > read.py <<'END'
import subprocess
import openpyxl, python_calamine

def tracker(error):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["5", "June 2003"], ["6", error], ["7", "Ongoing"]):
        sheet.append(row)
    sheet["B2"].data_type = "e"
    book.save("tracker.xlsx")

def calamine():
    try:
        return [row[0] for row in python_calamine.load_workbook("tracker.xlsx").get_sheet_by_index(0).to_python()]
    except python_calamine.CalamineError as error:
        return error

for error in ("#N/A", "#REF!", "#SPILL!", "#CALC!", "#GETTING_DATA"):
    tracker(error)
    print(error)
    print("  calamine", calamine())
    print("  openpyxl", [row[0] for row in openpyxl.load_workbook("tracker.xlsx").active.values])
    lines = subprocess.check_output(["python/bin/xlsx2csv", "tracker.xlsx"], text=True).splitlines()
    print("  xlsx2csv", [line.split(",")[0] for line in lines])
END
python/bin/python read.py | tee seen

all="['5', '6', '7']"
for error in '#N/A' '#REF!'; do printf '%s\n' "$error" "  calamine $all" "  openpyxl $all" "  xlsx2csv $all"; done > known
for error in '#SPILL!' '#CALC!' '#GETTING_DATA'; do
  printf '%s\n' "$error" "  calamine Unsupported cell error value '$error'" \
    "  openpyxl $all" "  xlsx2csv $all"
done >> known
diff known seen || { echo "It behaves differently now."; exit 1; }
