import type { Collaboration } from "../requests/collaboration.ts";
import { holderBefore, isOpenToMany } from "../requests/holder.ts";
import { isOpen } from "../requests/moves.ts";
import type { Held, HubFault, HubFiles } from "./hub-files.ts";
import { wrongStep } from "./steps.ts";

/** The history of a request is a path of legal moves by the right parties, and ends at its status. */
export function legalHistory({ collaborations, archived }: HubFiles): HubFault[] {
  return [...collaborations, ...archived].flatMap((held) => [
    ...wrongSteps(held),
    ...wrongEnd(held),
    ...wrongHolder(held),
  ]);
}

function wrongSteps({ path, value }: Held<Collaboration>): HubFault[] {
  return value.history.flatMap((_, index) => {
    const message = wrongStep(value, index);
    return message === undefined ? [] : [{ path, rule: "move", message, key: ["history", index] }];
  });
}

function wrongEnd({ path, value: { history, status } }: Held<Collaboration>): HubFault[] {
  const last = history.at(-1);
  if (last?.status === status) return [];
  const message = last
    ? `status is ${status}, but the history ends with ${last.status}`
    : "the history is empty; expected pending by whoever asked";
  return [{ path, rule: "move", message, key: [last ? "status" : "history"] }];
}

/** Whose a request is, its history says; only an open one can be nobody's. */
function wrongHolder({ path, value }: Held<Collaboration>): HubFault[] {
  const { to_session, history } = value;
  const holder = holderBefore(value, history.length);
  if (to_session === holder && (holder !== null || isOpenToMany(value))) return [];
  const expected = isOpenToMany(value)
    ? `${holder ?? "null"}, as the history has it`
    : "a session, for it names no skill";
  return [
    {
      path,
      rule: "holder",
      message: `to_session is ${to_session}; expected ${expected}`,
      key: ["to_session"],
    },
  ];
}

/** Only what has ended is put away. */
export function endedInArchive({ archived }: HubFiles): HubFault[] {
  return archived
    .filter(({ value }) => isOpen(value))
    .map(({ path, value: { status } }) => ({
      path,
      rule: "archive",
      message: `status is ${status}; expected a request that has ended`,
      key: ["status"],
    }));
}
