import { ATTRIBUTES_TEXT } from "../hub/attributes.ts";
import { ATTRIBUTES_PATH } from "../hub/layout.ts";
import { makeVisible } from "../values/visible.ts";
import type { HubFault, HubFiles } from "./hub-files.ts";

const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const LONGEST_NAME = 200;

/** Names that every platform can check out, and that show what they are. */
export function portableNames({ paths }: HubFiles): HubFault[] {
  return [...paths].flatMap((path) => {
    const faults = path.split("/").flatMap((name) => {
      const reason = whyNot(name);
      return reason === undefined
        ? []
        : [{ path, rule: "name", message: `the name ${show(name)} ${reason}` }];
    });
    return faults.slice(0, 1);
  });
}

function show(name: string): string {
  return JSON.stringify(makeVisible(name).slice(0, LONGEST_NAME));
}

function whyNot(name: string): string | undefined {
  if (name === "" || name === "." || name === "..") return "leads elsewhere";
  if (/^(?:\.git|git~\d+)$/i.test(name)) return "is Git's own";
  if (name.includes("\ufffd")) return "is not valid UTF-8";
  if (makeVisible(name) !== name || /[\t\n]/.test(name)) return "has characters that do not show";
  if (/[\\:*?"<>|]/.test(name)) return "has a character that Windows does not allow in names";
  if (/[. ]$/.test(name)) return "ends with a dot or a space, which Windows drops";
  if (DEVICE.test(name)) return "is a device on Windows";
  return name.length > LONGEST_NAME ? `is longer than ${LONGEST_NAME} characters` : undefined;
}

/** No two names that differ in case or in Unicode form alone: on many disks they are one file. */
export function distinctNames({ paths }: HubFiles): HubFault[] {
  const seen = new Map<string, string>();
  const faults = new Map<string, HubFault>();
  for (const path of [...paths].sort()) {
    for (const place of placesOn(path)) {
      const folded = place.normalize("NFC").toLowerCase();
      const twin = seen.get(folded) ?? place;
      seen.set(folded, twin);
      if (twin === place) continue;
      const message = `${place} and ${twin} are one name where case or the form of accents does not count`;
      if (!faults.has(place)) faults.set(place, { path, rule: "twin", message });
      break;
    }
  }
  return [...faults.values()];
}

/** The folders on the way to a path, and the path. */
function placesOn(path: string): string[] {
  const names = path.split("/");
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}

const OWN_LINES = new Set(ATTRIBUTES_TEXT.split("\n"));

/** Attributes other than git-hive's own would have Git convert or merge the hub's files for whoever checks them out. */
export function ownAttributes({ paths, attributes }: HubFiles): HubFault[] {
  const rule = "attributes";
  const elsewhere = [...paths]
    .filter((path) => /\/\.gitattributes$/i.test(path) && path !== ATTRIBUTES_PATH)
    .map((path) => ({ path, rule, message: "no attributes may change the hub's files; remove it" }));
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
