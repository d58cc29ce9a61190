#!/usr/bin/env bash
# A package names the part with its title, author and description by a relation of the type
# http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties (ECMA-376, part 2, section 8.4).
# LibreOffice (7.4.7, Debian 12) writes http://schemas.openxmlformats.org/officedocument/2006/... into every file that it
# saves. One would expect that a reader finds the part all the same or says that there is none. python-docx (1.2.0, PyPI)
# does neither: it makes new properties, so the title is "Word Document", whatever the file holds.
# Seen on 2026-11-30.
# For plans: do not look for the origin of a report in the properties of a Word file that somebody saved in LibreOffice.
# The last line of its text has it too.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

command -v soffice >/dev/null || { apt-get update -q && apt-get install -yq libreoffice-writer; }
soffice --version
python3 -m venv python
python/bin/pip install -q python-docx==1.2.0
python/bin/pip list 2>/dev/null | grep -E '^python-docx '

python/bin/python - <<'END'
from docx import Document

document = Document()
document.add_paragraph("Three recommendations are complete.")
document.core_properties.title = "Progress report"
document.save("report.docx")
END
mkdir saved
soffice "-env:UserInstallation=file://$tmp/office" --headless --convert-to docx:"Office Open XML Text" \
  --outdir saved report.docx >office.log 2>&1

for file in report.docx saved/report.docx; do
  echo "$file"
  unzip -p "$file" _rels/.rels | grep -o 'http[^"]*metadata/core-properties'
  unzip -p "$file" docProps/core.xml | grep -o '<dc:title>[^<]*'
  python/bin/python -c "
from docx import Document
print(Document('$file').core_properties.title)"
done | tee seen

cat > known <<'END'
report.docx
http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties
<dc:title>Progress report
Progress report
saved/report.docx
http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties
<dc:title>Progress report
Word Document
END
diff known seen || { echo "It behaves differently now."; exit 1; }
