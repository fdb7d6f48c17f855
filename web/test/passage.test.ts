import { describe, expect, it } from "vitest";
import { cut, find, pages } from "../src/lib/passage";

/** What of the page would be coloured. */
const marked = (items: string[], passage: string) => find(items, passage).map(({ item, start, end }) => items[item]!.slice(start, end));

describe("a passage in a page that another reader took apart", () => {
  it("is found across pieces, spaces and cases", () => {
    expect(marked(["White", " storks", "breed on the chim", "ney."], "white storks  breed on the chimney")).toEqual([
      "White",
      "storks",
      "breed on the chim",
      "ney",
    ]);
  });

  it("is found over ligatures and soft hyphens", () => {
    expect(marked(["The ﬁrst ofﬁce"], "first office")).toEqual(["ﬁrst ofﬁce"]);
    expect(marked(["bree\u00adding pairs"], "breeding pairs")).toEqual(["bree\u00adding pairs"]);
  });

  it("is found in part where the page has something in between", () => {
    const page = ["One pair of white storks breeds here. ", "FIGURE 3: A NEST OF STORKS, SEEN FROM THE CHURCH ", "The nest weighs 800 kilograms today."];
    expect(marked(page, "One pair of white storks breeds here. The nest weighs 800 kilograms today.")).toEqual([
      "One pair of white storks breeds here",
      "The nest weighs 800 kilograms today",
    ]);
  });

  it("is not invented", () => {
    expect(find(["Something else entirely, about owls and mice."], "White storks breed on the chimney")).toEqual([]);
    expect(find([], "White storks")).toEqual([]);
    expect(find(["text"], " … ")).toEqual([]);
  });
});

describe("offsets of the server", () => {
  it("count code points", () => {
    expect(cut("a🦉b🦉c", 1, 4)).toEqual(["a", "🦉b🦉", "c"]);
  });

  it("part a content into its pages", () => {
    const list = [{ length: 2 }, { length: 3 }];
    expect(pages("🦉a\n\nbcd", list).map((page) => page.text)).toEqual(["🦉a", "bcd"]);
  });
});
