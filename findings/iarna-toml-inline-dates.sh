#!/usr/bin/env bash
# TOML has local dates since 0.5, and they may stand wherever a value may: TOML 1.0, "Local Date" and "Inline Table".
# @iarna/toml (npm) names 0.5 for its version 2.2.5 and 1.0.0-rc.1 for 3.0.0. Both take a local date only where the
# line ends after it or a comment follows. In an inline table a comma or a bracket follows, and they stop with
# "Incomplete datetime". Dates with a time and an offset are read in the same places, by smol-toml all of them.
# Seen on 2026-11-30. An issue about what may follow a date, iarna-toml 19, is closed; it is about plain lines.
# For plans: every entry `{ on = 2003-06-02, ... }` makes the whole file unreadable for programs that use it.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

npm install --silent --no-audit --no-fund --prefix . old@npm:@iarna/toml@2.2.5 new@npm:@iarna/toml@3.0.0 \
  smol-toml@1.9.1 >/dev/null

cat > read.js <<'END'
const plans = {
  "at the end of a line": "on = 2003-06-02\nstatus = 'complete'",
  "before a comment": "on = 2003-06-02 # the board met",
  "first of an inline table": "progress = [{ on = 2003-06-02, status = 'complete' }]",
  "last of an inline table": "progress = [{ status = 'complete', on = 2003-06-02 }]",
  "in an array on one line": "dates = [2003-06-02, 2003-06-20]",
  "last of a line in an array": "dates = [\n2003-06-02\n]",
  "inline, with time and offset": "progress = [{ on = 2003-06-02T09:00:00Z, status = 'complete' }]",
};
for (const name of ["old", "new", "smol-toml"]) {
  const about = require(`./node_modules/${name}/package.json`);
  console.log(about.name, about.version);
  for (const [place, text] of Object.entries(plans)) {
    let said = "read";
    try { require(name).parse(text); } catch (error) { said = error.message.split(" at ")[0]; }
    console.log(`  ${place}: ${said}`);
  }
}
END
node read.js | tee seen

for version in 2.2.5 3.0.0; do
  printf '%s\n' "@iarna/toml $version" "  at the end of a line: read" "  before a comment: read" \
    "  first of an inline table: Incomplete datetime" "  last of an inline table: Incomplete datetime" \
    "  in an array on one line: Incomplete datetime" "  last of a line in an array: read" \
    "  inline, with time and offset: read"
done > known
diff known <(head -16 seen) || { echo "@iarna/toml behaves differently now."; exit 1; }
[ "$(tail -7 seen | grep -c ': read$')" = 7 ] || { echo "smol-toml no longer reads all of them."; exit 1; }
