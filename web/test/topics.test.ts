import { expect, it } from "vitest";
import { topicsOf } from "../src/lib/topics";

it("examples come from every document before one has its second", () => {
  const found = topicsOf([
    { document: "owls.md", headings: ["Owls", "Owls > Hunting by ear", "Owls > Hunting by ear", "Owls > Nest boxes"] },
    { document: "table.csv", headings: ["", ""] },
    { document: "notes.docx", headings: ["Minutes > 1", "Minutes > Money spent in spring"] },
  ]);
  expect(found).toEqual([
    { document: "owls.md", heading: "Hunting by ear" },
    { document: "table.csv", heading: "" },
    { document: "notes.docx", heading: "Money spent in spring" },
    { document: "owls.md", heading: "Nest boxes" },
  ]);
});
