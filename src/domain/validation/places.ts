import { FORMAT } from "../hub/default-settings.ts";
import { archivedPath, FOLDER, LAYOUT_KINDS, locationOf, messagePath, SETTINGS_PATH } from "../hub/layout.ts";
import { type HubFault, type HubFiles, kindOf } from "./hub-files.ts";

/** git-hive's folders, with the name pattern of their files. */
const FOLDERS: Readonly<Record<string, string>> = Object.fromEntries(
  LAYOUT_KINDS.map(locationOf)
    .filter(({ depth }) => depth > 0)
    .map(({ path, template }) => [path, template]),
);
const FILES = (["settings", "taxonomy", "registry", "retired", "board"] as const).map(
  (kind) => locationOf(kind).path,
);
const IGNORED_NAME = /^(?:\.gitkeep|\.gitignore|README\.md)$/;

/** Finds files in git-hive's folders that no reader looks for, because their writer expects them to be read. */
export function rightPlaces({ paths }: HubFiles): HubFault[] {
  return [...paths].flatMap((path) => {
    const expected = kindOf(path) === "others" ? expectedInstead(path.slice(FOLDER.length + 1)) : undefined;
    if (expected === undefined) return [];
    return [{ path, rule: "place", message: `git-hive reads no file here; expected ${expected}` }];
  });
}

function expectedInstead(inner: string): string | undefined {
  const file = FILES.find((name) => inner.startsWith(`${name}/`));
  if (file !== undefined) return `a plain file ${file}`;
  const folder = Object.keys(FOLDERS).find((name) =>
    `${inner}/`.toLowerCase().startsWith(`${name}/`.toLowerCase()),
  );
  if (folder === undefined) return FILES.find((name) => name.toLowerCase() === inner.toLowerCase());
  const name = inner.slice(inner.lastIndexOf("/") + 1);
  return inner.startsWith(`${folder}/`) && IGNORED_NAME.test(name) ? undefined : FOLDERS[folder];
}

/** Finds messages and archived requests in the wrong dated folder, because readers search the newest by folder. */
export function rightDates({ messages, archived }: HubFiles): HubFault[] {
  const expected = [
    ...messages.map(({ path, value }) => [path, messagePath(value.id, value.sent_at), "sent_at"] as const),
    ...archived.map(({ path, value }) => [path, archivedPath(value), "updated_at"] as const),
  ];
  return expected
    .filter(([path, right]) => path !== right)
    .map(([path, right, key]) => ({
      path,
      rule: "date",
      message: `wrong folder for its ${key}; expected ${right}`,
      key: [key],
    }));
}

/** Finds a hub without settings, and settings of an unknown format. */
export function knownFormat({ settings, paths }: HubFiles): HubFault[] {
  if (!paths.has(SETTINGS_PATH))
    return [
      { path: SETTINGS_PATH, rule: "missing", message: "the hub's settings are missing; restore this file" },
    ];
  return settings
    .filter(({ value }) => value.format > FORMAT)
    .map(({ path, value }) => ({
      path,
      rule: "format",
      message: `format is ${value.format}; expected at most ${FORMAT}; update git-hive`,
      key: ["format"],
    }));
}
