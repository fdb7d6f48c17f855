import { describe, expect, it } from "vitest";
import { citedNumbers, citedParts } from "../src/lib/cited";

const PASSAGE = [
  "White storks came back in 1998.",
  "The nest on the chimney weighs about 800 kilograms.",
  "Three young were ringed on 4 June.",
].join(" ");

const marked = (answer: string, number = 1, passage = PASSAGE) =>
  citedParts(answer, number, passage).map(({ start, end }) => passage.slice(start, end));

describe("the cited sentence", () => {
  it("is the one that the statement speaks of", () => {
    expect(marked("The nest weighs **about 800 kilograms** [1].")).toEqual(["The nest on the chimney weighs about 800 kilograms."]);
    expect(marked("They returned in 1998 [1], and three young were ringed on 4 June [1].")).toEqual(["Three young were ringed on 4 June."]);
  });

  it("may be several, each from its own statement", () => {
    expect(marked("White storks came back in 1998 [1]. In June, three young were ringed [1].")).toEqual([
      "White storks came back in 1998.",
      "Three young were ringed on 4 June.",
    ]);
  });

  it("may begin with a figure", () => {
    const passage = "Diesel cost 312 euros. Order 40 willow stakes.";
    expect(marked("The nest weighs 800 kilograms [2]. 40 willow stakes are to be ordered [1].", 1, passage)).toEqual(["Order 40 willow stakes."]);
  });

  it("belongs to the marker behind the full stop, too", () => {
    expect(marked("Owls hunt by ear. [2] The nest weighs 800 kilograms. [1]")).toEqual(["The nest on the chimney weighs about 800 kilograms."]);
    expect(marked("Owls hunt by ear. [2] The nest weighs 800 kilograms. [1]", 2)).toEqual([]);
  });

  it("is a line of a table, or a sentence without spaces", () => {
    const rows = "Month | Level\n\nMonth: January | Level: 84\nMonth: February | Level: 91";
    expect(marked("In February the level was 91 [1].", 1, rows)).toEqual(["Month: February | Level: 91"]);
    expect(marked("灯塔每年检查两次 [1]。", 1, "灯塔建于1902年。灯塔每年检查两次。红灯在北面。")).toEqual(["灯塔每年检查两次。"]);
  });

  it("is the row of a table, and not what its columns are called", () => {
    const table = "| Kind | Kiln 18 | Kiln 23 |\n|---|:--:|---|\n| Noise | 58 dB(A) | 61 dB(A) |\n| Weight | 40 kg | 52 kg |";
    expect(marked("Kind: Noise; Kiln 23: 61 dB(A) [1]", 1, table)).toEqual(["| Noise | 58 dB(A) | 61 dB(A) |"]);
    const plan = "Cost: Agency | North Lane: 412000 | Salt Dock: 96000\nCost: Clay | North Lane: 100 | Salt Dock: 90";
    expect(marked("Cost: Agency; Salt Dock: 96000 [1]", 1, plan)).toEqual(["Cost: Agency | North Lane: 412000 | Salt Dock: 96000"]);
  });

  it("goes on behind the stop of a date, a number or a name", () => {
    const passage = "Der Ofen ist rot. Die Miete ist zum 5. Mai 2024 an Dr. Moss zu zahlen. Sie steigt.";
    expect(marked("Die Miete ist zum 5. Mai 2024 an Dr. Moss zu zahlen. [1]", 1, passage)).toEqual([
      "Die Miete ist zum 5. Mai 2024 an Dr. Moss zu zahlen.",
    ]);
  });

  it("is not guessed", () => {
    expect(marked("Nothing of the kind was observed anywhere [1].")).toEqual([]);
    expect(marked("The nest weighs 800 kilograms [1].", 1, "The nest weighs 800 kilograms.")).toEqual([]);
  });
});

describe("the numbers that are cited", () => {
  it("are read off the markers that have a source", () => {
    expect(citedNumbers("a [2] b [1, 3] c [9] d [2]", 3)).toEqual([1, 2, 3]);
  });
});
