import { join } from "node:path";
import { hasAnyHook } from "../../domain/coding-tools/hook-entries.ts";
import { withNotes, withoutNotes } from "../../domain/coding-tools/notes.ts";
import { TOOL_NAMES, type ToolName } from "../../domain/coding-tools/table.ts";
import { TOOLS } from "../../domain/coding-tools/tools.ts";
import { HiveError, wrongCall } from "../../errors.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { realPath } from "../../store/checkout/git-files.ts";
import { readText } from "../../store/host/files.ts";
import { Host } from "../../store/host/state-directory.ts";
import { hasHooks, isBlank, withHooks, withoutHooks } from "../../store/user-files/hook-settings.ts";
import { homeFolder, KeptFiles } from "../../store/user-files/kept-files.ts";
import type { World } from "../../world.ts";

/** Whether hooks are set up for one project, or for all projects of the user. */
export type SetupScope = "project" | "global";

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
  /** Returns the text with git-hive's part. Throws HiveError on a text that does not parse. */
  add(text: string): string;
  /** Returns the text without git-hive's part; null where nothing is left. Throws HiveError on a text that does not parse. */
  remove(text: string): string | null;
  /** Whether the text has git-hive's part as this version writes it. */
  isCurrent(text: string): boolean;
}

/**
 * Returns the folder in which a tool must be started to read a project's hooks; undefined where it reads them in the
 * current directory too.
 */
export function startFolder({ directory }: World, tool: ToolName, scope: SetupScope): string | undefined {
  const root = projectOf(directory);
  const isRead = scope === "global" || TOOLS[tool].files.project.readsUpwards || realPath(directory) === root;
  return isRead ? undefined : root;
}

/** Returns the state of each file of a tool. Throws HiveError on a file that does not parse. */
export function checkTool(world: World, tool: ToolName, scope: SetupScope): FileState[] {
  return settingsFilesOf(world, tool, scope).map(({ path, isCurrent, remove }) => {
    const text = readText(path);
    if (text === undefined || text.trim() === "") return { path, state: "missing" };
    if (isCurrent(text)) return { path, state: "set up" };
    return { path, state: remove(text) === text ? "missing" : "outdated" };
  });
}

/** Adds git-hive's hooks and notes to a tool's files. A second run changes nothing. Throws HiveError before it writes anything. */
export function setUpTool(world: World, tool: ToolName, scope: SetupScope): SettingsChange[] {
  refuseBesidePlugin(world, tool);
  const kept = new KeptFiles(new Host(world.env, world.home));
  const changes = settingsFilesOf(world, tool, scope).map(({ path, add, remove, isCurrent }) => {
    const text = readText(path);
    const isDone = text !== undefined && text.trim() !== "" && isCurrent(text);
    const original = kept.original(path);
    const before = original ? original.text : text === undefined ? null : remove(text);
    return { path, text: isDone ? text : add(text ?? ""), before, isDone };
  });
  return changes.map(({ path, text, before, isDone }) => {
    if (!isDone) kept.write(path, text, before);
    return { path, change: isDone ? "unchanged" : "written" };
  });
}

/** Removes git-hive's hooks and notes. A file without other changes since is restored byte for byte. */
export function removeFromTool(world: World, tool: ToolName, scope: SetupScope): SettingsChange[] {
  const kept = new KeptFiles(new Host(world.env, world.home));
  const changes = [...settingsFilesOf(world, tool, scope), ...formerNotesOf(world, tool, scope)].map(
    ({ path, remove }) => {
      const text = readText(path);
      const original = text === undefined ? undefined : kept.original(path);
      const left = text === undefined ? null : remove(text);
      return { path, text, left: original && left !== text ? original.text : left };
    },
  );
  // In reverse order: a folder is deleted with the file that it was created for, once it is empty.
  return changes
    .toReversed()
    .map(({ path, text, left }): SettingsChange => {
      if (text === undefined || left === text) return { path, change: "unchanged" };
      kept.giveBack(path, left);
      return { path, change: left === null ? "deleted" : "restored" };
    })
    .toReversed();
}

function settingsFilesOf(world: World, tool: ToolName, scope: SetupScope): SettingsFile[] {
  const { hooks } = TOOLS[tool];
  const { settings, notes } = filesOf(world, tool, scope);
  const target: SettingsFile = {
    path: settings,
    add: (text) => withHooks(settings, text, hooks),
    remove: (text) => {
      const left = withoutHooks(settings, text);
      return left !== text && isBlank(settings, left, hooks) ? null : left;
    },
    isCurrent: (text) => hasHooks(settings, text, hooks),
  };
  if (notes === undefined) return [target];
  const isShared = TOOL_NAMES.some((other) => other !== tool && reads(world, other, scope, notes));
  return [target, isShared ? { ...notesIn(notes), remove: (text) => text } : notesIn(notes)];
}

/** The notes of an earlier version, in a file that no other tool that is set up reads. */
function formerNotesOf(world: World, tool: ToolName, scope: SetupScope): SettingsFile[] {
  const { formerNotes } = TOOLS[tool].files.project;
  if (scope === "global" || formerNotes === undefined) return [];
  const file = notesIn(join(projectOf(world.directory), formerNotes));
  const text = readText(file.path);
  const isShared = TOOL_NAMES.some((other) => other !== tool && reads(world, other, scope, file.path));
  return text === undefined || isShared || file.remove(text) === text ? [] : [file];
}

/** Whether another tool that is set up reads the same notes. Then removing this tool keeps them. */
function reads(world: World, tool: ToolName, scope: SetupScope, notes: string): boolean {
  if (scope === "global" && TOOLS[tool].files.global === undefined) return false;
  const files = filesOf(world, tool, scope);
  const settings = files.notes === notes ? readText(files.settings) : undefined;
  return settings !== undefined && hasAnyHook(settings);
}

function notesIn(path: string): SettingsFile {
  return {
    path,
    add: withNotes,
    remove: (text) => {
      const left = withoutNotes(text);
      return left === "" && text !== "" ? null : left;
    },
    isCurrent: (text) => withNotes(text) === text,
  };
}

/** Returns the paths of a tool's files. Throws HiveError where the tool has no files for this scope. */
function filesOf(
  world: World,
  tool: ToolName,
  scope: SetupScope,
): { settings: string; notes: string | undefined } {
  const { project, global } = TOOLS[tool].files;
  if (scope === "project") {
    const root = projectOf(world.directory);
    return { settings: join(root, project.settings), notes: join(root, project.notes) };
  }
  if (global === undefined)
    throw wrongCall(
      `${tool[0]?.toUpperCase()}${tool.slice(1)} reads hooks only from a project.`,
      `In the project: hive setup ${tool}`,
    );
  const own = homeFolder(global.folder, global.variable && world.env[global.variable], world.home);
  return { settings: join(own, global.settings), notes: global.notes && join(own, global.notes) };
}

/** Throws HiveError where the plugin is enabled: it has the same hooks, so each event would be answered twice. */
function refuseBesidePlugin({ env, home, directory }: World, tool: ToolName): void {
  if (tool !== "claude") return;
  const own = homeFolder(".claude", env.CLAUDE_CONFIG_DIR, home);
  const project = join(projectOf(directory), ".claude");
  const files = [own, project].flatMap((folder) =>
    ["settings.json", "settings.local.json"].map((name) => join(folder, name)),
  );
  const found = files.find((path) => /"git-hive@[^"]*"\s*:\s*true/.test(readText(path) ?? ""));
  if (found === undefined) return;
  throw new HiveError(
    "plugin_installed",
    `The plugin git-hive is enabled in ${found}, and it has the same hooks.`,
    "Nothing is left to do. To use hooks in the settings instead: claude plugin disable git-hive",
  );
}
