/** What documents are about, by their headings. */

export interface Topic {
  document: string;
  /** Empty where the document has no heading that says more than its name. */
  heading: string;
}

const MOST = 4;

/** One topic of each document, then a second one, until there are enough; the innermost headings say the most. */
export function topicsOf(documents: { document: string; headings: string[] }[]): Topic[] {
  const lists = documents.map(({ document, headings }) => {
    const own = [...new Set(headings)].filter((heading) => isTopic(innermost(heading), document));
    // The outermost one is mostly the title: the document's name says the same.
    const inner = own.filter((heading) => heading.includes(BELOW));
    const telling = [...new Set((inner.length > 0 ? inner : own).map(innermost))];
    return (telling.length > 0 ? telling : [""]).map((heading): Topic => ({ document, heading }));
  });
  const found: Topic[] = [];
  for (let n = 0; found.length < MOST && lists.some((list) => n < list.length); n += 1) {
    found.push(...lists.flatMap((list) => list[n] ?? []));
  }
  return found.slice(0, MOST);
}

/** What stands between the headings of a path, the outermost first. */
const BELOW = " > ";

const innermost = (path: string): string => path.split(BELOW).at(-1)?.trim() ?? "";

function isTopic(heading: string, document: string): boolean {
  const name = document.replace(/\.\w+$/, "").toLowerCase();
  return heading.length > 3 && heading.length <= 60 && /\p{L}{3}/u.test(heading) && heading.toLowerCase() !== name;
}
