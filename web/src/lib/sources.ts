/** The sources of an answer, as a reader looks at them: by document, and what is cited first. */

import type { Source } from "../api/client";

export interface Numbered {
  /** 1-based, as the answer's markers say it. */
  number: number;
  source: Source;
}

export interface Group {
  document: number;
  filename: string;
  deleted: boolean;
  sources: Numbered[];
}

/** The cited sources and the others, each by document, in the order in which the documents come up. */
export function grouped(sources: readonly Source[], cited: readonly number[]): { cited: Group[]; rest: Group[]; restCount: number } {
  const numbered = sources.map((source, n) => ({ number: n + 1, source }));
  const rest = numbered.filter((one) => !cited.includes(one.number));
  return { cited: byDocument(numbered.filter((one) => cited.includes(one.number))), rest: byDocument(rest), restCount: rest.length };
}

/** Whether anything is left of it but its number and its place. */
export function isDeleted(source: Source): boolean {
  return source.metadata.deleted === true;
}

function byDocument(list: Numbered[]): Group[] {
  const groups = new Map<number, Group>();
  for (const one of list) {
    const { document_id: document, filename } = one.source.metadata;
    const group = groups.get(document) ?? { document, filename, deleted: isDeleted(one.source), sources: [] };
    group.sources.push(one);
    groups.set(document, group);
  }
  return [...groups.values()];
}
