/** Small pieces that every view is made of. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { signal } from "@preact/signals";
import * as format from "../lib/format";
import { useStable } from "../lib/hooks";
import { type Place, address, go } from "../state/router";
import { language, words } from "../state/settings";
import { Icon, type IconName } from "./icons";

type LinkProps = Omit<JSX.AnchorHTMLAttributes<HTMLAnchorElement>, "href"> & { to: Place };

/** A link within the page; with a modifier key it is an ordinary one. */
export function Link({ to, onClick, ...rest }: LinkProps) {
  const follow = (event: JSX.TargetedMouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={address(to)} onClick={follow} />;
}

type ButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & {
  icon?: IconName;
  look?: "plain" | "main" | "danger" | "quiet";
};

export function Button({ icon, look = "plain", children, class: more, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} class={`button ${look} ${more ?? ""}`}>
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  );
}

/** A button that is only a picture; its label is read aloud and shown on hover. */
export function IconButton({ icon, label, class: more, size, ...rest }: ButtonProps & { icon: IconName; label: string; size?: number }) {
  return (
    <button type="button" aria-label={label} title={label} {...rest} class={`icon-button ${more ?? ""}`}>
      <Icon name={icon} size={size} />
    </button>
  );
}

export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} size={36} />
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export function Spinner({ label }: { label?: string }) {
  return (
    <p class="spinner" role="status">
      <span class="spinner-dot" />
      {label ?? words.value.loading}
    </p>
  );
}

/** A dialog of the browser's own: focus stays inside, Escape closes. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);
  const outside = (event: JSX.TargetedMouseEvent<HTMLDialogElement>) => {
    if (event.target === dialog.current) onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, which is the browser's own
    <dialog ref={dialog} aria-labelledby={heading} onClose={onClose} onClick={outside}>
      <div class="dialog-inside">
        <header>
          <h2 id={heading}>{title}</h2>
          <IconButton icon="close" label={words.value.close} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** Asks before something that cannot be undone. */
export function Confirm(props: { title: string; text: string; action: string; onClose: () => void; onConfirm: () => void }) {
  const { title, text, action, onClose, onConfirm } = props;
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <footer>
        <Button onClick={onClose}>{words.value.cancel}</Button>
        <Button
          look="danger"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {action}
        </Button>
      </footer>
    </Dialog>
  );
}

export interface Choice {
  label: string;
  icon?: IconName;
  danger?: boolean;
  href?: string;
  onChoose?: () => void;
}

/** A button with a list of actions under it. */
export function Menu({ label, icon = "more", choices }: { label: string; icon?: IconName; choices: Choice[] }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const items = useStable(() => Array.from(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? []));
  useEffect(() => {
    if (!open) return;
    items()[0]?.focus();
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as globalThis.Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  const move = (event: KeyboardEvent) => {
    const list = items();
    const at = list.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 };
    if (event.key in steps) {
      event.preventDefault();
      list.at((steps[event.key] ?? 0) % list.length)?.focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setOpen(false);
      root.current?.querySelector("button")?.focus();
    } else if (event.key === "Tab") setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the menu inside
    <div class="menu" ref={root} onKeyDown={open ? move : undefined}>
      <IconButton icon={icon} label={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)} />
      {open && (
        <div role="menu" aria-label={label} class="menu-list">
          {choices.map((choice) => {
            const inside = (
              <>
                {choice.icon && <Icon name={choice.icon} size={16} />}
                {choice.label}
              </>
            );
            const look = choice.danger ? "menu-item danger" : "menu-item";
            return choice.href ? (
              <a key={choice.label} role="menuitem" tabIndex={-1} class={look} href={choice.href} download onClick={() => setOpen(false)}>
                {inside}
              </a>
            ) : (
              <button
                key={choice.label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                class={look}
                onClick={() => {
                  setOpen(false);
                  choice.onChoose?.();
                }}
              >
                {inside}
              </button>
            );
          })}
        </div>
      )}
    </div>
  );
}

const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 10_000);

/** How long ago something was, kept true. */
export function Ago({ moment }: { moment: string }) {
  const exact = new Date(moment).toLocaleString(language.value);
  return (
    <time dateTime={moment} title={exact}>
      {format.ago(moment, Math.max(now.value, Date.parse(moment)), language.value)}
    </time>
  );
}

/** A share of a whole, as a bar. */
export function Bar({ share, label, tone = "accent" }: { share: number; label: string; tone?: "accent" | "good" | "bad" }) {
  const percent = Math.round(Math.max(0, Math.min(1, share)) * 100);
  return (
    <progress class={`bar ${tone}`} max={100} value={percent} aria-label={label}>
      {percent} %
    </progress>
  );
}

/** The heading of a view; focus goes there when the view changes, so that screen readers begin at the top. */
export function Heading({ children, aside }: { children: ComponentChildren; aside?: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header class="view-head">
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
      <div class="view-actions">{aside}</div>
    </header>
  );
}

/** One labelled control of a form. */
export function Field({ label, hint, children }: { label: string; hint?: string; children: (id: string) => ComponentChildren }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
      {hint && <p class="hint">{hint}</p>}
    </div>
  );
}
