#!/usr/bin/env bash
# Two tools that each keep a TOML file valid should keep it valid one after the other. toml-sort (0.25.0, PyPI) takes
# away the comma after the last row of an array; TOML 1.0, "Array", allows both forms. tomlkit (0.15.2, PyPI) appends
# a row and adds the comma that is missing, but not where a comment on a line of its own stands after the last row.
# It then writes two rows without a comma between them, and no reader takes the file. The value in its memory is right.
# The comment alone does no harm where the comma is there, and the missing comma alone does none without the comment.
# Seen on 2026-11-30.
# For plans: `progress` is such an array, and a comment at its end ("awaiting the board's note") is usual. Give
# toml-sort `--trailing-comma-inline-array`, and read a file again after tomlkit has written it.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv python
python/bin/pip install -q toml-sort==0.25.0 tomlkit==0.15.2 tomli==2.4.0 rtoml==0.13.0
python/bin/pip list 2>/dev/null | grep -E '^(toml-sort|tomlkit|tomli|rtoml) '

cat > append.py <<'END'
import subprocess, tomlkit, tomli, rtoml

ROWS = 'progress = [\n  { on = 2003-06-02, note = "Drafted." },\n%s]\n'
COMMENT = "  # awaiting the board's note\n"

def append(text):
    plan = tomlkit.parse(text)
    row = tomlkit.inline_table()
    row.update({"note": "Agreed."})
    plan["progress"].append(row)
    written = tomlkit.dumps(plan)
    refused = 0
    for reader in (tomli, rtoml, tomlkit):
        try:
            assert reader.loads(written) == plan.unwrap()
        except ValueError:
            refused += 1
    return written, {0: "valid", 3: "refused by all three readers"}.get(refused, "refused by some")

def sort(text, *options):
    return subprocess.check_output(["python/bin/toml-sort", *options], input=text, text=True)

for name, text in {
    "tomlkit alone, with the comment": ROWS % COMMENT,
    "toml-sort and tomlkit, without the comment": sort(ROWS % ""),
    "toml-sort and tomlkit, with the comment": sort(ROWS % COMMENT),
    "the same with --trailing-comma-inline-array": sort(ROWS % COMMENT, "--trailing-comma-inline-array"),
}.items():
    written, state = append(text)
    print(f"{name}: {state}")
    if state != "valid":
        print(written, end="")
END
python/bin/python append.py | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
tomlkit alone, with the comment: valid
toml-sort and tomlkit, without the comment: valid
toml-sort and tomlkit, with the comment: refused by all three readers
progress = [
  { on = 2003-06-02, note = "Drafted." }
  # awaiting the board's note
  {note = "Agreed."}
]
the same with --trailing-comma-inline-array: valid
END
