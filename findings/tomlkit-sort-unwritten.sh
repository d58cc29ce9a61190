#!/usr/bin/env bash
# An array that tomlkit (0.15.2, PyPI) has read is a Python list, and a change made in the list is written by dumps():
# append, insert, reverse and `array[0] = ...` are. One would expect the same of sort(). It sorts the list in memory,
# where unwrap() shows it sorted too, but dumps() writes the old order, and no error is raised. The order of an array
# is part of its value (TOML 1.0, "Array"). An array of tables, `[[recommendation]]`, is not sorted even in memory.
# `plan["progress"] = sorted(plan["progress"], ...)` is written sorted.
# Seen on 2026-11-30. Reported as tomlkit 233, which is closed.
# For plans: entries of `progress` stand oldest first, and a script that adds a late one sorts them. Its own check
# passes, and the file keeps the wrong order.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv python
python/bin/pip install -q tomlkit==0.15.2

cat > sort.py <<'END'
import tomlkit

TEXT = """\
progress = [
  { on = 2003-06-27, note = "Agreed." },
  { on = 2003-06-02, note = "Drafted." },
]

[[recommendation]]
id = "6"

[[recommendation]]
id = "5"
"""

def show(how, change):
    plan = tomlkit.parse(TEXT)
    change(plan)
    written = tomlkit.parse(tomlkit.dumps(plan)).unwrap()
    for key, name in (("progress", "note"), ("recommendation", "id")):
        memory = [row[name] for row in plan.unwrap()[key]]
        print(how, key, "in memory", memory, "written", [row[name] for row in written[key]])

def sort(plan):
    plan["progress"].sort(key=lambda entry: entry["on"])
    plan["recommendation"].sort(key=lambda item: item["id"])

def assign(plan):
    plan["progress"] = sorted(plan["progress"], key=lambda entry: entry["on"])

print("tomlkit", tomlkit.__version__)
show("sort()   ", sort)
show("reverse()", lambda plan: (plan["progress"].reverse(), plan["recommendation"].reverse()))
show("sorted() ", assign)
END
python/bin/python sort.py | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
tomlkit 0.15.2
sort()    progress in memory ['Drafted.', 'Agreed.'] written ['Agreed.', 'Drafted.']
sort()    recommendation in memory ['6', '5'] written ['6', '5']
reverse() progress in memory ['Drafted.', 'Agreed.'] written ['Drafted.', 'Agreed.']
reverse() recommendation in memory ['5', '6'] written ['5', '6']
sorted()  progress in memory ['Drafted.', 'Agreed.'] written ['Drafted.', 'Agreed.']
sorted()  recommendation in memory ['6', '5'] written ['6', '5']
END
