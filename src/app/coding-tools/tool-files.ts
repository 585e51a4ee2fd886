import { basename, join } from "node:path";
import type { ToolName } from "../../domain/coding-tools/table.ts";
import { TOOLS } from "../../domain/coding-tools/tools.ts";
import { wrongCall } from "../../errors.ts";
import { projectOf } from "../../store/checkout/checkout.ts";
import { realPath } from "../../store/checkout/git-files.ts";
import { readText } from "../../store/host/files.ts";
import type { World } from "../../world.ts";

/** Whether hooks are set up for one project, for one user in it, or for all projects of the user. */
export type SetupScope = "project" | "local" | "global";

/**
 * Returns the folder in which a tool must be started to read a project's hooks; undefined where it reads them in the
 * current directory too.
 */
export function startFolder({ directory }: World, tool: ToolName, scope: SetupScope): string | undefined {
  const root = projectOf(directory);
  const isRead = scope === "global" || TOOLS[tool].files.project.readsUpwards || realPath(directory) === root;
  return isRead ? undefined : root;
}

/** Returns the paths of a tool's files. Throws HiveError where the tool has no files for this scope. */
export function filesOf(
  world: World,
  tool: ToolName,
  scope: SetupScope,
): {
  readonly settings: string;
  readonly notes?: string | undefined;
  readonly server?: string | undefined;
} {
  const { project, global } = TOOLS[tool].files;
  const root = projectOf(world.directory);
  const name = `${tool[0]?.toUpperCase()}${tool.slice(1)}`;
  if (scope === "project")
    return {
      settings: join(root, project.settings),
      notes: join(root, firstThatExists(root, [project.notes, project.otherNotes]) ?? project.notes),
      server: serverFileIn(root, tool),
    };
  if (scope === "local") {
    if (project.local !== undefined) return { settings: join(root, project.local) };
    throw wrongCall(
      `${name} has no settings of one user in a project.`,
      `In the project: hive setup ${tool}. For all your projects: hive setup ${tool} --global`,
    );
  }
  if (global === undefined)
    throw wrongCall(`${name} reads hooks only from a project.`, `In the project: hive setup ${tool}`);
  const own = ownFolder(world, global);
  return {
    settings: join(own, global.settings),
    notes: global.notes && join(own, global.notes),
    server: serverFileIn(own, tool),
  };
}

/** The folder with a tool's settings for all sessions of this user. */
function ownFolder({ env, home }: World, { folder, variable }: GlobalFiles): string {
  const inConfig = /^\.config\/(.+)/.exec(folder)?.[1];
  if (inConfig !== undefined && env.XDG_CONFIG_HOME) return join(env.XDG_CONFIG_HOME, inConfig);
  return (variable && env[variable]) || join(home, folder);
}

type GlobalFiles = NonNullable<(typeof TOOLS)[ToolName]["files"]["global"]>;

function serverFileIn(folder: string, tool: ToolName): string | undefined {
  const { server } = TOOLS[tool];
  return server && join(folder, firstThatExists(folder, server.names) ?? server.names.at(-1) ?? "");
}

function firstThatExists(folder: string, names: readonly (string | undefined)[]): string | undefined {
  return names.find((name) => name !== undefined && readText(join(folder, name)) !== undefined);
}

/** The settings that a tool reads in a project: those of the user, then those of the project. */
export function settingsRead(world: World, tool: ToolName): string[] {
  const { project, global } = TOOLS[tool].files;
  const root = projectOf(world.directory);
  const own = global && ownFolder(world, global);
  const names = [project.settings, ...(project.local === undefined ? [] : [project.local])];
  const ofUser = own === undefined ? [] : names.map((name) => join(own, basename(name)));
  return [...ofUser, ...names.map((name) => join(root, name))];
}
