#!/usr/bin/env bash
# Two events with one UID are one event, and the one with the higher SEQUENCE is the newer: RFC 5546, section 3.2.1.
# One would expect that a calendar moves the event when it imports a file in which the day is another. calcurse
# (4.7.1, Debian 12) has both days afterwards; khal (0.10.5, Debian 12) has the later one alone.
# Seen on 2026-11-30. For plans: each export is imported into an empty calcurse calendar.
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
need calcurse # seen with 4.7.1-1
need khal # seen with 1:0.10.5-1.1

calendar() { # day, sequence, stamp
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example//plan//EN METHOD:PUBLISH BEGIN:VEVENT \
    UID:meeting@example.org "DTSTAMP:$3" "DTSTART;VALUE=DATE:$1" SUMMARY:Meeting "SEQUENCE:$2" END:VEVENT END:VCALENDAR
}
calendar 20030610 1 20030508T090000Z > first.ics
calendar 20030617 2 20030509T090000Z > moved.ics

mkdir events
printf '%s\n' '[calendars]' '[[plan]]' "path = $tmp/events" '[default]' 'default_calendar = plan' \
  '[sqlite]' "path = $tmp/khal.db" '[locale]' 'dateformat = %Y-%m-%d' 'longdateformat = %Y-%m-%d' \
  'datetimeformat = %Y-%m-%d %H:%M' 'longdatetimeformat = %Y-%m-%d %H:%M' > khal.conf

export LC_ALL=C.UTF-8
{
  echo calcurse
  for file in first moved; do calcurse -D store -i $file.ics >/dev/null; done
  calcurse -D store -Q --from 06/01/2003 --days 30 --filter-type cal --format-event '  %m\n' | grep .
  echo khal
  for file in first moved; do khal -c khal.conf import --batch $file.ics >/dev/null 2>&1; done
  khal -c khal.conf list --format '  {start-long} {title}' --day-format '' 2003-06-01 30d | grep . | sed 's/ *$//'
} | tee seen

diff - seen <<'END' || { echo "It behaves differently now."; exit 1; }
calcurse
06/10/03:
  Meeting
06/17/03:
  Meeting
khal
  2003-06-17 Meeting
END
