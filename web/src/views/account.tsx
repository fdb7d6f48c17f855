/** What belongs to oneself: the password, and keys for programs. */

import { useEffect, useState } from "preact/hooks";
import { type Schemas, api, ok } from "../api/client";
import { useStable } from "../lib/hooks";
import { tell, trying } from "../state/notices";
import { user } from "../state/session";
import { words } from "../state/settings";
import { Ago, Button, Confirm, Field, Heading, IconButton, Spinner } from "./parts";

type ApiKey = Schemas["ApiKey"];

export function Account() {
  const w = words.value;
  return (
    <section class="view settings-view">
      <Heading>{w.account.title}</Heading>
      <p>
        {user.value?.username} · <span class="muted">{user.value?.role === "admin" ? w.accounts.admin : w.accounts.user}</span>
      </p>
      <Password />
      <Keys />
    </section>
  );
}

function Password() {
  const w = words.value.account;
  const [entry, setEntry] = useState({ current: "", next: "" });
  const change = async (event: Event) => {
    event.preventDefault();
    const body = { current_password: entry.current, new_password: entry.next };
    if (!(await trying(ok(api.POST("/api/auth/password", { body })).then(() => true)))) return;
    tell("done", w.changed);
    setEntry({ current: "", next: "" });
  };
  return (
    <section aria-labelledby="password">
      <h2 id="password">{w.password}</h2>
      <form onSubmit={(event) => void change(event)}>
        {/* Password managers look for the name that the password belongs to. */}
        <input type="hidden" autoComplete="username" value={user.value?.username} />
        <Field label={w.current}>
          {(id) => (
            <input
              id={id}
              type="password"
              required
              autoComplete="current-password"
              value={entry.current}
              onInput={(event) => setEntry({ ...entry, current: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={w.next} hint={words.value.signIn.passwordHint}>
          {(id) => (
            <input
              id={id}
              type="password"
              required
              minLength={8}
              autoComplete="new-password"
              value={entry.next}
              onInput={(event) => setEntry({ ...entry, next: event.currentTarget.value })}
            />
          )}
        </Field>
        <Button look="main" type="submit">
          {w.change}
        </Button>
      </form>
    </section>
  );
}

function Keys() {
  const w = words.value.account;
  const [keys, setKeys] = useState<ApiKey[] | null>(null);
  const [name, setName] = useState("");
  const [manages, setManages] = useState(false);
  const [fresh, setFresh] = useState("");
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const load = useStable(() => trying(ok(api.GET("/api/auth/api-keys")).then(setKeys)));
  useEffect(() => void load(), []);
  const make = async (event: Event) => {
    event.preventDefault();
    const made = await trying(ok(api.POST("/api/auth/api-keys", { body: { name: name.trim(), manage_account: manages } })));
    if (!made) return;
    setFresh(made.key);
    setName("");
    setManages(false);
    await load();
  };
  const revoke = async (key: ApiKey) => {
    await trying(ok(api.DELETE("/api/auth/api-keys/{id}", { params: { path: { id: key.id } } })));
    setFresh("");
    await load();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(fresh);
    tell("done", words.value.copied);
  };
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">{w.keys}</h2>
      <p class="hint">{w.keysText}</p>
      {!keys && <Spinner />}
      {keys?.length === 0 && <p class="hint">{w.none}</p>}
      <ul class="members">
        {keys?.map((key) => (
          <li key={key.id}>
            <span class="cut">
              {key.name} <code class="muted small">{key.prefix}…</code>
              {key.manage_account && <span class="badge">{w.manages}</span>}
            </span>
            <span class="muted small">
              {key.last_used_at ? (
                <>
                  {w.used} <Ago moment={key.last_used_at} />
                </>
              ) : (
                w.unused
              )}
            </span>
            <Button look="quiet" onClick={() => setRevoking(key)}>
              {w.revoke}
            </Button>
          </li>
        ))}
      </ul>
      <div role="status">
        {fresh && (
          <p class="note fresh-key">
            {w.made} <code>{fresh}</code> <IconButton icon="copy" size={16} label={words.value.copy} onClick={() => void copy()} />
          </p>
        )}
      </div>
      <form class="add-member" onSubmit={(event) => void make(event)}>
        <Field label={w.keyName}>
          {(id) => <input id={id} required maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} />}
        </Field>
        <label class="check">
          <input type="checkbox" checked={manages} onChange={(event) => setManages(event.currentTarget.checked)} />
          {w.manage}
        </label>
        <Button look="main" icon="plus" type="submit">
          {w.make}
        </Button>
      </form>
      {revoking && (
        <Confirm
          title={w.revokeTitle(revoking.name)}
          text={w.revokeText}
          action={w.revoke}
          onClose={() => setRevoking(null)}
          onConfirm={() => void revoke(revoking)}
        />
      )}
    </section>
  );
}
