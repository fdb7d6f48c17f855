/** What recognisers saw on the pages of documents. */

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
