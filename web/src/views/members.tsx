/** Who belongs to a project, as what. */

import { useEffect, useState } from "preact/hooks";
import { type Schemas, api, ok } from "../api/client";
import { useStable } from "../lib/hooks";
import { tell, trying } from "../state/notices";
import { user } from "../state/session";
import { words } from "../state/settings";
import { Button, Confirm, Field, Spinner } from "./parts";

type Member = Schemas["Member"];
type User = Schemas["User"];

const ROLES = ["viewer", "editor", "owner"];

export function Members({ project, isOwner }: { project: number; isOwner: boolean }) {
  const w = words.value.settings;
  const [members, setMembers] = useState<Member[] | null>(null);
  const [removing, setRemoving] = useState<Member | null>(null);
  const path = { id: project };
  const load = useStable(() =>
    trying(ok(api.GET("/api/projects/{id}/members", { params: { path, query: { limit: 1000 } } })).then(setMembers)),
  );
  useEffect(() => void load(), [project]);
  const set = async (id: number, role: string) => {
    const params = { path: { ...path, user_id: id } };
    await trying(ok(api.PUT("/api/projects/{id}/members/{user_id}", { params, body: { role } })));
    await load();
  };
  const remove = async (id: number) => {
    const params = { path: { ...path, user_id: id } };
    await trying(ok(api.DELETE("/api/projects/{id}/members/{user_id}", { params })));
    await load();
  };
  if (!members) return <Spinner />;
  return (
    <>
      <ul class="members">
        {members.map((member) => (
          <li key={member.user_id}>
            <span class="cut">{member.username}</span>
            <select
              aria-label={`${w.role}: ${member.username}`}
              disabled={!isOwner}
              value={member.role}
              onChange={(event) => void set(member.user_id, event.currentTarget.value)}
            >
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {w.roles[role]}
                </option>
              ))}
            </select>
            {(isOwner || member.user_id === user.value?.id) && (
              <Button look="quiet" onClick={() => setRemoving(member)}>
                {w.remove}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isOwner && <Add project={project} members={members} onAdded={load} />}
      {removing && (
        <Confirm
          title={w.removeTitle(removing.username)}
          text={w.removeText}
          action={w.remove}
          onClose={() => setRemoving(null)}
          onConfirm={() => void remove(removing.user_id)}
        />
      )}
    </>
  );
}

/** By name: only admins see who else has an account, and get them offered. */
function Add({ project, members, onAdded }: { project: number; members: Member[]; onAdded: () => Promise<unknown> }) {
  const w = words.value.settings;
  const [users, setUsers] = useState<User[]>([]);
  const [username, setUsername] = useState("");
  const [role, setRole] = useState("viewer");
  const isAdmin = user.value?.role === "admin";
  useEffect(() => {
    if (isAdmin) void trying(ok(api.GET("/api/users", { params: { query: { limit: 1000 } } })).then(setUsers));
  }, [isAdmin]);
  const others = users.filter((one) => !one.disabled && !members.some((member) => member.user_id === one.id));
  const add = async (event: Event) => {
    event.preventDefault();
    const body = { username: username.trim(), role };
    const added = await trying(ok(api.PUT("/api/projects/{id}/members", { params: { path: { id: project } }, body })));
    if (!added) return;
    tell("done", w.added(added.username));
    setUsername("");
    await onAdded();
  };
  return (
    <form class="add-member" onSubmit={(event) => void add(event)}>
      <Field label={w.userName}>
        {(id) => (
          <>
            <input
              id={id}
              required
              autoComplete="off"
              autoCapitalize="none"
              spellcheck={false}
              list={`${id}-names`}
              value={username}
              onInput={(event) => setUsername(event.currentTarget.value)}
            />
            <datalist id={`${id}-names`}>
              {others.map((one) => (
                <option key={one.id} value={one.username} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={w.role}>
        {(id) => (
          <select id={id} value={role} onChange={(event) => setRole(event.currentTarget.value)}>
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {w.roles[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Button look="main" icon="plus" type="submit" disabled={!username.trim()}>
        {w.add}
      </Button>
    </form>
  );
}
