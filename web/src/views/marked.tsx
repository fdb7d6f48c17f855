/** Plain text in which places stand out. */

import type { Mark } from "../lib/markdown";

/** Text with its marks, nothing else. */
export function Marked({ text, marks, from = 0 }: { text: string; marks: readonly Mark[]; from?: number }) {
  const edges = new Set([0, text.length]);
  for (const { start, end } of marks) {
    for (const edge of [start - from, end - from]) if (edge > 0 && edge < text.length) edges.add(edge);
  }
  const cuts = [...edges].sort((a, b) => a - b);
  return (
    <>
      {cuts.slice(0, -1).map((cut, n) => {
        const kind = kindAt(marks, from + cut);
        const part = text.slice(cut, cuts[n + 1]);
        return kind ? (
          <mark key={cut} class={`mark-${kind}`}>
            {part}
          </mark>
        ) : (
          part
        );
      })}
    </>
  );
}

const kindAt = (marks: readonly Mark[], at: number) => marks.findLast((mark) => mark.start <= at && at < mark.end)?.kind;
