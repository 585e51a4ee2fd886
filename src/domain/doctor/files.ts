import { MERGE_DRIVER } from "../hub/attributes.ts";
import { ATTRIBUTES_PATH } from "../hub/layout.ts";
import { count } from "../values/count.ts";
import type { Finding } from "../values/finding.ts";
import { bad, type Check, note, ok } from "./check.ts";

/** So many of what is wrong are named. */
const SHOWN = 3;

export function judgeFiles(findings: readonly Finding[]): Check {
  if (findings.length === 0) return ok("files", "Every file of the hub can be read.");
  const shown = findings.slice(0, SHOWN).map(({ path, line, message }) => `${path}:${line}: ${message}`);
  const rest = findings.length > SHOWN ? `; and ${findings.length - SHOWN} more` : "";
  return bad(
    "files",
    `${count(findings.length, "file")} of the hub cannot be read: ${shown.join("; ")}${rest}.`,
    "Mend them in a clone of the hub and push",
  );
}

/** Whether the hub says how its generated files are merged, and whether this project's git does so. */
export interface AttributeFacts {
  readonly areThere: boolean;
  /** Undefined where the project is no clone of the hub. */
  readonly isDriverInstalled: boolean | undefined;
}

export function judgeAttributes({ areThere, isDriverInstalled }: AttributeFacts, location: string): Check {
  if (!areThere)
    return note(
      "attributes",
      `The hub has no ${ATTRIBUTES_PATH}, so who pulls by hand may get conflicts in generated files.`,
      `Commit one that says: /REGISTRY.json merge=${MERGE_DRIVER} and /MESSAGES.md merge=${MERGE_DRIVER}`,
    );
  return isDriverInstalled === false
    ? note("attributes", "This clone of the hub merges generated files as text.", `hive join ${location}`)
    : ok("attributes", "Generated files merge without conflicts.");
}
