import type { FileChange } from "../../domain/decision.ts";
import { FORMAT } from "../../domain/hub/default-settings.ts";
import { FOLDER, SETTINGS_PATH } from "../../domain/hub/layout.ts";
import type { Settings } from "../../domain/hub/settings.ts";
import type { Finding } from "../../domain/values/finding.ts";
import { HiveError } from "../../errors.ts";

/** Settings that cannot be read may be those of a newer format, so nothing is written under them. Throws HiveError. */
export function checkSettings({ format }: Settings, findings: readonly Finding[]): void {
  const broken = findings.find(({ path }) => path === SETTINGS_PATH);
  if (broken) throw unreadable(broken);
  if (format > FORMAT)
    throw new HiveError(
      "newer_format",
      `The hub has format ${format}; this git-hive writes format ${FORMAT}.`,
      "Reading works. To write: npm install --global git-hive@latest",
    );
}

/** A record that cannot be read is never written over: a profile or a request holds what nothing else does. Throws HiveError. */
export function checkRewrites(files: readonly FileChange[], findings: readonly Finding[]): void {
  const broken = findings.find(({ path }) => RECORDS.test(path) && files.some((file) => file.path === path));
  if (broken) throw unreadable(broken);
}

const RECORDS = new RegExp(`^${FOLDER}/(?:SESSIONS|ACTIVE)/`);

function unreadable({ path, line, message }: Finding): HiveError {
  return new HiveError(
    "unreadable_file",
    `${path}:${line}: ${message}.`,
    "Nothing was written. Mend the file first.",
    {
      failure: "invalid",
    },
  );
}
