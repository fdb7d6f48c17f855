import { expect, it } from "vitest";
import { rows } from "../src/lib/grid";

const told = (text: string) => rows(text).map(({ is, cells }) => `${is}: ${cells.join(" / ")}`);

it("rows that repeat the names of their columns become a grid", () => {
  const text = "# Budget\n\nItem | Amount | Note\n\nItem: Nest boxes | Amount: 1250.50\nItem: Bands | Amount: 760 | Note: steel | thin";
  expect(told(text)).toEqual([
    "title: Budget",
    "header: Item / Amount / Note",
    "row: Nest boxes / 1250.50 / ",
    "row: Bands / 760 / steel | thin",
  ]);
  const last = rows(text).at(-1)!;
  expect(text.slice(last.start, last.end)).toBe("Item: Bands | Amount: 760 | Note: steel | thin");
});

it("rows without names stay what they are, and a new header may follow", () => {
  expect(told("1 | 2\n3 | 4")).toEqual(["row: 1 / 2", "row: 3 / 4"]);
  expect(told("a | b\n\na: 1 | b: 2\nremark\nc | d\nc: 3 | d: 4")).toEqual([
    "header: a / b",
    "row: 1 / 2",
    "row: remark",
    "header: c / d",
    "row: 3 / 4",
  ]);
});

it("a first column without a name holds the names of the rows", () => {
  expect(told("3. Results\nSales | Profit\nNorth | Sales: 12 | Profit: -3\nSouth | Sales: 8\nRemark on all")).toEqual([
    "row: 3. Results",
    "header:  / Sales / Profit",
    "row: North / 12 / -3",
    "row: South / 8 / ",
    "row: Remark on all",
  ]);
});
