#!/usr/bin/env bash
# vobject writes events at nine in their own zones (zoneinfo), one after the other in a program: Chicago, then Shanghai;
#   Kolkata, then Dublin.
# Expected: nine in each of the zones, by its name (TZID=Asia/Shanghai), as icalendar writes it.
# Happens: zones are named by their abbreviation in winter and kept by it: of CST and IST the first one counts for all.
#   Shanghai's event is at nine in Chicago, 13 hours later, and Dublin's at nine in Kolkata. datetime.timezone.utc is refused
#   with an error.
# Matters: a server that writes calendars for people in several zones gives wrong hours, by who came first since it was
#   started.
# Source: RFC 5545, 3.8.3.1 (TZID: a name for one zone; the tz database's are recommended); the zone names of zoneinfo; what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python vobject==0.9.9 icalendar==7.3.2 tzdata==2026.6
cat > look.py <<'PY'
import datetime, zoneinfo
import icalendar, vobject


def written(zone):
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    event.add("uid").value = zone
    event.add("dtstart").value = datetime.datetime(2024, 7, 5, 9, tzinfo=zoneinfo.ZoneInfo(zone))
    (event,) = icalendar.Calendar.from_ical(calendar.serialize()).walk("VEVENT")
    return event["DTSTART"].params["TZID"], event["DTSTART"].dt.isoformat()


seen = {zone: written(zone) for zone in ("America/Chicago", "Asia/Shanghai", "Asia/Kolkata", "Europe/Dublin")}
print(*seen.items(), sep="\n")
assert seen["America/Chicago"] == ("CST", "2024-07-05T09:00:00-05:00")
assert seen["Asia/Shanghai"] == ("CST", "2024-07-05T09:00:00-05:00"), "zones are kept apart now"
assert seen["Europe/Dublin"] == ("IST", "2024-07-05T09:00:00+05:30"), "zones are kept apart now"
PY
python look.py
