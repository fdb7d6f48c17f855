/** Chooses the documents that a question is about. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type Document, api, ok } from "../api/client";
import { addSubject, dropSubject, setSubjects, subjectsOf } from "../state/asking";
import { trying } from "../state/notices";
import { words } from "../state/settings";
import { Button, Dialog, Spinner } from "./parts";

/** Documents that are offered at once; more are found by name. */
const OFFERED = 50;

export function SubjectChoice({ project, chat, onClose }: { project: number; chat: number; onClose: () => void }) {
  const w = words.value;
  const [name, setName] = useState("");
  const [found, setFound] = useState<Document[] | null>(null);
  useEffect(() => {
    let current = true;
    const look = () =>
      void trying(search(project, name.trim())).then((list) => {
        if (current && list) setFound(list);
      });
    const soon = setTimeout(look, name ? 150 : 0);
    return () => {
      current = false;
      clearTimeout(soon);
    };
  }, [project, name]);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const chosen = subjectsOf(chat);
  const isChosen = (id: number) => chosen.some((one) => one.id === id);
  // What was chosen before and is not among the first stays in sight.
  const missing = name ? [] : chosen.filter((one) => !found?.some((other) => other.id === one.id));
  return (
    <Dialog title={w.chat.chooseDocuments} onClose={onClose}>
      <p class="hint">{w.chat.subjectsText}</p>
      <input
        ref={field}
        type="search"
        class="palette-field"
        aria-label={w.documents.filter}
        placeholder={w.documents.filter}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      {!found && <Spinner />}
      {found?.length === 0 && missing.length === 0 && <p class="hint">{name ? w.documents.none : w.documents.empty}</p>}
      <ul class="subject-list">
        {[...missing, ...(found ?? [])].map(({ id, filename }) => (
          <li key={id}>
            <label class="check">
              <input
                type="checkbox"
                checked={isChosen(id)}
                onChange={() => (isChosen(id) ? dropSubject(chat, id) : addSubject(chat, { id, filename }))}
              />
              <span class="cut">{filename}</span>
            </label>
          </li>
        ))}
      </ul>
      <footer>
        <Button disabled={chosen.length === 0} onClick={() => setSubjects(chat, [])}>
          {w.chat.allDocuments}
        </Button>
        <Button look="main" onClick={onClose}>
          {w.done}
        </Button>
      </footer>
    </Dialog>
  );
}

async function search(project: number, name: string): Promise<Document[]> {
  const path = { id: project };
  if (!name) return ok(api.GET("/api/projects/{id}/documents", { params: { path, query: { limit: OFFERED } } }));
  const query = { q: name, limit: OFFERED };
  return (await ok(api.GET("/api/projects/{id}/documents/search", { params: { path, query } }))).documents;
}
