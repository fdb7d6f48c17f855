/** All projects, and a new one. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Project } from "../api/client";
import { type Sending, isAborted } from "../api/upload";
import { trying } from "../state/notices";
import { bringProject, createProject, loadProjects, projects } from "../state/projects";
import { go } from "../state/router";
import { words } from "../state/settings";
import { Ago, Bar, Button, Dialog, Empty, Field, Heading, Link, Spinner } from "./parts";

export function Projects() {
  const w = words.value.projects;
  const [creating, setCreating] = useState(false);
  const list = projects.value;
  // Counts of projects that were not open are those of the server.
  useEffect(() => void trying(loadProjects()), []);
  if (!list) return <Spinner />;
  const create = (
    <>
      <Import />
      <Button look="main" icon="plus" onClick={() => setCreating(true)}>
        {w.create}
      </Button>
    </>
  );
  return (
    <section class="view projects-view">
      <Heading aside={list.length > 0 && create}>{w.title}</Heading>
      {list.length === 0 && (
        <Empty icon="projects" title={w.empty}>
          <p>{w.emptyText}</p>
          {create}
        </Empty>
      )}
      <ul class="cards">
        {list.map((project) => (
          <li key={project.id}>
            <Link class="card" to={{ view: "chats", project: project.id }}>
              <span class="card-title">{project.name}</span>
              <span class="card-text">{project.description}</span>
              <span class="muted small">
                {w.documents(project.document_count)} · {w.chats(project.chat_count)} · {w.chunks(project.total_chunks)}
              </span>
              <span class="muted small">
                {w.role[project.role] ?? project.role} · <Ago moment={project.updated_at} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {creating && <Create onClose={() => setCreating(false)} />}
    </section>
  );
}

function Import() {
  const w = words.value.projects;
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<{ name: string; abort: Sending<Project>["abort"] } | null>(null);
  const [share, setShare] = useState(0);
  const take = async (chosen: HTMLInputElement) => {
    const [file] = chosen.files ?? [];
    chosen.value = "";
    if (!file) return;
    setShare(0);
    const { done, abort } = bringProject(file, setShare);
    setSending({ name: file.name, abort });
    const project = await trying(done.catch((error: unknown) => (isAborted(error) ? undefined : Promise.reject(error))));
    setSending(null);
    if (project) go({ view: "documents", project: project.id });
  };
  return (
    <>
      <input ref={input} type="file" accept=".zip,application/zip" hidden data-testid="archive" onChange={(event) => void take(event.currentTarget)} />
      <Button icon="upload" title={w.importHint} onClick={() => input.current?.click()}>
        {w.import}
      </Button>
      {sending && (
        <Dialog title={w.importing} onClose={sending.abort}>
          <p>{sending.name}</p>
          <Bar share={share} label={w.importing} />
          <footer>
            <Button onClick={sending.abort}>{words.value.cancel}</Button>
          </footer>
        </Dialog>
      )}
    </>
  );
}

function Create({ onClose }: { onClose: () => void }) {
  const w = words.value.projects;
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const create = async (event: Event) => {
    event.preventDefault();
    const project = await trying(createProject(name.trim(), description.trim()));
    if (!project) return;
    onClose();
    go({ view: "documents", project: project.id });
  };
  return (
    <Dialog title={w.create} onClose={onClose}>
      <form onSubmit={(event) => void create(event)}>
        <Field label={w.name}>
          {(id) => <input id={id} required maxLength={255} value={name} onInput={(event) => setName(event.currentTarget.value)} />}
        </Field>
        <Field label={w.description}>
          {(id) => (
            <textarea id={id} rows={3} maxLength={4000} value={description} onInput={(event) => setDescription(event.currentTarget.value)} />
          )}
        </Field>
        <footer>
          <Button onClick={onClose}>{words.value.cancel}</Button>
          <Button look="main" type="submit">
            {w.create}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
