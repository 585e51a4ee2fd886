import type { FileChange } from "../../domain/decision.ts";
import { FORMAT } from "../../domain/hub/default-settings.ts";
import { FOLDER, SETTINGS_PATH } from "../../domain/hub/layout.ts";
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
 * Throws HiveError when a change would overwrite a profile or a request that cannot be read, because it holds data
 * that no other file has.
 */
export function checkRewrites(files: readonly FileChange[], findings: readonly Finding[]): void {
  const broken = findings.find(
    ({ path }) =>
      RECORDS.some((folder) => path.startsWith(folder)) && files.some((file) => file.path === path),
  );
  if (broken) throw unreadable(broken);
}

const RECORDS = [`${FOLDER}/SESSIONS/`, `${FOLDER}/ACTIVE/`];

function unreadable({ path, line, message }: Finding): HiveError {
  return new HiveError(
    "unreadable_file",
    `${path}:${line}: ${message}.`,
    "Nothing was written. Fix the file, then try again.",
    {
      failure: "invalid",
    },
  );
}
