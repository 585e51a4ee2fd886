import { MERGE_DRIVER } from "../hub/attributes.ts";
import { ATTRIBUTES_PATH } from "../hub/layout.ts";
import type { Snapshot } from "../snapshot.ts";
import { count } from "../values/count.ts";
import type { Finding } from "../values/finding.ts";
import type { SessionId } from "../values/ids.ts";
import { bad, type Check, note, ok } from "./check.ts";

/** Most findings that are listed by name. */
const MAX_SHOWN = 3;

/** Judges the files of the hub: what cannot be read, and sessions of which one of the two places was changed by hand. */
export function judgeFiles(findings: readonly Finding[], halfListed: readonly string[] = []): Check {
  if (findings.length === 0 && halfListed.length > 0)
    return note(
      "files",
      `${count(halfListed.length, "session")} ${halfListed.length === 1 ? "has" : "have"} a profile or a registry entry without the other, so somebody changed one by hand: ${halfListed.slice(0, MAX_SHOWN).join(", ")}.`,
      "hive validate",
    );
  if (findings.length === 0) return ok("files", "Every file of the hub can be read.");
  const shown = findings.slice(0, MAX_SHOWN).map(({ path, line, message }) => `${path}:${line}: ${message}`);
  const rest = findings.length > MAX_SHOWN ? `; and ${findings.length - MAX_SHOWN} more` : "";
  return bad(
    "files",
    `${count(findings.length, "file")} of the hub cannot be read: ${shown.join("; ")}${rest}.`,
    "Repair them in a clone of the hub and push",
  );
}

/** The sessions that are in the registry and have no profile, or the other way round. */
export function halfListed({ registry, sessions }: Pick<Snapshot, "registry" | "sessions">): string[] {
  const listed = new Set(Object.keys(registry.sessions));
  const missing = [...sessions.keys()].filter((id) => !listed.has(id));
  return [...missing, ...[...listed].filter((id) => !sessions.has(id as SessionId))];
}

/**
 * Whether the hub has attributes for merging its generated files, and whether this project's git has the merge
 * driver.
 */
export interface AttributeFacts {
  readonly areThere: boolean;
  /** Undefined if the project is not a clone of the hub. */
  readonly isDriverInstalled: boolean | undefined;
}

export function judgeAttributes({ areThere, isDriverInstalled }: AttributeFacts, location: string): Check {
  if (!areThere)
    return note(
      "attributes",
      `The hub has no ${ATTRIBUTES_PATH}, so a manual git pull may conflict in generated files.`,
      `Commit one with the lines: /REGISTRY.json merge=${MERGE_DRIVER} and /MESSAGES.md merge=${MERGE_DRIVER}`,
    );
  return isDriverInstalled === false
    ? note(
        "attributes",
        "This clone of the hub merges generated files as text, which may conflict.",
        `hive join ${location}`,
      )
    : ok("attributes", "Generated files merge without conflicts.");
}
