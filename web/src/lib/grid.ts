/**
 * The text of a spreadsheet as rows and columns again. A row is a line of cells between bars; the rows under a header
 * repeat its names (`Month: May | Level: 84`), which go back into the header alone.
 */

export interface Row {
  cells: string[];
  is: "title" | "header" | "row";
  /** Where the line stands in the text, in UTF-16 units; `end` is exclusive. */
  start: number;
  end: number;
}

const BAR = " | ";

export function rows(text: string): Row[] {
  const found: Row[] = [];
  let header: string[] | null = null;
  let at = 0;
  for (const line of text.split("\n")) {
    const place = { start: at, end: at + line.length };
    at += line.length + 1;
    if (line.trim() === "") continue;
    if (found.length === 0 && line.startsWith("# ")) {
      found.push({ ...place, is: "title", cells: [line.slice(2)] });
      continue;
    }
    const parts = line.split(BAR);
    const above: Row | undefined = found.at(-1);
    // A row of its own may name the columns of those after it.
    const names: (string[] | null)[] = [header, above?.is === "row" && above.cells.length > 1 ? above.cells : null];
    const fit: ReturnType<typeof placed> = names.map((one) => (one ? placed(parts, one) : null)).find((one) => one !== null) ?? null;
    if (fit && fit.header !== header && above?.is === "row") {
      above.is = "header";
      above.cells = fit.header;
    }
    if (fit) header = fit.header;
    found.push({ ...place, is: "row", cells: fit ? fit.cells : parts });
  }
  return found;
}

/** A row under a header, whose first column may have no name: then its value names the row. */
function placed(parts: string[], header: string[]): { header: string[]; cells: string[] } | null {
  const whole = named(parts, header);
  if (whole) return { header, cells: whole };
  const rest = named(parts.slice(1), header);
  return rest && parts.length > 1 ? { header: ["", ...header], cells: [parts[0]!, ...rest] } : null;
}

/** The values of a row in the columns of the header; `null` where the row does not repeat its names. */
function named(parts: string[], header: string[]): string[] | null {
  const cells: string[] = header.map(() => "");
  let column = -1;
  let matched = false;
  for (const part of parts) {
    const next = header.findIndex((name, n) => n > column && (name === "" ? n === 0 && !/: /.test(part) : part.startsWith(`${name}: `)));
    if (next >= 0) {
      column = next;
      matched ||= header[next] !== "";
      cells[next] = header[next] === "" ? part : part.slice(header[next]!.length + 2);
    } else if (column >= 0) {
      // A bar within a value.
      cells[column] += BAR + part;
    } else return null;
  }
  return matched ? cells : null;
}
