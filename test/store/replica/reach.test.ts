import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { joinHub } from "../../../src/app/workplace/join.ts";
import type { HiveError } from "../../../src/errors.ts";
import { reachFrom } from "../../../src/store/git/reach.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { HARMFUL_VARIABLES } from "../../support/harmful-variables.ts";
import { SECRET } from "../../support/http-hub.ts";
import { say, sessionId } from "../../support/hub-with.ts";
import { openReach, tryBoth } from "../../support/reach-settings.ts";

/** Some settings of the table; `reach.long.test.ts` has all. */
const SOME = [
  "GIT_ASKPASS that needs variables of its own",
  "a helper in GIT_CONFIG_COUNT that counts more than the project's",
  "a helper by a path from the project's top, where the user is further down",
  "a helper in a file that the user includes for the project's branch",
  "core.sshCommand of the project",
];

/** Settings with which git would keep, send, print or run something else. */
const RESHAPING = [
  ["core.worktree", "/nowhere"],
  ["core.bare", "false"],
  ["core.hooksPath", "/nowhere"],
  ["core.repositoryFormatVersion", "99"],
  ["core.abbrev", "4"],
  ["core.quotePath", "true"],
  ["core.compression", "0"],
  ["extensions.objectFormat", "sha256"],
  ["gc.auto", "1"],
  ["gc.pruneExpire", "now"],
  ["fetch.prune", "true"],
  ["fetch.recurseSubmodules", "true"],
  ["fetch.output", "compact"],
  ["push.default", "nothing"],
  ["push.gpgSign", "true"],
  ["push.followTags", "true"],
  ["commit.gpgSign", "true"],
  ["log.date", "relative"],
  ["log.showSignature", "true"],
  ["format.pretty", "short"],
  ["i18n.logOutputEncoding", "UTF-16"],
  ["color.ui", "always"],
  ["init.defaultBranch", "other"],
  ["transfer.fsckObjects", "true"],
  ["trace2.normalTarget", "1"],
  ["protocol.allow", "never"],
] as const;

describe("a user's way to a server", () => {
  it.each(SOME)("is that of hive: %s", async (says) => {
    const sandbox = openSandbox();
    expect(await tryBoth(sandbox, await openReach(sandbox), says)).toEqual({ says, git: true, hive: "in" });
  });

  it("is looked up again when a while has passed, because the user may have mended a login", async () => {
    const sandbox = openSandbox();
    const project = sandbox.folder("project");
    await sandbox.git(project, "init", "--quiet");
    let now = 0;
    const reach = reachFrom(project, await sandbox.bareHub(), sandbox.env, () => now);
    expect(reach().variables).not.toHaveProperty("GIT_CONFIG_COUNT");
    await sandbox.git(project, "config", "credential.helper", "mine");
    expect(reach().variables).not.toHaveProperty("GIT_CONFIG_COUNT");
    now += 60_000;
    expect(reach().variables).toMatchObject({
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "credential.helper",
      GIT_CONFIG_VALUE_0: "mine",
    });
  });

  it("asks nothing in a terminal by ssh, and lets a program of the user ask", async () => {
    const sandbox = openSandbox();
    const hub = await sandbox.bareHub();
    const sshOf = (more: Record<string, string>) =>
      reachFrom(sandbox.folder("work"), hub, { ...sandbox.env, ...more }, () => 0)().variables
        .GIT_SSH_COMMAND;
    expect(sshOf({})).toMatch(/^ssh -o BatchMode=yes -o ConnectTimeout=\d+ /);
    expect(sshOf({ SSH_ASKPASS: "/bin/askpass" })).toMatch(/^ssh -o ConnectTimeout=\d+ /);
    expect(sshOf({ GIT_SSH: "/bin/my-ssh" })).toBeUndefined();
  });

  it("gets nothing from the project's settings but what says how a server is reached", async () => {
    const sandbox = openSandbox();
    const project = sandbox.folder("project");
    await sandbox.git(project, "init", "--quiet");
    for (const key of ["core.hooksPath", "gc.auto", "remote.origin.url", "alias.push"])
      await sandbox.git(project, "config", key, "other");
    const { variables } = reachFrom(project, await sandbox.bareHub(), sandbox.env, () => 0)();
    expect(Object.keys(variables)).toEqual(["GIT_SSH_COMMAND"]);
  });

  it("leaves no secret of the user's settings in a message or in a file of hive", async () => {
    const sandbox = openSandbox();
    const { http } = await openReach(sandbox);
    const [hub, project] = ["http://hub.invalid/hub.git", sandbox.folder("project")];
    await sandbox.git(project, "init", "--quiet");
    const base = http.url().replace("/hub.git", "/");
    await sandbox.git(project, "config", `url.${base}.insteadOf`, "http://hub.invalid/");
    await sandbox.git(project, "config", "http.extraHeader", `X-Token: ${SECRET}`);
    const tries = [undefined, 401, 403, 404, 500];
    for (const status of tries) {
      http.status = status;
      const world = { ...sandbox.host(`host-${status}`), directory: project };
      const said = await joinHub(world, hub, {}).then(({ hive }) => hive.close(), describeError);
      expect(said === undefined).toBe(status === undefined);
      expect(said ?? "").not.toContain(SECRET);
    }
    for (const file of filesIn(join(sandbox.directory, "hosts")))
      expect(readFileSync(file, "latin1"), file).not.toContain(SECRET);
  });
});

describe("variables and settings that would redirect or reshape git", () => {
  const asVariables = Object.fromEntries([
    ["GIT_CONFIG_COUNT", String(RESHAPING.length)],
    ...RESHAPING.flatMap(([key, value], at) => [
      [`GIT_CONFIG_KEY_${at}`, key],
      [`GIT_CONFIG_VALUE_${at}`, value],
    ]),
  ]);

  it.each([
    ["variables", HARMFUL_VARIABLES],
    ["settings in variables", asVariables],
    ["the user's settings", "file"],
  ] as const)("change nothing of what is written: %s", async (_, more) => {
    const sandbox = openSandbox();
    const { http, path } = await openReach(sandbox);
    const user = join(sandbox.directory, "user.ini");
    writeFileSync(user, "");
    if (more === "file")
      for (const [key, value] of RESHAPING)
        await sandbox.git(sandbox.directory, "config", "-f", user, key, value);
    for (const [at, hub] of [http.url(), path].entries()) {
      const host = sandbox.host(`host-${at}`);
      const env = { ...host.env, ...(more === "file" ? { GIT_CONFIG_GLOBAL: user } : more) };
      const { hive } = await joinHub({ ...host, env }, hub, {});
      sandbox.atEnd(() => hive.close());
      const session = sessionId(`session-${at + 1}`);
      expect(await hive.submit("register", {}, session)).toMatchObject({ kind: "landed" });
      expect(await say(hive, session, "hello")).toMatchObject({ kind: "landed" });
    }
    const history = await sandbox.history(path);
    expect(history.map(({ kind, author }) => [kind, author])).toEqual([
      ["init", "git-hive"],
      ["register", "session-1"],
      ["broadcast", "session-1"],
      ["register", "session-2"],
      ["broadcast", "session-2"],
    ]);
    await sandbox.fsck(path);
  });
});

function describeError({ message, hint }: HiveError): string {
  return `${message} ${hint}`;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
}
