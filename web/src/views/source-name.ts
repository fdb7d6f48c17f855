import { words } from "../state/settings";

/** What a source's document is called; a deleted one has no name any more. */
export function nameOf(document: { filename: string; deleted?: boolean | null }): string {
  return document.deleted ? words.value.source.deleted : document.filename;
}
