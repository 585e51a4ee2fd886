import type { Collaboration } from "../requests/collaboration.ts";
import { holderBefore, mayBeFree } from "../requests/holder.ts";
import { isOpen } from "../requests/moves.ts";
import type { Held, HubFault, HubFiles } from "./hub-files.ts";
import { wrongStep } from "./steps.ts";

/** Finds histories with moves that are not allowed, by the wrong party, or that do not end at the request's status. */
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
    : "the history is empty; expected pending by the requester";
  return [{ path, rule: "move", message, key: [last ? "status" : "history"] }];
}

/** Finds a holder that does not follow from the history. Only a request open to many sessions may have no holder. */
function wrongHolder({ path, value }: Held<Collaboration>): HubFault[] {
  const { to_session, history } = value;
  const holder = holderBefore(value, history.length);
  if (to_session === holder && (holder !== null || mayBeFree(value))) return [];
  const expected = mayBeFree(value)
    ? `${holder ?? "null"}, as in the history`
    : "a session, because it names no skill";
  return [
    {
      path,
      rule: "holder",
      message: `to_session is ${to_session}; expected ${expected}`,
      key: ["to_session"],
    },
  ];
}

/** Finds archived requests that have not ended. */
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
