/** Who belongs to a project, as what. */

import { useEffect, useState } from "preact/hooks";
import { type Schemas, api, ok } from "../api/client";
import { trying } from "../state/notices";
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
  const load = () =>
    trying(ok(api.GET("/api/projects/{id}/members", { params: { path, query: { limit: 1000 } } })).then(setMembers));
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
      {isOwner && <Add members={members} onAdd={set} />}
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

/** Admins choose from all users; other owners have to know whom they add. */
function Add({ members, onAdd }: { members: Member[]; onAdd: (id: number, role: string) => Promise<void> }) {
  const w = words.value.settings;
  const [users, setUsers] = useState<User[] | null>(null);
  const [who, setWho] = useState("");
  const [role, setRole] = useState("viewer");
  const isAdmin = user.value?.role === "admin";
  useEffect(() => {
    if (isAdmin) void trying(ok(api.GET("/api/users", { params: { query: { limit: 1000 } } })).then(setUsers));
  }, [isAdmin]);
  const others = users?.filter((one) => !one.disabled && !members.some((member) => member.user_id === one.id));
  const add = async (event: Event) => {
    event.preventDefault();
    await onAdd(Number(who), role);
    setWho("");
  };
  return (
    <form class="add-member" onSubmit={(event) => void add(event)}>
      <Field label={isAdmin ? w.user : w.userNumber}>
        {(id) =>
          isAdmin ? (
            <select id={id} required value={who} onChange={(event) => setWho(event.currentTarget.value)}>
              <option value="">{w.choose}</option>
              {others?.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.username}
                </option>
              ))}
            </select>
          ) : (
            <input id={id} required inputMode="numeric" pattern="[0-9]+" value={who} onInput={(event) => setWho(event.currentTarget.value)} />
          )
        }
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
      <Button look="main" icon="plus" type="submit" disabled={!who}>
        {w.add}
      </Button>
    </form>
  );
}
