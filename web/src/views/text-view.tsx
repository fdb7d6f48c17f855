/** The text of a page as it was read, in the form of its kind of file: formatted, as a grid, or as it stands. */

import { useMemo } from "preact/hooks";
import { rows } from "../lib/grid";
import { lookOf } from "../lib/kinds";
import type { Mark } from "../lib/markdown";
import { MailText } from "./mail-view";
import { Markdown } from "./markdown";
import { Marked } from "./marked";

export interface TextProps {
  text: string;
  fileType: string;
  /** Offsets into `text`. */
  marks?: readonly Mark[];
}

const NONE: readonly Mark[] = [];

export function TextView({ text, fileType, marks = NONE }: TextProps) {
  switch (lookOf(fileType)) {
    case "formatted":
      return <Markdown text={text} sources={[]} marks={marks} />;
    case "grid":
      return <Grid text={text} marks={marks} />;
    case "mail":
      return <MailText text={text} marks={marks} />;
    default:
      return (
        <div class="plain-text">
          <Marked text={text} marks={marks} />
        </div>
      );
  }
}

/** Rows that are drawn; a table of a million lines is for other programs. */
const MOST = 2000;

/** A spreadsheet. A mark takes whole rows. */
function Grid({ text, marks }: { text: string; marks: readonly Mark[] }) {
  const list = useMemo(() => rows(text), [text]);
  // Around what is marked, where not all can be drawn.
  const first = marks.length > 0 ? list.findIndex((row) => row.end > marks[0]!.start) : 0;
  const from = Math.max(0, Math.min(first - MOST / 2, list.length - MOST));
  const drawn = list.slice(from, from + MOST);
  const most = Math.max(1, ...drawn.map((row) => row.cells.length));
  return (
    <div class="table-wrap grid-wrap" tabIndex={0} role="group">
      <table class="grid">
        <tbody>
          {from > 0 && <Gap columns={most} />}
          {drawn.map((row) => {
            const kind = marks.findLast((mark) => mark.start < row.end && mark.end > row.start)?.kind;
            const Cell = row.is === "row" ? "td" : "th";
            return (
              <tr key={row.start} class={`grid-${row.is} ${kind ? `mark-${kind}` : ""}`}>
                {row.cells.map((cell, n) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                  <Cell key={n} class={isFigure(cell) ? "right" : ""} colSpan={n === row.cells.length - 1 ? most - n : 1}>
                    {kind ? <mark class={`mark-${kind}`}>{cell}</mark> : cell}
                  </Cell>
                ))}
              </tr>
            );
          })}
          {from + MOST < list.length && <Gap columns={most} />}
        </tbody>
      </table>
    </div>
  );
}

function Gap({ columns }: { columns: number }) {
  return (
    <tr>
      <td colSpan={columns}>…</td>
    </tr>
  );
}

const isFigure = (cell: string) => /^[-+(]?[\p{Sc}]?\s?\d[\d.,\s]*[%)]?\s?[\p{Sc}]?$/u.test(cell);
