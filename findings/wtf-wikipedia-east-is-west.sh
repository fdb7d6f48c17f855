#!/usr/bin/env bash
# wtf_wikipedia (npm) gives the text of pages of a wiki with places on the map: Berlin (52° 31′ N 13° 24′ E), Sydney and
#   New York.
# Expected: 13.4°E; 33.9°S and 151.2°E; 74°W: the page has the letters.
# Happens: "52.51667°N, 13.4°W", "-33.86667°N, 151.2°W", "40.71667°N, -74°W": the letters are always N and W.
# Matters: all places east of Greenwich are put to the west: Berlin is in the Atlantic, for search and for models. The numbers
#   for programs (coordinates()) are right.
# Source: Wikipedia's documentation of Template:Coord (N, S, E, W are part of what it shows); the same library's coordinates();
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node wtf_wikipedia@10.4.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import wtf from "wtf_wikipedia";

const PLACES = ["{{coord|52|31|N|13|24|E}}", "{{coord|33|52|S|151|12|E}}", "{{coord|40|43|N|74|0|W}}"];
const seen = PLACES.map((place) => wtf(`It is at ${place}.`).text());
const { lat, lon } = wtf(`It is at ${PLACES[0]}.`).coordinates()[0];
console.log(seen, lat, lon);
assert.ok(lat > 52 && lon > 13);
assert.equal(seen[0], "It is at 52.51667°N, 13.4°W.", "east is east now");
assert.equal(seen[1], "It is at -33.86667°N, 151.2°W.");
assert.equal(seen[2], "It is at 40.71667°N, -74°W.");
JS
node look.mjs
