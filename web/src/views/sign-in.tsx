/** The way in: with an account, or by making the first one. */

import { useState } from "preact/hooks";
import { meaning } from "../state/notices";
import { go } from "../state/router";
import { setUp, signIn } from "../state/session";
import { words } from "../state/settings";
import { Button, Field, Link } from "./parts";

export function SignIn() {
  const w = words.value.signIn;
  return (
    <Entrance title={w.title} submit={w.submit} enter={({ username, password }) => signIn(username, password)}>
      <p class="entrance-other">
        <Link to={{ view: "setup" }}>{w.first}</Link>
      </p>
    </Entrance>
  );
}

export function Setup() {
  const w = words.value.signIn;
  return (
    <Entrance
      title={w.setupTitle}
      text={w.setupText}
      submit={w.create}
      withCode
      enter={async ({ code, username, password }) => {
        await setUp(code, username, password);
        go({ view: "projects" }, "replace");
      }}
    >
      <p class="entrance-other">
        <Link to={{ view: "sign-in" }}>{w.have}</Link>
      </p>
    </Entrance>
  );
}

interface EntranceProps {
  title: string;
  text?: string;
  submit: string;
  withCode?: boolean;
  enter: (entry: { code: string; username: string; password: string }) => Promise<void>;
  children: preact.ComponentChildren;
}

function Entrance({ title, text, submit, withCode, enter, children }: EntranceProps) {
  const w = words.value.signIn;
  const [entry, setEntry] = useState({ code: "", username: "", password: "" });
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const set = (name: keyof typeof entry) => (event: preact.JSX.TargetedEvent<HTMLInputElement>) =>
    setEntry({ ...entry, [name]: event.currentTarget.value });
  const go = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      await enter(entry);
    } catch (problem) {
      setError(meaning(problem));
    }
    setBusy(false);
  };
  return (
    <main class="entrance">
      <form onSubmit={(event) => void go(event)}>
        <p class="brand">
          <img src="/favicon.svg" alt="" width="28" height="28" /> {words.value.name}
        </p>
        <h1>{title}</h1>
        {text && <p>{text}</p>}
        {withCode && (
          <Field label={w.code}>
            {(id) => <input id={id} required autoComplete="one-time-code" value={entry.code} onInput={set("code")} />}
          </Field>
        )}
        <Field label={w.username}>
          {(id) => <input id={id} required autoComplete="username" autoCapitalize="none" value={entry.username} onInput={set("username")} />}
        </Field>
        <Field label={w.password} {...(withCode ? { hint: w.passwordHint } : {})}>
          {(id) => (
            <input
              id={id}
              type="password"
              required
              autoComplete={withCode ? "new-password" : "current-password"}
              value={entry.password}
              onInput={set("password")}
            />
          )}
        </Field>
        {error && (
          <p class="note failed" role="alert">
            {error}
          </p>
        )}
        <Button look="main" type="submit" disabled={busy}>
          {submit}
        </Button>
        {children}
      </form>
    </main>
  );
}
