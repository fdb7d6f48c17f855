import { describe, expect, test } from "vitest";
import { covered, placed } from "../src/lib/sight";

const text = "A 𝄞 sounds.\nThe lamp was lit.";
const words = [
  { start: 0, length: 1, area: [0, 0, 0.1, 0.1] },
  { start: 2, length: 1, area: [0.1, 0, 0.2, 0.1] },
  { start: 4, length: 7, area: [0.2, 0, 0.4, 0.1] },
  { start: 12, length: 3, area: [0, 0.1, 0.1, 0.2] },
  { start: 16, length: 4, area: [0.1, 0.1, 0.3, 0.2] },
];

describe("words on a picture", () => {
  test("are counted in code points", () => {
    expect(placed(text, words).map(({ start, end }) => text.slice(start, end))).toEqual(["A", "𝄞", "sounds.", "The", "lamp"]);
  });

  test("are covered by a passage whatever is between them", () => {
    const sight = { text, words: placed(text, words) };
    expect(covered(sight, "The lamp was").map(({ area }) => area[1])).toEqual([0.1, 0.1]);
    expect(covered(sight, "nothing of it")).toEqual([]);
  });
});
