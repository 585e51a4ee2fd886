import { join, relative } from "node:path";
import { withExcluded, withoutExcluded } from "../../domain/coding-tools/excluded.ts";
import { hasAnyHook } from "../../domain/coding-tools/hook-entries.ts";
import { withNotes, withoutNotes } from "../../domain/coding-tools/notes.ts";
import { TOOL_NAMES, type ToolName } from "../../domain/coding-tools/table.ts";
import { TOOLS } from "../../domain/coding-tools/tools.ts";
import { HiveError } from "../../errors.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { findClone, isGitDirectory } from "../../store/checkout/git-files.ts";
import { readText } from "../../store/host/files.ts";
import { Host } from "../../store/host/state-directory.ts";
import { hasHooks, turnsOffHooks, withHooks, withoutHooks } from "../../store/user-files/hook-settings.ts";
import { type FileChange, KeptFiles } from "../../store/user-files/kept-files.ts";
import { hasServer, withoutServer, withServer } from "../../store/user-files/server-settings.ts";
import { isBlank } from "../../store/user-files/settings-text.ts";
import { badSettings, isSameFile, readUserFile } from "../../store/user-files/user-file.ts";
import { bytesOf, readBytes, type UserText } from "../../store/user-files/user-text.ts";
import type { World } from "../../world.ts";
import { filesOf, type SetupScope, settingsRead } from "./tool-files.ts";

/** The state of one settings file. */
export interface FileState {
  readonly path: string;
  readonly state: "set up" | "missing" | "outdated";
}

/** The change of one settings file. */
export interface SettingsChange {
  readonly path: string;
  readonly change: "written" | "unchanged" | "restored" | "deleted";
}

/** A file of a coding tool to which git-hive adds hooks or notes. */
interface SettingsFile {
  readonly path: string;
  /** The file is JSON, so it has to be in UTF-8. */
  readonly isJson: boolean;
  /** Returns the text with git-hive's part. Throws HiveError on a text that does not parse. */
  add(text: string): string;
  /** Returns the text without git-hive's part; null where nothing is left. Throws HiveError on a text that does not parse. */
  remove(text: string): string | null;
  /** Whether the text has git-hive's part as this version writes it. */
  isCurrent(text: string): boolean;
}

/** Returns the state of each file of a tool. Throws HiveError on a file that does not parse. */
export function checkTool(world: World, tool: ToolName, scope: SetupScope): FileState[] {
  return settingsFilesOf(world, tool, scope).map((file) => {
    const { path } = file;
    const { text } = textOf(file) ?? EMPTY;
    if (text.trim() === "") return { path, state: "missing" };
    if (file.isCurrent(text)) return { path, state: "set up" };
    return { path, state: file.remove(text) === text ? "missing" : "outdated" };
  });
}

/** The file that turns off all hooks of a tool; undefined where none does. */
export function fileWithoutHooks(world: World, tool: ToolName): string | undefined {
  return settingsRead(world, tool).find((path) => turnsOffHooks(readText(path) ?? "", TOOLS[tool].hooks));
}

/** Adds git-hive's hooks and notes to a tool's files. A second run changes nothing. Throws HiveError before it writes anything. */
export function setUpTool(world: World, tool: ToolName, scope: SetupScope): SettingsChange[] {
  refuseBesidePlugin(world, tool);
  refuseTurnedOff(world, tool);
  const kept = new KeptFiles(new Host(world.env, world.home));
  const changes = settingsFilesOf(world, tool, scope).map((file): FileChange | { readonly path: string } => {
    const { path, add, remove, isCurrent } = file;
    const found = textOf(file);
    const { text, encoding } = found ?? EMPTY;
    if (text.trim() !== "" && isCurrent(text)) return { path };
    const original = kept.original(path);
    const left = found === undefined ? null : remove(text);
    const before = original ? original.bytes : left === null ? null : bytesOf({ text: left, encoding });
    const after = bytesOf({ text: add(text), encoding });
    if (readBytes(after).encoding !== encoding)
      throw badSettings(path, "is in no encoding that is known", SAVE_IN_UTF8);
    return { path, after, before };
  });
  kept.change(changes.filter((each) => "after" in each));
  return changes.map((each) => ({ path: each.path, change: "after" in each ? "written" : "unchanged" }));
}

/** Removes git-hive's hooks and notes. A file without other changes since is restored byte for byte. */
export function removeFromTool(world: World, tool: ToolName, scope: SetupScope): SettingsChange[] {
  const kept = new KeptFiles(new Host(world.env, world.home));
  const files = [...settingsFilesOf(world, tool, scope), ...formerNotesOf(world, tool, scope)];
  const isShared = (path: string) =>
    TOOL_NAMES.some((other) => other !== tool && reads(world, other, scope, path));
  const changes = files.map((file): FileChange | { readonly path: string } => {
    const { path, remove } = file;
    if (isShared(path)) return { path };
    const found = textOf(file);
    if (found === undefined) return { path };
    const left = remove(found.text);
    if (left === found.text) return { path };
    const rest = left === null ? null : bytesOf({ text: left, encoding: found.encoding });
    const original = kept.original(path);
    return { path, after: original ? original.bytes : rest };
  });
  // In reverse order: a folder is deleted with the file that it was created for, once it is empty.
  kept.change(changes.filter((each) => "after" in each).toReversed());
  return changes.map((each) => {
    if (!("after" in each)) return { path: each.path, change: "unchanged" };
    return { path: each.path, change: each.after === null ? "deleted" : "restored" };
  });
}

const EMPTY: UserText = { text: "", encoding: "utf8" };

/** A file as text; undefined where there is none. Throws HiveError where it cannot be read, or its tool could not. */
function textOf({ path, isJson }: SettingsFile): UserText | undefined {
  const bytes = readUserFile(path);
  const found = bytes && readBytes(bytes);
  if (found === undefined || !isJson || found.encoding === "utf8") return found;
  throw badSettings(path, "is not in UTF-8, so its tool cannot read it", SAVE_IN_UTF8);
}

/** What mends a file that is in no encoding in which it can be changed. */
const SAVE_IN_UTF8 = "Save it in UTF-8, then try again.";

function settingsFilesOf(world: World, tool: ToolName, scope: SetupScope): SettingsFile[] {
  const { plugin } = TOOLS[tool];
  const { settings, notes, server } = filesOf(world, tool, scope);
  const target = plugin === undefined ? hooksIn(settings, tool) : pluginIn(settings, plugin);
  if (scope === "local") return [target, ...unseenByGit(world, settings)];
  return [
    target,
    ...(server === undefined ? [] : [serverIn(server, tool)]),
    ...(notes === undefined ? [] : [notesIn(notes)]),
  ];
}

function hooksIn(path: string, tool: ToolName): SettingsFile {
  const { hooks } = TOOLS[tool];
  return {
    path,
    isJson: true,
    add: (text) => withHooks(path, text, hooks),
    remove: (text) => {
      const left = withoutHooks(path, text);
      return left !== text && isBlank(path, left, hooks.root) ? null : left;
    },
    isCurrent: (text) => hasHooks(path, text, hooks),
  };
}

/** A plugin is a file of ours alone. */
function pluginIn(path: string, plugin: string): SettingsFile {
  const isOurs = (text: string) => text.trim() === "" || hasAnyHook(text);
  return {
    path,
    isJson: false,
    add: (text) => {
      if (isOurs(text)) return plugin;
      throw badSettings(path, "is not git-hive's plugin", "Give that file another name, then try again.");
    },
    remove: (text) => (isOurs(text) ? null : text),
    isCurrent: (text) => text === plugin,
  };
}

function serverIn(path: string, tool: ToolName): SettingsFile {
  const { server } = TOOLS[tool];
  if (server === undefined) throw new Error(`${tool} has a file for servers and no server`);
  return {
    path,
    isJson: true,
    add: (text) => withServer(path, text, server),
    remove: (text) => {
      const left = withoutServer(path, text, server);
      return left !== text && isBlank(path, left, server.root) ? null : left;
    },
    isCurrent: (text) => hasServer(path, text, server),
  };
}

/** What keeps one user's settings out of commits; none outside a checkout. */
function unseenByGit({ directory }: World, path: string): SettingsFile[] {
  const root = projectOf(directory);
  const { common } = findClone(root);
  if (!isGitDirectory(common)) return [];
  const line = `/${relative(root, path)}`;
  return [
    {
      path: join(common, "info", "exclude"),
      isJson: false,
      add: (text) => withExcluded(text, line),
      remove: (text) => withoutExcluded(text, line),
      isCurrent: (text) => withExcluded(text, line) === text,
    },
  ];
}

/** Notes in a file that the tool does not read, or no longer: those of an earlier version, or before it got another file. */
function formerNotesOf(world: World, tool: ToolName, scope: SetupScope): SettingsFile[] {
  const { formerNotes, otherNotes = formerNotes } = TOOLS[tool].files.project;
  const { notes } = filesOf(world, tool, scope);
  if (scope !== "project" || otherNotes === undefined || notes === undefined) return [];
  const file = notesIn(join(projectOf(world.directory), otherNotes));
  return isSameFile(notes, file.path) ? [] : [file].filter(hasNotes);
}

/** Whether a file that may be of any kind has notes of ours. */
function hasNotes({ path, remove }: SettingsFile): boolean {
  const text = readText(path) ?? "";
  return remove(text) !== text;
}

/** Whether another tool that is set up reads the same notes. Then removing this tool keeps them. */
function reads(world: World, tool: ToolName, scope: SetupScope, notes: string): boolean {
  if (scope === "local" || (scope === "global" && TOOLS[tool].files.global === undefined)) return false;
  const files = filesOf(world, tool, scope);
  if (files.notes === undefined || !isSameFile(files.notes, notes)) return false;
  return hasAnyHook(readText(files.settings) ?? "");
}

function notesIn(path: string): SettingsFile {
  return {
    path,
    isJson: false,
    add: withNotes,
    remove: (text) => {
      const left = withoutNotes(text);
      return left === "" && text !== "" ? null : left;
    },
    isCurrent: (text) => withNotes(text) === text,
  };
}

/** Throws HiveError where the plugin is enabled: it has the same hooks, so each event would be answered twice. */
function refuseBesidePlugin(world: World, tool: ToolName): void {
  if (tool !== "claude") return;
  const isEnabled = (path: string) => /"git-hive@[^"]*"\s*:\s*true/.test(readText(path) ?? "");
  const found = settingsRead(world, tool).find(isEnabled);
  if (found === undefined) return;
  throw new HiveError(
    "plugin_installed",
    `The plugin git-hive is enabled in ${found}, and it has the same hooks.`,
    "Nothing is left to do. To use hooks in the settings instead: claude plugin disable git-hive",
  );
}

/** Throws HiveError where the tool would run no hook. */
function refuseTurnedOff(world: World, tool: ToolName): void {
  const found = fileWithoutHooks(world, tool);
  const { off } = TOOLS[tool].hooks;
  if (found === undefined || off === undefined) return;
  throw new HiveError(
    "hooks_off",
    `${found} turns off all hooks (${off.path.join(".")}: ${off.value}). Nothing was changed.`,
    `Take that setting out, then: hive setup ${tool}`,
    { failure: "invalid" },
  );
}
