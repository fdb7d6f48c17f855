/** Going anywhere by name (Ctrl+K), and the list of shortcuts (?). */

import { signal } from "@preact/signals";
import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { useStable } from "../lib/hooks";
import { type Destination, found, known } from "../state/destinations";
import { current } from "../state/room";
import { go } from "../state/router";
import { words } from "../state/settings";
import { Icon, type IconName } from "./icons";
import { Dialog } from "./parts";

const ICONS: Record<Destination["kind"], IconName> = { view: "forward", project: "projects", chat: "chat", document: "document" };

const shown = signal<"palette" | "list" | null>(null);

export function openPalette(): void {
  shown.value = "palette";
}

/** Listens to the keys that hold in every view. */
export function Shortcuts() {
  const open = shown.value;
  const setOpen = (next: typeof open) => {
    shown.value = next;
  };
  const press = useStable((event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const isControl = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (isControl && !event.shiftKey && key === "k") {
      event.preventDefault();
      setOpen(open === "palette" ? null : "palette");
    } else if (isControl && event.shiftKey && key === "o" && current.value !== null) {
      event.preventDefault();
      go({ view: "chats", project: current.value });
    } else if (!isControl && !isTyping(event) && document.querySelector("dialog[open]") === null) {
      if (event.key === "?") setOpen("list");
      else if (event.key === "/") focusField(event);
    }
  });
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
  const close = () => setOpen(null);
  if (open === "palette") return <Palette onClose={close} />;
  return open === "list" ? <ShortcutList onClose={close} /> : null;
}

const isTyping = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [contenteditable]") !== null;

/** The field of the view: the question, the search, the filter. */
function focusField(event: KeyboardEvent): void {
  const field = document.querySelector<HTMLElement>("main .composer textarea, main input[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
}

function Palette({ onClose }: { onClose: () => void }) {
  const w = words.value.palette;
  const id = useId();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<Destination[]>([]);
  const [at, setAt] = useState(0);
  const project = current.value;
  const field = useRef<HTMLInputElement>(null);
  // The dialog gives the focus to its first button otherwise.
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    let isLast = true;
    setAt(0);
    if (project === null || !text.trim()) {
      setAsked([]);
      return;
    }
    const soon = setTimeout(() => void found(project, text.trim()).then((list) => isLast && setAsked(list)), 120);
    return () => {
      isLast = false;
      clearTimeout(soon);
    };
  }, [project, text]);
  const list = useMemo(() => [...known(project, text.trim()), ...asked], [project, text, asked]);
  const choose = (one: Destination | undefined) => {
    if (!one) return;
    onClose();
    go(one.to);
  };
  const key = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1 };
    if (event.key in steps && list.length > 0) {
      event.preventDefault();
      setAt((steps[event.key]! + list.length) % list.length);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      choose(list[at]);
    }
  };
  return (
    <Dialog title={w.title} onClose={onClose}>
      <input
        ref={field}
        type="search"
        class="palette-field"
        role="combobox"
        aria-label={w.label}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={list[at] ? `${id}-${at}` : undefined}
        placeholder={w.label}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={key}
      />
      <div id={id} role="listbox" aria-label={w.title} class="palette-list">
        {list.map((one, n) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and takes the keys
          <div
            key={one.key}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === at}
            ref={(element) => {
              if (n === at) element?.scrollIntoView({ block: "nearest" });
            }}
            onClick={() => choose(one)}
            onPointerMove={() => setAt(n)}
          >
            <Icon name={ICONS[one.kind]} size={16} />
            <span class="cut">{one.name}</span>
            <span class="muted small">{w.kinds[one.kind] ?? ""}</span>
          </div>
        ))}
      </div>
      {list.length === 0 && <p class="hint">{w.none}</p>}
    </Dialog>
  );
}

function ShortcutList({ onClose }: { onClose: () => void }) {
  const w = words.value.palette;
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  const control = isApple ? "⌘" : w.control;
  const list: [string[], string][] = [
    [[control, "K"], w.title],
    [[control, w.shift, "O"], words.value.nav.newChat],
    [["/"], w.field],
    [[w.enter], words.value.chat.send],
    [[w.shift, w.enter], w.newLine],
    [["Esc"], w.escape],
    [["?"], w.shortcuts],
  ];
  return (
    <Dialog title={w.shortcuts} onClose={onClose}>
      <dl class="shortcuts">
        {list.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((one) => (
                <kbd key={one}>{one}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
