#!/usr/bin/env bash
# A data: URI without ";base64" holds its data percent-encoded: RFC 2397, sections 2 and 3. pandoc takes such URIs of
# images. Its version 2.17.1.1 (Debian 12) decodes an SVG that is percent-encoded as if it were base64, and puts the
# bytes that come out into the docx as the picture, with exit status 0. In html it leaves the same URI as it is. An SVG
# in base64 is right in both. pandoc 3.9 (in pypandoc_binary 1.17, PyPI) puts the SVG into the docx.
# Seen on 2026-11-30.
# For plans: a chart that stands in a report as `data:image/svg+xml,%3Csvg...`, the shorter form, is a broken picture in
# the Word file. Use pandoc 3, or write base64.
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

svg='<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
percent=$(python/bin/python -c 'import sys, urllib.parse; print(urllib.parse.quote(sys.argv[1], safe="/:="))' "$svg")
echo "![chart](data:image/svg+xml,$percent)" > percent.md
echo "![chart](data:image/svg+xml;base64,$(printf %s "$svg" | base64 -w 0))" > base64.md

for program in /usr/bin/pandoc "$new"; do
  "$program" --version | head -1
  for form in percent base64; do
    "$program" "$form.md" -o "$form.docx" 2>/dev/null # it warns that it has no rsvg-convert to draw a PNG beside
    python/bin/python - "$form.docx" "$svg" <<'END'
import sys, zipfile
book = zipfile.ZipFile(sys.argv[1])
pictures = [book.read(name) for name in book.namelist() if name.endswith(".svg")]
right = sys.argv[2].encode()
print(" ", sys.argv[1], ["the SVG" if data == right else f"{len(data)} other bytes" for data in pictures])
END
  done
done | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
pandoc 2.17.1.1
  percent.docx ['35 other bytes']
  base64.docx ['the SVG']
pandoc 3.9
  percent.docx ['the SVG']
  base64.docx ['the SVG']
END
