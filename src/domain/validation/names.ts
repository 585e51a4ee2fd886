import { ATTRIBUTES_TEXT } from "../hub/attributes.ts";
import { ATTRIBUTES_PATH } from "../hub/layout.ts";
import { makeVisible } from "../values/visible.ts";
import type { HubFault, HubFiles } from "./hub-files.ts";

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const MAX_NAME_LENGTH = 200;

/** The longest path on most platforms. */
const MAX_PATH_LENGTH = 1024;

/** Finds names that some platform cannot check out, and names with invisible characters. */
export function portableNames({ paths }: HubFiles): HubFault[] {
  return [...paths].flatMap((path) => {
    if (path.length > MAX_PATH_LENGTH) return [{ path, rule: "name", message: TOO_LONG }];
    const faults = path.split("/").flatMap((name) => {
      const reason = problemOf(name);
      return reason === undefined
        ? []
        : [{ path, rule: "name", message: `the name ${show(name)} ${reason}` }];
    });
    return faults.slice(0, 1);
  });
}

const TOO_LONG = `the path is longer than ${MAX_PATH_LENGTH} characters`;

function show(name: string): string {
  return JSON.stringify(makeVisible(name).slice(0, MAX_NAME_LENGTH));
}

function problemOf(name: string): string | undefined {
  if (name === "" || name === "." || name === "..") return "points to another folder";
  if (/^(?:\.git|git~\d+)$/i.test(name)) return "is reserved by Git";
  if (name.includes("\ufffd")) return "is not valid UTF-8";
  if (makeVisible(name) !== name || /[\t\n]/.test(name)) return "has invisible characters";
  if (/[\\:*?"<>|]/.test(name)) return "has a character that Windows does not allow in names";
  if (/[. ]$/.test(name)) return "ends with a dot or a space, which Windows drops";
  if (WINDOWS_DEVICE.test(name)) return "is the name of a device on Windows";
  return name.length > MAX_NAME_LENGTH ? `is longer than ${MAX_NAME_LENGTH} characters` : undefined;
}

/** Finds names that differ only in case or Unicode form, because on many disks they are one file. */
export function distinctNames({ paths }: HubFiles): HubFault[] {
  const seen = new Map<string, string>();
  const faults = new Map<string, HubFault>();
  for (const path of [...paths].filter(({ length }) => length <= MAX_PATH_LENGTH).sort()) {
    for (const ancestor of ancestorsOf(path)) {
      const folded = ancestor.normalize("NFC").toLowerCase();
      const twin = seen.get(folded) ?? ancestor;
      seen.set(folded, twin);
      if (twin === ancestor) continue;
      const message = `${ancestor} and ${twin} differ only in case or in the form of accents; on some platforms they are one name`;
      if (!faults.has(ancestor)) faults.set(ancestor, { path, rule: "twin", message });
      break;
    }
  }
  return [...faults.values()];
}

/** The folders that contain a path, and the path itself. */
function ancestorsOf(path: string): string[] {
  const names = path.split("/");
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

const OWN_LINES = new Set(ATTRIBUTES_TEXT.split("\n"));

/**
 * Finds attributes that git-hive did not write, because they would make Git convert or merge the hub's files in every
 * checkout.
 */
export function ownAttributes({ paths, attributes }: HubFiles): HubFault[] {
  const rule = "attributes";
  const elsewhere = [...paths]
    .filter((path) => /\/\.gitattributes$/i.test(path) && path !== ATTRIBUTES_PATH)
    .map((path) => ({ path, rule, message: "attributes must not change the hub's files; remove this file" }));
  return [...elsewhere, ...attributes.flatMap(({ path, value }) => foreignLines(path, value))];
}

function foreignLines(path: string, text: string): HubFault[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index): HubFault[] => {
    if (OWN_LINES.has(line) || line.startsWith("#") || line.trim() === "") return [];
    const offset = lines.slice(0, index).join("\n").length + Math.min(index, 1);
    return [
      { path, rule: "attributes", message: "expected only the attributes that hive init writes", offset },
    ];
  });
}
