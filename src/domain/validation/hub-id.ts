import { SETTINGS_PATH } from "../hub/layout.ts";
import { type HubCommit, nameOf } from "./commits.ts";
import type { HubFault } from "./hub-files.ts";

/** Finds changes of the hub's id. A hub of an older version may get one once. */
export function keepsId(commit: HubCommit): HubFault[] {
  return (commit.texts ?? []).flatMap(({ path, before, after }): HubFault[] => {
    const [old, now] = [idIn(before), idIn(after)];
    if (path !== SETTINGS_PATH || old === undefined || now === old) return [];
    const message = `${nameOf(commit)}: the hub's id must not change; expected ${old}`;
    return [{ path, rule: "id", message, key: ["id"] }];
  });
}

function idIn(settings: string | undefined): string | undefined {
  return /^(?:id|"id"|'id')[ \t]*:[ \t]*["']?([^\s"'#]+)/m.exec(settings ?? "")?.[1];
}
