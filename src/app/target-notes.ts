import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { glob, haveCommonPath, onlyPath } from "../domain/claims/glob/glob.ts";
import { isKey, namesWork, pathOf, Target } from "../domain/claims/target.ts";
import { quoteForShell } from "../domain/values/shell-quote.ts";
import { firstLine } from "../domain/values/visible.ts";
import type { World } from "../world.ts";
import { withoutSpace } from "./targets.ts";

/** A search for a file that a pattern matches gives up after this many entries. */
const MAX_ENTRIES = 5000;

const GLOB = /[*?[{]/;

/** What a user should know of paths as they were given, and of the targets that were read from them. */
export async function targetNotes(
  world: World,
  given: readonly string[],
  targets: readonly string[],
): Promise<string[]> {
  const texts = given.map((text) => withoutSpace(world, text));
  const spaced = texts.filter((text, index) => text !== given[index]);
  const { findProject } = await import("./workplace/project.ts");
  const { root } = findProject(world.directory);
  const unmatched = targets
    .map((text) => Target.parse(text))
    .filter((each) => !isKey(each) && !hasFile(root, pathOf(each)));
  const named = unmatched.slice(0, 3).map((each) => firstLine(each, 80));
  const more = unmatched.length - named.length;
  const fileNames = texts.filter((text) => isKey(text) && !namesWork(text) && !existsSync(join(root, text)));
  const expanded = expandedPattern(world.directory, texts);
  return [
    ...(spaced.length === 0
      ? []
      : [
          `Taken without the space around it: ${spaced
            .slice(0, 3)
            .map((text) => firstLine(text, 80))
            .join(", ")}`,
        ]),
    ...(unmatched.length === 0
      ? []
      : [
          `No file matches ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""} yet. Paths are relative to the current directory; :/ is the project's root.`,
        ]),
    ...fileNames
      .slice(0, 1)
      .map(
        (text) => `${text} looks like a file. For work of that name: hive claim work:${text.toLowerCase()}`,
      ),
    ...(expanded === undefined
      ? []
      : [`The shell seems to have expanded a pattern; quote it: hive claim ${quoted(expanded)}`]),
  ];
}

/** A pattern in the quotes that keep it from every shell. */
function quoted(pattern: string): string {
  return pattern.includes("'") ? quoteForShell(pattern) : `'${pattern}'`;
}

/** Whether a project has a file that a pattern matches; true where the search gives up. */
function hasFile(root: string, pattern: string): boolean {
  if (!GLOB.test(pattern)) return existsSync(join(root, pattern));
  const wanted = glob(pattern);
  const folders = [wanted.head.slice(0, wanted.head.lastIndexOf("/") + 1)];
  let count = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift())
    for (const entry of entriesOf(join(root, folder))) {
      if (++count > MAX_ENTRIES) return true;
      const path = `${folder}${entry.name}`;
      if (entry.isDirectory()) folders.push(`${path}/`);
      else if (haveCommonPath(wanted, onlyPath(path.normalize("NFC")))) return true;
    }
  return false;
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== ".git");
  } catch {
    return [];
  }
}

/**
 * The pattern that a shell seems to have replaced by files: several existing entries of one folder, which are all that
 * some pattern such as `src/*.ts` matches there. Undefined where the texts do not look like that.
 */
function expandedPattern(directory: string, given: readonly string[]): string | undefined {
  const texts = given.map((text) => text.replace(/(?<=.)\/$/, ""));
  const [first = "", second] = texts;
  const folder = dirname(first);
  if (second === undefined || texts.some((text) => GLOB.test(text) || dirname(text) !== folder))
    return undefined;
  const start = first.slice(0, first.lastIndexOf("/") + 1);
  const names = texts.map((text) => text.slice(start.length));
  // Only up to a mark, because two files that were named one by one may start or end with the same letters.
  const head = /^.*[^\p{L}\p{N}]|/u.exec(commonStart(names))?.[0] ?? "";
  const end = commonEnd(names.map((name) => name.slice(head.length)));
  const tail = end.includes(".") ? end.slice(end.indexOf(".")) : "";
  const visible = entriesOf(resolve(directory, folder)).map(({ name }) => name);
  const isMatch = (name: string) =>
    name.length >= head.length + tail.length &&
    name.startsWith(head) &&
    name.endsWith(tail) &&
    (head !== "" || !name.startsWith("."));
  const matching = new Set(visible.filter(isMatch));
  const isAll = matching.size === new Set(names).size && names.every((name) => matching.has(name));
  if (!isAll) return undefined;
  return head === "" && tail === "" ? `${start}**` : `${start}${head}*${tail}`;
}

function commonStart([first = "", ...others]: readonly string[]): string {
  let length = first.length;
  while (!others.every((other) => other.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, length);
}

function commonEnd(names: readonly string[]): string {
  const reversed = (text: string) => [...text].reverse().join("");
  return reversed(commonStart(names.map(reversed)));
}
