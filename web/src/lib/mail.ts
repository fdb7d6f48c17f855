/** The headers at the top of a mail's text: lines of a name, a colon and a value, up to the first empty line. */

export interface Header {
  name: string;
  value: string;
  /** In UTF-16 units into the text. */
  start: number;
}

const LINE = /^([A-Z][A-Za-z-]{1,30}): (.*)$/;

export function mailParts(text: string): { headers: Header[]; body: number } {
  const headers: Header[] = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const match = LINE.exec(line);
    if (match) headers.push({ name: match[1]!, value: match[2]!, start: at });
    else if (line.trim() !== "" && !/^#{1,2} /.test(line)) break;
    else if (headers.length > 0) break;
    at += line.length + 1;
  }
  return headers.length > 1 ? { headers, body: Math.min(at, text.length) } : { headers: [], body: 0 };
}
