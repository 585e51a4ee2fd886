import type { FileChange } from "../../domain/decision.ts";
import { FORMAT } from "../../domain/hub/default-settings.ts";
import { FOLDER, locationOf, REGISTRY_PATH, RETIRED_PATH, SETTINGS_PATH } from "../../domain/hub/layout.ts";
import type { Settings } from "../../domain/hub/settings.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { HiveError } from "../../errors.ts";

/**
 * Throws HiveError when the settings are unreadable or have a newer format. Unreadable settings may be those of a
 * newer format, so nothing is written under them.
 */
export function checkSettings({ format }: Settings, findings: readonly Finding[]): void {
  const broken = findings.find(({ path }) => path === SETTINGS_PATH);
  if (broken) throw unreadable(broken);
  if (format > FORMAT)
    throw new HiveError(
      "newer_format",
      `The hub has format ${format}; this git-hive writes format ${FORMAT}.`,
      "You can still read the hub. To write, update git-hive: npm install --global git-hive@latest",
    );
}

/**
 * Throws HiveError when a change would overwrite a profile or a request that was not read, because it holds data
 * that no other file has, or when it would add to files of which not all were read. `isRead` tells whether the reader
 * read a path.
 */
export function checkRewrites(
  files: readonly FileChange[],
  findings: readonly Finding[],
  isRead: (path: string) => boolean,
): void {
  for (const finding of findings) {
    const { path, rule } = finding;
    if (!RECORDS.some((folder) => `${path}/`.startsWith(folder))) continue;
    const depends = (file: FileChange) =>
      rule === "count"
        ? file.path.startsWith(`${path}/`)
          ? !isRead(file.path)
          : file.path === REGISTRY_PATH && path === SESSIONS
        : file.path === path;
    if (files.some(depends)) throw unreadable(finding);
  }
}

const RECORDS = [`${FOLDER}/SESSIONS/`, `${FOLDER}/ACTIVE/`, `${RETIRED_PATH}/`];

/** The registry is generated from all profiles. */
const SESSIONS = `${FOLDER}/${locationOf("sessions").path}`;

function unreadable({ path, line, message, rule }: Finding): HiveError {
  return new HiveError(
    "unreadable_file",
    `${path}${rule === "count" ? "" : `:${line}`}: ${message}.`,
    rule === "count"
      ? "Nothing was written. Remove the files that do not belong there, then try again."
      : "Nothing was written. Fix the file, then try again.",
    {
      failure: "invalid",
    },
  );
}
