#!/usr/bin/env bash
# @decimalturn/toml-patch (3.3.0, npm) changes a TOML text so that it holds a changed value and keeps its comments.
# One would expect that the new text holds that value. A table under `[[recommendation]]`, like
# `[[recommendation.action]]`, belongs to the last `[[recommendation]]` above it: TOML 1.0, "Array of Tables".
# Where one recommendation is taken out of the value, the library removes the tables under ALL of them: the actions of
# those that stay are lost, without an error. Where no recommendation has tables under it, the result is right, and so
# it is where one is added or changed. tomlkit (0.15.2, PyPI) does the same removal right.
# Seen on 2026-11-30.
# For plans: taking out one superseded recommendation takes the actions, and so the progress, of all the others.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

npm install --silent --no-audit --no-fund --prefix . @decimalturn/toml-patch@3.3.0 smol-toml@1.9.1 >/dev/null
python3 -m venv python
python/bin/pip install -q tomlkit==0.15.2

cat > plan.toml <<'END'
[[recommendation]]
id = "5"

[[recommendation.action]]
id = "5.1"

[[recommendation]]
id = "6"

[[recommendation.action]]
id = "6.1"

[[recommendation]]
id = "7"
END

cat > patch.mjs <<'END'
import { readFileSync } from "node:fs";
import { parse, patch } from "@decimalturn/toml-patch";
import { parse as read } from "smol-toml";
const text = readFileSync("plan.toml", "utf8");
const change = (name, edit) => {
  const plan = parse(text);
  edit(plan.recommendation);
  console.log(name);
  console.log("  wanted ", JSON.stringify(plan));
  console.log("  written", JSON.stringify(read(patch(text, plan))));
};
const about = JSON.parse(readFileSync("node_modules/@decimalturn/toml-patch/package.json"));
console.log(about.name, about.version);
change("7 taken out", (all) => all.pop());
change("8 added", (all) => all.push({ id: "8" }));
END
node patch.mjs | tee seen
echo 'tomlkit 0.15.2' | tee -a seen
python/bin/python -c 'import json, tomlkit
plan = tomlkit.parse(open("plan.toml").read()); del plan["recommendation"][2]
print("  written", json.dumps(tomlkit.parse(tomlkit.dumps(plan)).unwrap(), separators=(",", ":")))' | tee -a seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
@decimalturn/toml-patch 3.3.0
7 taken out
  wanted  {"recommendation":[{"id":"5","action":[{"id":"5.1"}]},{"id":"6","action":[{"id":"6.1"}]}]}
  written {"recommendation":[{"id":"5"},{"id":"6"}]}
8 added
  wanted  {"recommendation":[{"id":"5","action":[{"id":"5.1"}]},{"id":"6","action":[{"id":"6.1"}]},{"id":"7"},{"id":"8"}]}
  written {"recommendation":[{"id":"5","action":[{"id":"5.1"}]},{"id":"6","action":[{"id":"6.1"}]},{"id":"7"},{"id":"8"}]}
tomlkit 0.15.2
  written {"recommendation":[{"id":"5","action":[{"id":"5.1"}]},{"id":"6","action":[{"id":"6.1"}]}]}
END
