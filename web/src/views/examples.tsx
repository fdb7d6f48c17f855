/** Questions to begin with, made from what the newest documents are about. */

import { useEffect, useState } from "preact/hooks";
import { type Schemas, api } from "../api/client";
import { type Topic, topicsOf } from "../lib/topics";
import { words } from "../state/settings";

type Chunk = Schemas["Chunk"];

/** Documents that are looked into, and passages of each. */
const DOCUMENTS = 4;
const PASSAGES = 40;

export function Examples({ project, onChoose }: { project: number; onChoose: (question: string) => void }) {
  const w = words.value.chat;
  const [topics, setTopics] = useState<Topic[]>([]);
  useEffect(() => {
    let current = true;
    void find(project).then((found) => current && setTopics(found));
    return () => {
      current = false;
    };
  }, [project]);
  if (topics.length === 0) return null;
  return (
    <div class="examples">
      <p class="hint">{w.examples}</p>
      <ul>
        {topics.map(({ document, heading }) => {
          const question = heading ? w.exampleAbout(heading, document) : w.exampleSummary(document);
          return (
            <li key={question}>
              <button type="button" class="example" onClick={() => onChoose(question)}>
                {question}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** Nothing is said where something fails: a chat begins without examples, too. */
async function find(project: number): Promise<Topic[]> {
  const query = { status_filter: "completed", limit: DOCUMENTS };
  const { data: documents } = await api.GET("/api/projects/{id}/documents", { params: { path: { id: project }, query } }).catch(() => ({ data: undefined }));
  const looked = (documents ?? []).map(async ({ id, filename }) => {
    const params = { path: { id }, query: { limit: PASSAGES } };
    const { data } = await api.GET("/api/documents/{id}/chunks", { params }).catch(() => ({ data: undefined }));
    return { document: filename, headings: (data ?? []).map((chunk: Chunk) => chunk.heading ?? "") };
  });
  return topicsOf(await Promise.all(looked));
}
