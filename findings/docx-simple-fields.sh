#!/usr/bin/env bash
# A field of Word is written in one of two forms: a simple field, `w:fldSimple`, or a complex one, `w:fldChar`. Both
# hold the text that the page shows: ISO/IEC 29500-1, 17.16.19 and 17.16.18. One would expect the text of both. pandoc
# (2.17.1.1 of Debian 12 and 3.9, in pypandoc_binary 1.17, PyPI) leaves out the text of a simple field and says
# nothing; mammoth (1.13.0, PyPI and npm) leaves it out with a warning among its messages. docx2txt (0.9, PyPI) and
# LibreOffice (7.4.7, Debian 12) keep both.
# Seen on 2026-11-30. Reported for mammoth as python-mammoth 69, for captions in pandoc as pandoc 2791.
# For plans: committee reports refer to "recommendation 5.10" by such fields, and mail merge writes owners and dates in
# them. After the conversion the sentence reads as if nothing had ever stood there.
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
need libreoffice-writer # seen with 4:7.4.7-1+deb12u14
python3 -m venv python
python/bin/pip install -q pypandoc_binary==1.17 mammoth==1.13.0 docx2txt==0.9

cat > write.py <<'END'
import zipfile
OFFICE = "http://schemas.openxmlformats.org"
run = lambda inner: f"<w:r>{inner}</w:r>"
text = lambda words: run(f'<w:t xml:space="preserve">{words}</w:t>')
mark = lambda kind: run(f'<w:fldChar w:fldCharType="{kind}"/>')
simple = lambda code, words: f'<w:fldSimple w:instr=" {code} ">{text(words)}</w:fldSimple>'
complex = lambda code, words: (
    mark("begin") + run(f"<w:instrText> {code} </w:instrText>") + mark("separate") + text(words) + mark("end"))
body = "".join(
    "<w:p>" + text(f"{name}: see ") + field("REF r510", "5.10") + text(" of ")
    + field("MERGEFIELD Owner", "the Board") + "</w:p>"
    for name, field in (("simple", simple), ("complex", complex)))
with zipfile.ZipFile("report.docx", "w") as book:
    book.writestr("[Content_Types].xml", f'<Types xmlns="{OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    book.writestr("_rels/.rels", f'<Relationships xmlns="{OFFICE}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>')
    book.writestr("word/document.xml",
        f'<w:document xmlns:w="{OFFICE}/wordprocessingml/2006/main"><w:body>{body}<w:sectPr/></w:body></w:document>')
END
python/bin/python write.py

{
  for program in /usr/bin/pandoc "$(python/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')"; do
    "$program" --version | head -1
    "$program" -t plain report.docx
  done
  echo mammoth; python/bin/python -c 'import mammoth
print(mammoth.extract_raw_text(open("report.docx", "rb")).value)'
  echo docx2txt; python/bin/docx2txt report.docx; echo
  soffice "-env:UserInstallation=file://$tmp/profile" --headless --convert-to txt:Text report.docx >/dev/null 2>&1
  echo LibreOffice; tr -d '\357\273\277' < report.txt
} | grep . | sed 's/ *$//' | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
pandoc 2.17.1.1
simple: see of
complex: see 5.10 of the Board
pandoc 3.9
simple: see of
complex: see 5.10 of the Board
mammoth
simple: see  of
complex: see 5.10 of the Board
docx2txt
simple: see 5.10 of the Board
complex: see 5.10 of the Board
LibreOffice
simple: see 5.10 of the Board
complex: see 5.10 of the Board
END
