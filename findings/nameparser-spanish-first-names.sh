#!/usr/bin/env bash
# nameparser takes Spanish names apart: "María del Carmen García López", "Juan de Dios Pérez", "María de los Ángeles Ruiz".
# Expected: first names of more than one word and the family names García López, Pérez and Ruiz: María del Carmen is among the commonest
#   names of Spain. At least the family name holds no first name.
# Happens: all from "del", "de" or "de los" on is the family name: "del Carmen García López", "de Dios Pérez", "de los Ángeles Ruiz".
# Matters: lists are sorted, letters addressed and people matched by a family name that is not theirs; half of it is a first name.
# Source: nameparser's documentation (prefixes join what follows them to the last name); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python nameparser==2.6.0
cat > look.py <<'PY'
from nameparser import HumanName

NAMES = ["Ana García López", "María del Carmen García López", "Juan de Dios Pérez", "María de los Ángeles Ruiz"]
seen = [(name.first, name.last) for name in map(HumanName, NAMES)]
print(seen)
assert seen[0][0] == "Ana" and seen[0][1] in ("López", "García López")
assert seen[1:] == [("María", "del Carmen García López"), ("Juan", "de Dios Pérez"), ("María", "de los Ángeles Ruiz")], "they are parted now"
PY
python look.py
