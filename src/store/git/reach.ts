import { existsSync } from "node:fs";
import type { Environment } from "../host/environment.ts";
import { type Reach, type Setting, settingsAt } from "./git.ts";

/** The settings that say how git reaches a server: with which login, address, proxy, certificate, program. */
const REACHES =
  /^(?:(?:credential|http|https|url|ssh)\.|protocol\.version$|core\.(?:sshcommand|askpass|gitproxy)$)/;

/** How long settings of a project count as unchanged. A process may run for days, and a user mends a login meanwhile. */
const FRESH_MS = 10_000;

/** Makes ssh notice a dead connection. */
const SSH_OPTIONS = "-o ConnectTimeout=10 -o ServerAliveInterval=5 -o ServerAliveCountMax=2";

/**
 * Returns a function that says how git reaches a server from a user's project, for git in another repository. That
 * repository sees the user's settings by itself, so it gets only those that git has in the project alone. They are given
 * as variables, because every user of this host could read a command line.
 */
export function reachFrom(
  project: string,
  repository: string,
  environment: Environment,
  now: () => number,
): () => Reach {
  let last: { readonly reach: Reach; readonly at: number } | undefined;
  return () => {
    const at = now();
    if (last === undefined || at - last.at >= FRESH_MS)
      last = { reach: findReach(project, repository, environment), at };
    return last.reach;
  };
}

function findReach(project: string, repository: string, environment: Environment): Reach {
  const directory = existsSync(project) ? project : undefined;
  const there = directory === undefined ? undefined : settingsAt(["-C", directory], environment);
  const here = () => settingsAt([`--git-dir=${repository}`], environment);
  if (there === undefined) return { directory, variables: sshOf(here() ?? [], environment) };
  // Settings that a condition includes may be there in the project and not here.
  const isConditional = there.some(({ key, scope }) => key.startsWith("includeif.") && !isOwn(scope));
  const own = isConditional ? without(there, here() ?? []) : there.filter(({ scope }) => isOwn(scope));
  const reaching = own.filter(({ key, scope }) => scope !== "command" && REACHES.test(key));
  return { directory, variables: { ...sshOf(there, environment), ...addSettings(reaching, environment) } };
}

function isOwn(scope: string): boolean {
  return scope === "local" || scope === "worktree";
}

/** The settings that are not among others, each as often as it is more often here. */
function without(settings: readonly Setting[], others: readonly Setting[]): Setting[] {
  const keyOf = ({ key, value }: Setting) => `${key}\n${value}`;
  const left = others.map(keyOf);
  return settings.filter((setting) => {
    const at = left.indexOf(keyOf(setting));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/**
 * Adds settings before those that the caller's variables have, which count more. Empty where there is nothing to add.
 */
function addSettings(settings: readonly Setting[], environment: Environment): Record<string, string> {
  if (settings.length === 0) return {};
  const given = Array.from({ length: Number(environment.GIT_CONFIG_COUNT || 0) }, (_, at) => ({
    key: environment[`GIT_CONFIG_KEY_${at}`] ?? "",
    value: environment[`GIT_CONFIG_VALUE_${at}`] ?? "",
  }));
  const all = [...settings, ...given];
  return Object.fromEntries([
    ["GIT_CONFIG_COUNT", String(all.length)],
    ...all.flatMap(({ key, value }, at) => [
      [`GIT_CONFIG_KEY_${at}`, key],
      [`GIT_CONFIG_VALUE_${at}`, value],
    ]),
  ]);
}

/**
 * The ssh command where the user has none. It asks nothing, unless the user has a program for questions: a question in
 * a terminal would wait without end.
 */
function sshOf(settings: readonly Setting[], environment: Environment): Record<string, string> {
  const hasOwn =
    environment.GIT_SSH_COMMAND !== undefined ||
    environment.GIT_SSH !== undefined ||
    settings.some(({ key }) => key === "core.sshcommand");
  if (hasOwn) return {};
  const batch = environment.SSH_ASKPASS ? "" : "-o BatchMode=yes ";
  return { GIT_SSH_COMMAND: `ssh ${batch}${SSH_OPTIONS}` };
}
