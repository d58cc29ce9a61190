#!/usr/bin/env bash
# HTML lets a figure hold any flow content: paragraphs, a legend, several images (https://html.spec.whatwg.org/, "The figure
# element"). pandoc 2.17.1.1 (Debian 12) reads from a figure its first image and its caption, and drops the rest, with exit
# status 0 and no warning. pandoc 3.9 (in pypandoc_binary 1.17, PyPI) keeps all of it.
# Seen on 2026-11-30.
# For plans: a chart below the signs of its legend in one figure is lost, and a sign of 12 dots stands in its place. Put
# nothing into a figure but its caption and its chart.
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
need pandoc # seen with 2.17.1.1-2~deb12u1
python3 -m venv python
python/bin/pip install -q pypandoc_binary==1.17
new=$(python/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')

cat > figure.html <<'END'
<figure><figcaption>Chart</figcaption><p><img src="key.png" alt=""> a key</p><p><img src="chart.png" alt="chart"></p></figure>
END
for program in /usr/bin/pandoc "$new"; do
  "$program" --version > version
  sed -n 1p version
  "$program" --from html --to html figure.html > kept
  for words in key.png 'a key' chart.png; do
    if grep -F "$words" kept > found; then echo "  $words: kept"; else echo "  $words: lost"; fi
  done
done | tee seen
cat > expected <<'END'
pandoc 2.17.1.1
  key.png: kept
  a key: lost
  chart.png: lost
pandoc 3.9
  key.png: kept
  a key: kept
  chart.png: kept
END
diff expected seen || { echo "It behaves differently now."; exit 1; }
