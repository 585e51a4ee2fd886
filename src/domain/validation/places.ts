import { FORMAT } from "../hub/default-settings.ts";
import { archivedPath, FOLDER, LAYOUT_KINDS, locationOf, messagePath, SETTINGS_PATH } from "../hub/layout.ts";
import { type HubFault, type HubFiles, kindOf } from "./hub-files.ts";

/** Folders of git-hive, with what a file in them is called. */
const FOLDERS: Readonly<Record<string, string>> = Object.fromEntries(
  LAYOUT_KINDS.map(locationOf)
    .filter(({ depth }) => depth > 0)
    .map(({ path, template }) => [path, template]),
);
const FILES = (["settings", "taxonomy", "registry", "board"] as const).map((kind) => locationOf(kind).path);
const HARMLESS = /^(?:\.gitkeep|\.gitignore|README\.md)$/;

/** Nobody reads a file that lies where none is looked for, though whoever put it there thinks so. */
export function rightPlaces({ paths }: HubFiles): HubFault[] {
  return [...paths].flatMap((path) => {
    const expected = kindOf(path) === "others" ? expectedInstead(path.slice(FOLDER.length + 1)) : undefined;
    if (expected === undefined) return [];
    return [{ path, rule: "place", message: `no file is read here; expected ${expected}` }];
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
  return inner.startsWith(`${folder}/`) && HARMLESS.test(name) ? undefined : FOLDERS[folder];
}

/** A dated folder holds what happened then: readers look for the newest by folder. */
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
      message: `by its ${key} it belongs at ${right}`,
      key: [key],
    }));
}

/** A hub has settings, of a format that is known here. */
export function knownFormat({ settings, paths }: HubFiles): HubFault[] {
  if (!paths.has(SETTINGS_PATH))
    return [
      { path: SETTINGS_PATH, rule: "missing", message: "a hub has its settings here; restore the file" },
    ];
  return settings
    .filter(({ value }) => value.format > FORMAT)
    .map(({ path, value }) => ({
      path,
      rule: "format",
      message: `format ${value.format}; this git-hive knows formats up to ${FORMAT}`,
      key: ["format"],
    }));
}
