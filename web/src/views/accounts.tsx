/** The accounts of this server, for administrators. */

import { useEffect, useState } from "preact/hooks";
import { type Schemas, api, ok } from "../api/client";
import { useStable } from "../lib/hooks";
import { tell, trying } from "../state/notices";
import { user } from "../state/session";
import { words } from "../state/settings";
import { Ago, Button, Field, Spinner } from "./parts";

type User = Schemas["User"];

export function Accounts() {
  const w = words.value.accounts;
  const [users, setUsers] = useState<User[] | null>(null);
  const load = useStable(() => trying(ok(api.GET("/api/users", { params: { query: { limit: 1000 } } })).then(setUsers)));
  useEffect(() => void load(), []);
  const change = async (id: number, changes: { role?: string; disabled?: boolean }) => {
    await trying(ok(api.PATCH("/api/users/{id}", { params: { path: { id } }, body: changes })));
    await load();
  };
  return (
    <section aria-labelledby="accounts">
      <h2 id="accounts">{w.title}</h2>
      {!users && <Spinner />}
      <ul class="members">
        {users?.map((one) => (
          <li key={one.id}>
            <span class="cut">
              {one.username} <span class="muted small">#{one.id}</span>
            </span>
            {one.disabled && <span class="badge failed">{w.disabled}</span>}
            <span class="muted small">
              <Ago moment={one.created_at} />
            </span>
            <select
              aria-label={`${words.value.settings.role}: ${one.username}`}
              value={one.role}
              disabled={one.id === user.value?.id}
              onChange={(event) => void change(one.id, { role: event.currentTarget.value })}
            >
              <option value="user">{w.user}</option>
              <option value="admin">{w.admin}</option>
            </select>
            {one.id !== user.value?.id && (
              <Button look="quiet" onClick={() => void change(one.id, { disabled: !one.disabled })}>
                {one.disabled ? w.enable : w.disable}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Create onMade={() => void load()} />
    </section>
  );
}

function Create({ onMade }: { onMade: () => void }) {
  const w = words.value.accounts;
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const make = async (event: Event) => {
    event.preventDefault();
    const made = await trying(ok(api.POST("/api/users", { body: { username: username.trim(), password } })));
    if (!made) return;
    tell("done", w.made(made.username));
    setUsername("");
    setPassword("");
    onMade();
  };
  return (
    <form class="add-member" onSubmit={(event) => void make(event)}>
      <Field label={words.value.signIn.username}>
        {(id) => (
          <input id={id} required autoComplete="off" autoCapitalize="none" value={username} onInput={(event) => setUsername(event.currentTarget.value)} />
        )}
      </Field>
      <Field label={words.value.signIn.password}>
        {(id) => (
          <input
            id={id}
            type="password"
            required
            minLength={8}
            autoComplete="new-password"
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        )}
      </Field>
      <Button look="main" icon="plus" type="submit">
        {w.create}
      </Button>
    </form>
  );
}
