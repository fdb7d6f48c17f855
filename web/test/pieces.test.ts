import { describe, expect, it } from "vitest";
import { wanted } from "../src/lib/files";
import * as format from "../src/lib/format";
import { de } from "../src/texts/de";
import { en } from "../src/texts/en";

describe("files of a folder", () => {
  it("are taken without what file managers leave behind", () => {
    const paths = ["a/b.pdf", "a/.DS_Store", ".git/config", "Thumbs.db", "notes.md"];
    expect(paths.filter((path) => wanted({ path }))).toEqual(["a/b.pdf", "notes.md"]);
  });
});

describe("numbers and moments", () => {
  it("are written as each language does", () => {
    expect(format.bytes(35_700, "en")).toBe("35.7 kB");
    expect(format.bytes(35_700, "de")).toBe("35,7 kB");
    expect(format.duration(1234, "en")).toBe("1.2 sec");
    expect(format.ago("2026-01-01T00:00:00Z", Date.parse("2026-01-01T00:05:00Z"), "en")).toBe("5 min. ago");
    expect(format.ago("2026-01-01T00:00:00Z", Date.parse("2026-01-03T00:00:00Z"), "de")).toBe("vorgestern");
  });

  it("give neighbours different colours", () => {
    const hues = Array.from({ length: 12 }, (_, n) => format.hue(n + 1));
    expect(new Set(hues).size).toBe(12);
  });
});

/** Every text, with functions called, by its path. */
function texts(words: object, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const here = path ? `${path}.${key}` : key;
    // The server's codes: English has its own words for them.
    if (here === "problems.codes") return [];
    if (typeof value === "string") return [[here, value]];
    if (typeof value === "function") return [[here, String(value(["x"], 2, 3))]];
    return texts(value, here);
  });
}

describe("the two languages", () => {
  const german = new Map(texts(de));
  it("say everything", () => {
    expect([...german.keys()].sort()).toEqual(texts(en).map(([key]) => key).sort());
    for (const [key, text] of german) expect(text.trim(), key).not.toBe("");
  });

  it("differ", () => {
    const same = texts(en).filter(([key, text]) => german.get(key) === text && text.length > 14);
    // A list of formats is a list of names.
    expect(same.map(([key]) => key)).toEqual([]);
  });
});
