#!/usr/bin/env bash
# JSON Schema (draft 7, 6.6) applies `then` to the same object beside `properties`: a `then` with `required` alone says
# nothing of other keys. tombi (1.9.6, PyPI) in its strict mode, which is on unless it is switched off, takes every
# object schema without `additionalProperties` for one that allows no other keys. It does so with `then` by itself, and
# warns of keys that `properties` beside it declares, once the `if` holds: its lint of a valid file is not clean with
# `--error-on-warnings`. jsonschema (4.26.0, PyPI) and taplo (0.9.3, PyPI) find nothing.
# `"additionalProperties": true` inside `then` keeps it silent, though it says what holds without it.
# Seen on 2026-11-30.
# For plans: a decision needs `by`, which a schema says with `if` and `then`.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv python
python/bin/pip install -q tombi==1.9.6 taplo==0.9.3 jsonschema==4.26.0

cat > compare.py <<'END'
import json, re, subprocess, tomllib
from importlib.metadata import version
from jsonschema import Draft7Validator

TEXT = '#:schema ./schema.json\nto = "June 2003"\ndecision = "agreed"\nby = "Director"\n'
text = {"type": "string"}

def lint(*words):
    told = subprocess.run(words, capture_output=True, text=True)
    said = re.findall(r'does not allow "(\w+)" key', told.stdout + told.stderr)
    return f"exit {told.returncode}, keys not allowed: {said}"

for name in ("tombi", "taplo", "jsonschema"):
    print(name, version(name))
for then in ({"required": ["by"]}, {"required": ["by"], "additionalProperties": True}):
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": {"to": text, "decision": text, "by": text},
        "additionalProperties": False,
        "if": {"required": ["decision"], "additionalProperties": True},
        "then": then,
    }
    with open("schema.json", "w") as file:
        json.dump(schema, file)
    with open("plan.toml", "w") as file:
        file.write(TEXT)
    print("then", then)
    print("  jsonschema:", len(list(Draft7Validator(schema).iter_errors(tomllib.loads(TEXT)))), "errors")
    print("  taplo:", lint("python/bin/taplo", "lint", "plan.toml"))
    print("  tombi:", lint("python/bin/tombi", "lint", "--offline", "--error-on-warnings", "plan.toml"))
END
python/bin/python compare.py | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
tombi 1.9.6
taplo 0.9.3
jsonschema 4.26.0
then {'required': ['by']}
  jsonschema: 0 errors
  taplo: exit 0, keys not allowed: []
  tombi: exit 1, keys not allowed: ['to', 'decision', 'by']
then {'required': ['by'], 'additionalProperties': True}
  jsonschema: 0 errors
  taplo: exit 0, keys not allowed: []
  tombi: exit 0, keys not allowed: []
END
