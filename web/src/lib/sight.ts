/** Where a passage stands on a page that was read from its picture. */

import { find } from "./passage";

/** A word on a picture: left, top, right, bottom as shares of the page. */
export interface Seen {
  /** From where to where in the text of the page, in UTF-16. */
  start: number;
  end: number;
  area: readonly number[];
}

export interface Sight {
  text: string;
  words: Seen[];
}

/** From code points to UTF-16. */
export function placed(text: string, words: readonly { start: number; length: number; area: readonly number[] }[]): Seen[] {
  const offsets = [0];
  for (const character of text) offsets.push(offsets[offsets.length - 1]! + character.length);
  const at = (point: number) => offsets[Math.min(point, offsets.length - 1)]!;
  return words.map(({ start, length, area }) => ({ start: at(start), end: at(start + length), area }));
}

/** The words that a passage covers. */
export function covered({ text, words }: Sight, passage: string): Seen[] {
  const spans = find([text], passage);
  return words.filter((word) => spans.some(({ start, end }) => word.start < end && start < word.end));
}

/** Lays a colour over the passage and the sentences in it that are cited; says whether there was anything to mark. */
export function layOver(sight: Sight, passage: string, cited: readonly string[], marks: HTMLElement): boolean {
  marks.replaceChildren();
  const lay = (text: string, look: string) => {
    for (const { area } of covered(sight, text)) {
      const [left, top, right, bottom] = area as [number, number, number, number];
      const patch = document.createElement("div");
      patch.className = look;
      patch.style.left = `${left * 100}%`;
      patch.style.top = `${top * 100}%`;
      patch.style.width = `${(right - left) * 100}%`;
      patch.style.height = `${(bottom - top) * 100}%`;
      marks.append(patch);
    }
  };
  lay(passage, "pdf-mark");
  for (const sentence of cited) lay(sentence, "pdf-mark cited");
  return marks.childElementCount > 0;
}
