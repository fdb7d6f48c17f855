/** The text of a document, page by page. */

import { useEffect, useState } from "preact/hooks";
import { type Document, type Schemas, api, ok } from "../api/client";
import { useStable } from "../lib/hooks";
import { pages } from "../lib/passage";
import { trying } from "../state/notices";
import { words } from "../state/settings";
import { Button, Spinner } from "./parts";
import { TextView } from "./text-view";

/** Pages of one step. */
const STEP = 30;
/** Characters of one page that are drawn; a file without pages may be one of millions. */
const DRAWN = 200_000;

type ContentPage = Schemas["DocumentContent"]["pages"][number] & { text: string };

/** `fileType` says in which form it is shown; the empty one shows it as it was read. */
export function DocumentText({ document, fileType }: { document: Document; fileType: string }) {
  const w = words.value.documents;
  const [list, setList] = useState<ContentPage[]>([]);
  const [next, setNext] = useState<number | null | undefined>(undefined);
  const load = useStable(async (after: number) => {
    const params = { path: { id: document.id }, query: { after, limit: STEP } };
    const answer = await trying(ok(api.GET("/api/documents/{id}/content", { params })));
    if (!answer) return setNext(null);
    setList((before) => [...before, ...pages(answer.content, answer.pages)]);
    setNext(answer.next_after ?? null);
  });
  useEffect(() => void load(0), []);
  if (next === undefined) return <Spinner />;
  if (list.length === 0) return <p class="hint">{w.noText}</p>;
  return (
    <div class="document-text">
      {list.map((page) => (
        <section key={page.number} aria-label={page.numbered ? w.page(page.number) : w.part(page.number)}>
          {(page.numbered || list.length > 1) && (
            <h2>
              {page.numbered ? w.page(page.number) : w.part(page.number)}
              {page.verdict !== "text" && <span class="badge warning">{w.verdict[page.verdict] ?? page.verdict}</span>}
            </h2>
          )}
          <TextView text={page.text.length > DRAWN ? `${page.text.slice(0, DRAWN)}…` : page.text} fileType={fileType} />
        </section>
      ))}
      {next !== null && <Button onClick={() => void load(next)}>{words.value.more}</Button>}
    </div>
  );
}
