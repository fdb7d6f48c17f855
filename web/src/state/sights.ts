/** Single pages of documents: what recognisers saw on them, and that they are looked at. */

import { api } from "../api/client";
import { pages } from "../lib/passage";
import { type Sight, placed } from "../lib/sight";

/** `null` for a page that has a text of its own. */
export async function sightOf(document: number, page: number): Promise<Sight | null> {
  const params = { path: { id: document }, query: { after: page - 1, limit: 1, words: true } };
  const { data } = await api.GET("/api/documents/{id}/content", { params });
  const [first] = data ? pages(data.content, data.pages) : [];
  if (!first?.words?.length || first.number !== page) return null;
  return { text: first.text, words: placed(first.text, first.words) };
}

/** Asking for a page tells the server that it is looked at. */
export async function openedPage(document: number, page: number): Promise<void> {
  const params = { path: { id: document }, query: { after: page - 1, limit: 1 } };
  await api.GET("/api/documents/{id}/content", { params });
}
