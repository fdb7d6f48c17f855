#!/usr/bin/env bash
# workalendar gives the holidays of Cyprus: Good Friday and Easter Monday of 2024, and the Dormition.
# Expected: 3 and 6 May and 15 August: Easter of Cyprus is the Orthodox one, as workalendar has it for Greece and Romania, and so has the
#   package holidays.
# Happens: 29 March and 1 April, the Western Easter, and 15 July for the Dormition. The real days are working days.
# Matters: nothing is open on days that are planned, and terms of payment and of courts run out on the wrong day; in years in which both
#   Easters are the same, such as 2025, all looks right.
# Source: workalendar/europe/cyprus.py; the package holidays; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python workalendar==17.0.0 holidays==0.109
cat > look.py <<'PY'
from datetime import date

import holidays
from workalendar.europe import Cyprus, Greece

DAYS = [date(2024, 5, 3), date(2024, 5, 6), date(2024, 8, 15)]
other, cyprus = holidays.country_holidays("CY", years=2024), Cyprus()
days = {name: day for day, name in cyprus.holidays(2024)}
seen = [cyprus.is_working_day(day) for day in DAYS]
print(seen, days["Good Friday"], days["Dormition of the Theotokos"], [other.get(day) for day in DAYS])
assert all(day in other for day in DAYS) and not any(Greece().is_working_day(day) for day in DAYS)
assert not cyprus.is_working_day(date(2025, 4, 18)), "the same Easter for both churches"
assert (date(2024, 4, 1), "Easter Monday") in cyprus.holidays(2024)
assert (days["Good Friday"], days["Dormition of the Theotokos"]) == (date(2024, 3, 29), date(2024, 7, 15)), "the days are right now"
assert seen == [True, True, True], "the days are right now"
PY
python look.py
