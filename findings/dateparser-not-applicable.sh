#!/usr/bin/env bash
# dateparser turns what people type into dates, and answers None where it finds none; it tries all its languages unless
# some are named. One would expect None for "N/A" and "No", and one answer for a wording that names its month and year.
# dateparser 1.5.0 takes "N/A" for last Thursday (in Estonian), "No" for now (in Norwegian), the number of a paragraph,
# 5.1, for the first of May, and the day that "March 2024" and "Q2 2024" leave open from the day on which it runs.
# `languages=["en"]` mends the first two only.
# Seen on 2026-11-30.
# For plans: a column of deadlines that is read so has dates that nobody agreed to, and other ones next month. Read a
# closed list of wordings, and ask about the rest.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check dateparser==1.5.0

cat > try.py <<'END'
import datetime, importlib.metadata
from dateparser.date import DateDataParser
print("dateparser", importlib.metadata.version("dateparser"))
for words in ("N/A", "No", "5.1", "March 2024", "Q2 2024", "TBC", "Spring 2025"):
    read = [DateDataParser(settings={"RELATIVE_BASE": datetime.datetime(*today)}).get_date_data(words)
            for today in ((2026, 11, 30), (2026, 3, 2))]
    print(f"{words:12}", *(data.date_obj and data.date_obj.date() for data in read), read[0].locale)
END
venv/bin/python try.py | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
dateparser 1.5.0
N/A          2026-11-26 2026-02-26 et
No           2026-11-30 2026-03-02 nn
5.1          2026-05-01 2026-05-01 en
March 2024   2024-03-30 2024-03-02 en
Q2 2024      2024-05-30 2024-06-02 en
TBC          None None None
Spring 2025  None None None
END
