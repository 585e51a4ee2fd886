import { secretsInValue } from "../secrets/in-values.ts";
import { SECRET_RULES } from "../secrets/secret.ts";
import { type Changed, type HubCommit, nameOf } from "./commits.ts";
import { type DataKind, type HubFault, kindOf } from "./hub-files.ts";

/** Files that repeat what other files say. */
const GENERATED: ReadonlySet<string> = new Set<DataKind>(["registry", "board", "attributes"]);

/** Ids, names and instants, which are most texts of a hub. */
const OWN_TEXT =
  /^(?:[a-z][a-z0-9-]{0,18}|collab-\d+-[a-z0-9]{4}|[0-9A-HJKMNP-TV-Z]{26}|\d{4}-\d{2}-\d{2}T[\d:.]+Z)$/u;

/** What looks like a secret in a file: in its value, or in its text where it has no value. */
export function secretsInFile(
  path: string,
  content: unknown,
  known: ReadonlySet<string> = new Set(),
): HubFault[] {
  if (GENERATED.has(kindOf(path))) return [];
  const isSearched = (text: string) => !OWN_TEXT.test(text) && !known.has(text);
  return [...secretsInValue(content, isSearched)].map(({ key, secret: { start, rule } }) => ({
    path,
    rule: "secret",
    message: `looks like ${SECRET_RULES[rule]} (${rule}), which every reader of the hub sees; if it is one, replace it where it is valid`,
    ...(key.length > 0 ? { key } : { offset: start }),
  }));
}

/** What looks like a secret in the texts that a commit brought. They stay in the history when a later commit removes them. */
export function secretsInCommit(commit: HubCommit): HubFault[] {
  const changed: Changed<unknown>[] = [...Object.values(commit.changes).flat(), ...(commit.texts ?? [])];
  return changed.flatMap(({ path, before, after }) =>
    secretsInFile(path, addedTo(before, after), new Set(textsIn(before))).map(({ rule, message }) => ({
      path,
      rule,
      message: `${nameOf(commit)}: ${message}`,
    })),
  );
}

/** Of a text, the lines that were not in it before. */
function addedTo(before: unknown, after: unknown): unknown {
  if (typeof before !== "string" || typeof after !== "string") return after;
  const old = new Set(before.split("\n"));
  return after
    .split("\n")
    .filter((line) => !old.has(line))
    .join("\n");
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
