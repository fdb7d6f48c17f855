/** A project's name and numbers, its members, and its end. */

import { useEffect, useState } from "preact/hooks";
import { type Project, type Schemas, api, ok } from "../api/client";
import * as format from "../lib/format";
import { tell, trying } from "../state/notices";
import { changeProject, deleteProject, projects, saveProject } from "../state/projects";
import { go } from "../state/router";
import { session } from "../state/session";
import { language, words } from "../state/settings";
import { Members } from "./members";
import { Button, Dialog, Field, Heading } from "./parts";

export function Settings({ project: id }: { project: number }) {
  const w = words.value.settings;
  const project = projects.value?.find((one) => one.id === id);
  if (!project) return null;
  const isOwner = project.role === "owner";
  const accounts = session.value.is === "in" && session.value.accounts;
  return (
    <section class="view settings-view">
      <Heading>{w.title}</Heading>
      <General project={project} isOwner={isOwner} />
      <section aria-labelledby="members">
        <h2 id="members">{w.members}</h2>
        {accounts ? <Members project={id} isOwner={isOwner} /> : <p class="hint">{w.membersOff}</p>}
      </section>
      <Statistics project={id} />
      {isOwner && <Export project={project} />}
      {isOwner && <Danger project={project} />}
    </section>
  );
}

function General({ project, isOwner }: { project: Project; isOwner: boolean }) {
  const w = words.value;
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  const save = async (event: Event) => {
    event.preventDefault();
    await trying(changeProject(project.id, { name: name.trim(), description: description.trim() }).then(() => tell("done", w.settings.saved)));
  };
  return (
    <section aria-labelledby="general">
      <h2 id="general">{w.settings.general}</h2>
      {!isOwner && <p class="hint">{w.settings.readOnly}</p>}
      <form onSubmit={(event) => void save(event)}>
        <Field label={w.projects.name}>
          {(field) => (
            <input id={field} required maxLength={255} disabled={!isOwner} value={name} onInput={(event) => setName(event.currentTarget.value)} />
          )}
        </Field>
        <Field label={w.projects.description}>
          {(field) => (
            <textarea
              id={field}
              rows={3}
              maxLength={4000}
              disabled={!isOwner}
              value={description}
              onInput={(event) => setDescription(event.currentTarget.value)}
            />
          )}
        </Field>
        {isOwner && (
          <Button look="main" type="submit">
            {w.save}
          </Button>
        )}
      </form>
    </section>
  );
}

function Statistics({ project }: { project: number }) {
  const w = words.value;
  const [found, setFound] = useState<Schemas["ProjectStatistics"] | null>(null);
  useEffect(() => {
    void trying(ok(api.GET("/api/projects/{id}/statistics", { params: { path: { id: project } } })).then(setFound));
  }, [project]);
  if (!found) return null;
  const whole = (count: number) => format.whole(count, language.value);
  const facts: [string, string][] = [
    [w.documents.title, whole(found.document_count)],
    [w.documents.pages, whole(found.total_pages)],
    [w.settings.words, whole(found.total_words)],
    [w.documents.passages, whole(found.total_chunks)],
    [w.settings.size, format.bytes(found.total_size_bytes, language.value)],
    [w.nav.chats, whole(found.chat_count)],
    [w.settings.messages, whole(found.message_count)],
    ...(found.feedback
      ? ([
          [w.settings.good, whole(found.feedback.up)],
          [w.settings.bad, whole(found.feedback.down)],
        ] as [string, string][])
      : []),
  ];
  return (
    <section aria-labelledby="numbers">
      <h2 id="numbers">{w.settings.statistics}</h2>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Export({ project }: { project: Project }) {
  const w = words.value.settings;
  const [packing, setPacking] = useState(false);
  const save = async () => {
    setPacking(true);
    await trying(saveProject(project));
    setPacking(false);
  };
  return (
    <section aria-labelledby="export">
      <h2 id="export">{w.export}</h2>
      <p class="hint">{w.exportText}</p>
      <Button icon="download" disabled={packing} onClick={() => void save()}>
        {packing ? w.packing : w.exportAction}
      </Button>
    </section>
  );
}

function Danger({ project }: { project: Project }) {
  const w = words.value;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const erase = async (event: Event) => {
    event.preventDefault();
    setOpen(false);
    await trying(deleteProject(project.id).then(() => go({ view: "projects" }, "replace")));
  };
  return (
    <section aria-labelledby="danger">
      <h2 id="danger">{w.settings.danger}</h2>
      <p class="hint">{w.settings.dangerText}</p>
      <Button look="danger" icon="trash" onClick={() => setOpen(true)}>
        {w.settings.danger}
      </Button>
      {open && (
        <Dialog title={w.settings.deleteTitle(project.name)} onClose={() => setOpen(false)}>
          <form onSubmit={(event) => void erase(event)}>
            <p>{w.settings.dangerText}</p>
            <Field label={w.settings.confirm} hint={project.name}>
              {(id) => <input id={id} autoComplete="off" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />}
            </Field>
            <footer>
              <Button onClick={() => setOpen(false)}>{w.cancel}</Button>
              <Button look="danger" type="submit" disabled={typed.trim() !== project.name}>
                {w.delete}
              </Button>
            </footer>
          </form>
        </Dialog>
      )}
    </section>
  );
}
