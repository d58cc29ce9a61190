#!/usr/bin/env bash
# `DUE;VALUE=DATE:20030630` is a day, with no hour and no time zone: RFC 5545, sections 3.3.4 and 3.8.2.3. ics (0.7.3,
# PyPI) keeps the day of an event (DTSTART) when it reads a calendar and writes it again. It writes the day of a task
# (VTODO) as an instant, DUE:20030630T000000Z: the task is due when that day begins in Greenwich, which is the evening
# of 29 June in America. icalendar (7.3.2, PyPI) and vobject (0.9.9, PyPI) write the day.
# Seen on 2026-11-30.
# For plans: a task that is due "by 30 June" is shown a day too early, or as overdue for the whole of its last day,
# after any script with this library has touched the calendar. Send due dates as events of a whole day.
set -euo pipefail
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"

python3 -m venv python
python/bin/pip install -q ics==0.7.3 icalendar==7.3.2 vobject==0.9.9

printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example//plan//EN \
  BEGIN:VEVENT UID:5@example.org DTSTAMP:20030508T090000Z 'DTSTART;VALUE=DATE:20030630' 'SUMMARY:5 is due' END:VEVENT \
  BEGIN:VTODO UID:5.1@example.org DTSTAMP:20030508T090000Z 'DUE;VALUE=DATE:20030630' 'SUMMARY:Do 5.1' END:VTODO \
  END:VCALENDAR > plan.ics

cat > again.py <<'END'
import ics, icalendar, vobject
text = open("plan.ics", newline="").read()
written = {
    "ics": ics.Calendar(text).serialize(),
    "icalendar": icalendar.Calendar.from_ical(text).to_ical().decode(),
    "vobject": vobject.readOne(text).serialize(),
}
for name, calendar in written.items():
    print(name, *(line for line in calendar.splitlines() if line.startswith(("DTSTART", "DUE"))))
END
python/bin/python again.py | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
ics DTSTART;VALUE=DATE:20030630 DUE:20030630T000000Z
icalendar DTSTART;VALUE=DATE:20030630 DUE;VALUE=DATE:20030630
vobject DTSTART;VALUE=DATE:20030630 DUE;VALUE=DATE:20030630
END
