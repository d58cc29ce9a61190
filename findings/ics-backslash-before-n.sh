#!/usr/bin/env bash
# In a text of iCalendar `\\` is a backslash and `\n` a new line (RFC 5545, section 3.3.11), read from left to right.
# So `S:\\audit\\notes` is the folder S:\audit\notes. node-ical (0.26.1, npm) and ics (0.7.3, PyPI) replace `\n`
# wherever they see it, and the second backslash of `\\n` with it: the folder becomes "S:\audit\", a new line, "otes".
# Backslashes before other letters are read right. ical.js (2.2.1, npm) and icalendar (7.3.2, PyPI) read all of them
# right; icalendar for Ruby had the same fault and repaired it in its change 323.
# Seen on 2026-11-30.
# For plans: evidence of an action is often such a folder, and the description of its event names one that is not
# there. Write evidence with slashes, S:/audit/notes.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

npm install --silent --no-audit --no-fund --prefix . node-ical@0.26.1 ical.js@2.2.1 >/dev/null
python3 -m venv python
python/bin/pip install -q ics==0.7.3 icalendar==7.3.2

printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example//plan//EN BEGIN:VEVENT UID:5.1@example.org \
  DTSTAMP:20030508T090000Z 'DTSTART;VALUE=DATE:20030630' 'SUMMARY:5.1 is due' \
  'DESCRIPTION:S:\\audit\\notes\nS:\\audit\\minutes' END:VEVENT END:VCALENDAR > plan.ics

cat > read.mjs <<'END'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";
const text = readFileSync("plan.ics", "utf8");
console.log("node-ical ", JSON.stringify(nodeIcal.sync.parseICS(text)["5.1@example.org"].description));
const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
console.log("ical.js   ", JSON.stringify(event.getFirstPropertyValue("description")));
END
cat > read.py <<'END'
import json, ics, icalendar
text = open("plan.ics", newline="").read()
print("ics       ", json.dumps(next(iter(ics.Calendar(text).events)).description))
event = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
print("icalendar ", json.dumps(str(event["description"])))
END
{
  node read.mjs
  python/bin/python read.py
} | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
node-ical  "S:\\audit\\\notes\nS:\\audit\\minutes"
ical.js    "S:\\audit\\notes\nS:\\audit\\minutes"
ics        "S:\\audit\\\notes\nS:\\audit\\minutes"
icalendar  "S:\\audit\\notes\nS:\\audit\\minutes"
END
