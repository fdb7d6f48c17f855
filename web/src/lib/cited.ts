/**
 * Which sentences of a passage an answer speaks of where it cites it. The answer's statement is compared with each
 * sentence by the words that they share; a sentence that has too little of it is not marked at all.
 */

export interface Part {
  /** In UTF-16 units into the passage; `end` is exclusive. */
  start: number;
  end: number;
}

/** So much of a statement's weight must stand in a sentence. */
const ENOUGH = 0.4;
/** A figure says more than a word. */
const FIGURE = 3;

const MARKER = /\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g;

/** The numbers of the sources that an answer cites, ascending; its markers are known while it is still being written. */
export function citedNumbers(answer: string, sources: number): number[] {
  const found = new Set<number>();
  for (const [, list] of answer.matchAll(MARKER)) {
    for (const number of list!.split(",").map(Number)) if (number >= 1 && number <= sources) found.add(number);
  }
  return [...found].sort((a, b) => a - b);
}

/** The sentences of `passage` behind the statements that cite `number`. */
export function citedParts(answer: string, number: number, passage: string): Part[] {
  const sentences = split(passage);
  const chosen = new Set<Part>();
  for (const statement of statements(answer, number)) {
    const best = closest(statement, passage, sentences);
    if (best) chosen.add(best);
  }
  // A passage that is cited as a whole needs no second colour.
  if (chosen.size === sentences.length) return [];
  return [...chosen].sort((a, b) => a.start - b.start);
}

/** What an answer says before each marker of a source, without the markers. */
function statements(answer: string, number: number): string[] {
  const found: string[] = [];
  // A marker ends a sentence also where the next one begins with a figure, which is no beginning for the segmenter.
  for (const part of answer.split(/(?<=\][.!?。！？]?)\s+/)) {
    const said = split(part.replace(MARKER, (marker) => " ".repeat(marker.length)));
    for (const [n, { start, end }] of said.entries()) {
      // Markers after the full stop belong to the sentence before them.
      const whole = part.slice(start, said[n + 1]?.start ?? part.length);
      const numbers = [...whole.matchAll(MARKER)].flatMap(([, list]) => list!.split(",").map(Number));
      if (numbers.includes(number)) found.push(part.slice(start, end).replace(MARKER, " "));
    }
  }
  return found;
}

function closest(statement: string, passage: string, sentences: Part[]): Part | null {
  const wanted = weights(statement);
  const all = [...wanted.values()].reduce((sum, one) => sum + one, 0);
  if (all === 0) return null;
  let best: Part | null = null;
  let most = ENOUGH * all;
  for (const part of sentences) {
    const words = weights(passage.slice(part.start, part.end));
    let shared = 0;
    for (const [word, weight] of wanted) if (words.has(word)) shared += weight;
    // Of two that say it all, the shorter one.
    const score = shared - words.size / 10_000;
    if (score > most) [best, most] = [part, score];
  }
  return best;
}

/** The words of a text with what they weigh; short ones are in every sentence. Scripts without spaces count by pairs. */
function weights(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const folded = text.normalize("NFKC").toLowerCase();
  for (const [word] of folded.matchAll(/[\p{L}\p{M}\p{N}]+(?:[.,]\d+)*/gu)) {
    if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(word)) {
      const units = Array.from(word);
      for (let at = 0; at + 1 < units.length; at += 1) found.set(`${units[at]}${units[at + 1]}`, 1);
    } else if (/\d/.test(word)) found.set(word, FIGURE);
    else if (word.length > 3) found.set(word, 1);
    else if (word.length > 2) found.set(word, 0.3);
  }
  return found;
}

/** What stands below the names of a table's columns, which say nothing by themselves. */
const RULE = /^\s*\|?(?:\s*:?-{2,}:?\s*\|?)+\s*$/;
/** A stop behind it ends no sentence: "5. Mai", "z. B.", "J. R. Moss", "Nr. 5". */
const GOES_ON = /(?:^|[\s(])(?:\d{1,2}|\p{L}|Dr|Prof|Mr|Mrs|Ms|St|Nr|No|Abs|Art|Fig|ca|bzw|vgl|approx)\.\s*$/u;

/** Sentences and lines, without the space around them. */
function split(text: string): Part[] {
  const parts: Part[] = [];
  let lineStart = 0;
  const lines = text.split("\n");
  for (const [n, line] of lines.entries()) {
    for (const { segment, index } of RULE.test(lines[n + 1] ?? "") && line.includes("|") ? [] : sentencesOf(line)) {
      const body = segment.trim();
      if (!/[\p{L}\p{N}]/u.test(body)) continue;
      const start = lineStart + index + segment.indexOf(body);
      parts.push({ start, end: start + body.length });
    }
    lineStart += line.length + 1;
  }
  return parts;
}

function sentencesOf(line: string): { segment: string; index: number }[] {
  const found: { segment: string; index: number }[] = [];
  for (const { segment, index } of new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(line)) {
    const last = found.at(-1);
    if (last && GOES_ON.test(last.segment)) last.segment += segment;
    else found.push({ segment, index });
  }
  return found;
}
