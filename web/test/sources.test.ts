import { expect, it } from "vitest";
import type { Source } from "../src/api/client";
import { grouped, isDeleted } from "../src/lib/sources";

const source = (document: number, chunk: number) =>
  ({ id: `${document}/${chunk}`, metadata: { document_id: document, filename: `${document}.md` } }) as Source;

it("sources stand by document, those that are cited apart from the others", () => {
  const found = grouped([source(1, 0), source(2, 0), source(1, 1), source(3, 0)], [3, 2]);
  const told = (groups: typeof found.cited) => groups.map((one) => `${one.filename}: ${one.sources.map(({ number }) => number).join(" ")}`);
  expect(told(found.cited)).toEqual(["2.md: 2", "1.md: 3"]);
  expect(told(found.rest)).toEqual(["1.md: 1", "3.md: 4"]);
  expect(found.restCount).toBe(2);
});

it("sources of a deleted document are told from others, one by one and as a group", () => {
  const gone = { id: "1/0", metadata: { document_id: 1, filename: "deleted document", deleted: true } } as Source;
  expect([gone, source(2, 0)].map(isDeleted)).toEqual([true, false]);
  expect(grouped([gone, source(2, 0)], [1, 2]).cited.map((group) => group.deleted)).toEqual([true, false]);
});
