import type { Collaboration } from "../collaboration.ts";
import { isOpen } from "../moves.ts";
import type { Fault } from "./fault.ts";
import type { Held, HubFiles } from "./hub-files.ts";
import { wrongStep } from "./steps.ts";

/** The history of a request is a path of legal moves by the right parties, and ends at its status. */
export function legalHistory({ collaborations, archived }: HubFiles): Fault[] {
  return [...collaborations, ...archived].flatMap((held) => [...wrongSteps(held), ...wrongEnd(held)]);
}

function wrongSteps({ path, value }: Held<Collaboration>): Fault[] {
  return value.history.flatMap((_, index) => {
    const message = wrongStep(value, index);
    return message === undefined ? [] : [{ path, rule: "move", message, key: ["history", index] }];
  });
}

function wrongEnd({ path, value: { history, status } }: Held<Collaboration>): Fault[] {
  const last = history.at(-1);
  if (last?.status === status) return [];
  const message = last
    ? `status is ${status}, but the history ends with ${last.status}`
    : "the history is empty; expected pending by whoever asked";
  return [{ path, rule: "move", message, key: [last ? "status" : "history"] }];
}

/** Only what has ended is put away. */
export function endedInArchive({ archived }: HubFiles): Fault[] {
  return archived
    .filter(({ value }) => isOpen(value))
    .map(({ path, value: { status } }) => ({
      path,
      rule: "archive",
      message: `status is ${status}; expected a request that has ended`,
      key: ["status"],
    }));
}
