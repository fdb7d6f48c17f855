/**
 * Finds a passage again in the text of a page that another reader took from the same PDF. The two differ in spaces,
 * ligatures, hyphens and order, so only letters and digits are compared, and a passage may be found in pieces.
 */

/** From where to where in which piece of the page. */
export interface Span {
  item: number;
  start: number;
  end: number;
}

const SEED = 18;
/** Unmatched letters between two found pieces that belong to the passage all the same. */
const BRIDGE = 12;

export function find(items: readonly string[], passage: string): Span[] {
  const page = skeleton(items);
  const wanted = skeleton([passage]).letters;
  if (wanted.length === 0 || page.letters.length === 0) return [];
  return spans(page, ranges(page.letters, wanted));
}

interface Skeleton {
  letters: string;
  /** Where each letter stands: item and offset. */
  places: { item: number; at: number }[];
}

function skeleton(items: readonly string[]): Skeleton {
  let letters = "";
  const places: Skeleton["places"] = [];
  items.forEach((text, item) => {
    let at = 0;
    for (const character of text) {
      const folded = character.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
      for (const unit of folded.split("")) {
        letters += unit;
        places.push({ item, at });
      }
      at += character.length;
    }
  });
  return { letters, places };
}

/** The parts of `page` that the passage covers: whole if it is there whole, else what its pieces cover. */
function ranges(page: string, wanted: string): [number, number][] {
  const whole = page.indexOf(wanted);
  if (whole >= 0) return [[whole, whole + wanted.length]];
  const found: [number, number][] = [];
  let from = 0;
  for (let at = 0; at + SEED <= wanted.length; ) {
    const seed = wanted.slice(at, at + SEED);
    const hit = near(page, seed, from);
    if (hit < 0) {
      at += 4;
      continue;
    }
    let length = SEED;
    while (at + length < wanted.length && page[hit + length] === wanted[at + length]) length += 1;
    found.push([hit, hit + length]);
    from = hit + length;
    at += length;
  }
  return joined(found);
}

/** Passages mostly go on where they stopped; otherwise from the top. */
function near(page: string, seed: string, from: number): number {
  const ahead = page.indexOf(seed, from);
  return ahead >= 0 ? ahead : page.indexOf(seed);
}

function joined(found: [number, number][]): [number, number][] {
  const sorted = [...found].sort((a, b) => a[0] - b[0]);
  const result: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = result.at(-1);
    if (last && start - last[1] <= BRIDGE) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}

function spans(page: Skeleton, found: [number, number][]): Span[] {
  const result: Span[] = [];
  for (const [start, end] of found) {
    for (let n = start; n < end; n += 1) {
      const place = page.places[n]!;
      const last = result.at(-1);
      if (last && last.item === place.item && n > start) last.end = place.at + 1;
      else result.push({ item: place.item, start: place.at, end: place.at + 1 });
    }
  }
  return result;
}

/** Cuts `text` at offsets that count code points, as the server does. */
export function cut(text: string, start: number, end: number): [string, string, string] {
  const points = Array.from(text);
  return [points.slice(0, start).join(""), points.slice(start, end).join(""), points.slice(end).join("")];
}

/** The text of each page of a `content` answer, whose pages are joined by empty lines. */
export function pages<P extends { length: number }>(content: string, list: readonly P[]): (P & { text: string })[] {
  const points = Array.from(content);
  let at = 0;
  return list.map((page) => {
    const text = points.slice(at, at + page.length).join("");
    at += page.length + 2;
    return { ...page, text };
  });
}
