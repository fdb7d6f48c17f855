/** Where a question is written: what it is about, which model answers it, and files that come along. */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { chosen, dropped, pasted } from "../lib/files";
import { useStable } from "../lib/hooks";
import { addSubject, dropSubject, subjectsOf } from "../state/asking";
import * as documents from "../state/documents";
import { projects } from "../state/projects";
import { words } from "../state/settings";
import * as uploads from "../state/uploads";
import { Icon } from "./icons";
import { MannerChoice } from "./manner";
import { IconButton, Menu } from "./parts";
import { SubjectChoice } from "./subject-choice";

interface Props {
  project: number;
  /** 0 for a chat that does not exist yet. */
  chat: number;
  /** Whether the question was taken; otherwise it stays in the field. */
  onSend: (text: string) => Promise<boolean>;
  onTyping?: (is: boolean) => void;
  /** Stops the answer that is being written. */
  running?: (() => void) | undefined;
  /** Fills the field, such as with an example. */
  suggested?: string;
  children?: ComponentChildren;
}

export function Composer({ project, chat, onSend, onTyping, running, suggested, children }: Props) {
  const w = words.value.chat;
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const mayEdit = projects.value?.find((one) => one.id === project)?.role !== "viewer";
  const take = (list: ReturnType<typeof chosen>) => {
    if (mayEdit && list.length > 0) uploads.add(project, list, (document) => addSubject(chat, document));
  };
  useEffect(() => {
    // On a phone the keyboard would cover the chat.
    if (matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, []);
  useEffect(() => {
    if (!suggested) return;
    setText(suggested);
    field.current?.focus();
  }, [suggested]);
  useLayoutEffect(() => {
    const element = field.current!;
    element.style.height = "auto";
    element.style.height = `${Math.min(element.scrollHeight, 220)}px`;
  }, [text]);
  const submit = async () => {
    const question = text.trim();
    if (!question || running || busy) return;
    setBusy(true);
    setText("");
    onTyping?.(false);
    if (!(await onSend(question))) setText(question);
    setBusy(false);
    field.current?.focus();
  };
  const key = (event: KeyboardEvent) => {
    // Enter also ends the choice of a character in some languages.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void submit();
    }
  };
  const paste = (event: ClipboardEvent) => {
    const list = event.clipboardData ? pasted(event.clipboardData) : [];
    if (list.length === 0 || !mayEdit) return;
    event.preventDefault();
    take(list);
  };
  const onDrop = useStable((transfer: DataTransfer) => void dropped(transfer).then(take));
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {mayEdit && <DropVeil onDrop={onDrop} />}
      <Subjects chat={chat} project={project} />
      <div class="composer-box">
        <Menu
          icon="plus"
          label={w.add}
          choices={[
            { label: w.chooseDocuments, icon: "document", onChoose: () => setChoosing(true) },
            ...(mayEdit ? [{ label: w.addFiles, icon: "upload" as const, onChoose: () => files.current?.click() }] : []),
          ]}
        />
        <input
          ref={files}
          type="file"
          multiple
          hidden
          data-testid="chat-files"
          onChange={(event) => {
            if (event.currentTarget.files) take(chosen(event.currentTarget.files));
            event.currentTarget.value = "";
          }}
        />
        <textarea
          ref={field}
          rows={1}
          aria-label={w.label}
          placeholder={w.placeholder}
          title={w.hint}
          maxLength={30000}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            onTyping?.(event.currentTarget.value !== "");
          }}
          onKeyDown={key}
          onPaste={paste}
        />
        <MannerChoice />
        {running ? (
          <IconButton class="send stop" icon="stop" label={w.stop} onClick={running} />
        ) : (
          <IconButton class="send" type="submit" icon="send" label={w.send} disabled={!text.trim() || busy} />
        )}
      </div>
      <div class="composer-foot">{children}</div>
      {choosing && <SubjectChoice project={project} chat={chat} onClose={() => setChoosing(false)} />}
    </form>
  );
}

/** The documents that the next question is about, and files on their way to become one. */
function Subjects({ chat, project }: { chat: number; project: number }) {
  const w = words.value.chat;
  const list = subjectsOf(chat);
  const coming = uploads.uploads.value.filter((one) => one.project === project && one.whenThere);
  if (list.length === 0 && coming.length === 0) return null;
  return (
    <ul class="subjects" aria-label={w.subjects}>
      {list.map((subject) => {
        const row = documents.documents.value.find((one) => one.id === subject.id);
        const open = row && documents.isOpen(row.status);
        return (
          <li key={subject.id} class="subject">
            <Icon name="document" size={14} />
            <span class="cut" title={subject.filename}>
              {subject.filename}
            </span>
            {open && <span class="muted small">{w.beingRead(row.progress)}</span>}
            {row?.status === "failed" && <span class="failed small">{words.value.documents.status.failed}</span>}
            <IconButton icon="close" size={13} label={w.dropSubject(subject.filename)} onClick={() => dropSubject(chat, subject.id)} />
          </li>
        );
      })}
      {coming.map((one) => (
        <li key={one.key} class="subject">
          <Icon name="upload" size={14} />
          <span class="cut">{one.path}</span>
          {one.state === "failed" ? (
            <span class="failed small">{one.error}</span>
          ) : (
            <span class="muted small">{w.beingSent(Math.round(one.share * 100))}</span>
          )}
          <IconButton icon="close" size={13} label={w.dropSubject(one.path)} onClick={() => uploads.drop(one.key)} />
        </li>
      ))}
    </ul>
  );
}

/** Takes files that are dropped anywhere on the page while a chat is open. */
function DropVeil({ onDrop }: { onDrop: (transfer: DataTransfer) => void }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const isFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
    const drag = (event: DragEvent) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const drop = (event: DragEvent) => {
      if (!isFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (event.dataTransfer) onDrop(event.dataTransfer);
    };
    const view = document.getElementById("main");
    view?.addEventListener("dragover", drag);
    view?.addEventListener("dragleave", leave);
    view?.addEventListener("drop", drop);
    return () => {
      view?.removeEventListener("dragover", drag);
      view?.removeEventListener("dragleave", leave);
      view?.removeEventListener("drop", drop);
    };
  }, [onDrop]);
  if (!over) return null;
  return (
    <div class="drop-veil" aria-hidden="true">
      <Icon name="upload" size={40} />
      {words.value.chat.dropNow}
    </div>
  );
}
