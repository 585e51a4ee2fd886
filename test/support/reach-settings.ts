import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { joinHub } from "../../src/app/workplace/join.ts";
import { openHttpHub, SECRET } from "./http-hub.ts";
import { hubWith } from "./hub-with.ts";
import { HIDDEN, openProxy, openTlsServer } from "./reach-servers.ts";
import type { Sandbox } from "./sandbox.ts";
import { writeSshShim } from "./ssh-shim.ts";

/** A way in which a user's git may be told how to reach a hub. */
interface ReachSetting {
  readonly says: string;
  /** The hub's address. */
  readonly hub: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The text of the settings of the project, the user and the system, beside what is always there. */
  readonly project?: string;
  readonly user?: string;
  readonly system?: string;
  /** Files by their paths from the user's home; those in `bin` can be run. */
  readonly files?: Readonly<Record<string, string>>;
  /** What to run in the project, before its folder `at` is where the user is. */
  readonly prepare?: readonly (readonly string[])[];
  readonly at?: string;
}

/** What prints the login as a helper of git does. */
const LOGIN_LINES = `echo username=ada; echo password=${SECRET}`;
const HELPER = `!f() { ${LOGIN_LINES}; }; f`;
const helperSection = (helper = HELPER) => `[credential]\n\thelper = "${helper}"\n`;
const WRONG_HELPER = "!f() { echo username=ada; echo password=wrong; }; f";

const ASKPASS = `#!/bin/sh\ncase "$1" in *sername*) echo ada;; *) echo ${SECRET};; esac\n`;
/** As an editor's: a program of the editor answers, and variables name it. */
const EDITORS_ASKPASS = `#!/bin/sh\nexec "$VSCODE_GIT_ASKPASS_NODE" "$VSCODE_GIT_ASKPASS_MAIN" "$@"\n`;

/** Settings by variables. */
function inVariables(
  ...settings: readonly (readonly [key: string, value: string])[]
): Record<string, string> {
  return Object.fromEntries([
    ["GIT_CONFIG_COUNT", String(settings.length)],
    ...settings.flatMap(([key, value], at) => [
      [`GIT_CONFIG_KEY_${at}`, key],
      [`GIT_CONFIG_VALUE_${at}`, value],
    ]),
  ]);
}

/** Hubs behind servers of this machine, and all ways to be let in there. `home` is the home of the user who tries. */
export async function openReach(sandbox: Sandbox) {
  const path = await hubWith(sandbox);
  const http = await openHttpHub(sandbox);
  const shim = await writeSshShim(sandbox);
  const plain = http.url().replace(/\/\/.*@/, "//");
  const port = Number(new URL(plain).port);
  const tls = await openTlsServer(sandbox, port, `ada:${SECRET}`);
  const servers = { port, tlsPort: tls.port };
  const proxy = `http://127.0.0.1:${await openProxy(sandbox, servers)}`;
  const closedProxy = `127.0.0.1:${await openProxy(sandbox, { ...servers, login: true })}`;
  const safe = `https://127.0.0.1:${tls.port}/hub.git`;
  const hidden = `http://ada:${SECRET}@${HIDDEN}/hub.git`;
  const ssh = `ssh://${HIDDEN}${path}`;
  const header = `Authorization: Basic ${Buffer.from(`ada:${SECRET}`).toString("base64")}`;
  const withLogin = plain.replace("//", `//ada:${SECRET}@`).replace("/hub.git", "/");
  const { authority, user, userKey } = tls.certificates;
  const bin = (home: string, name: string) => join(home, "bin", name);

  const settingsFor = (home: string): ReachSetting[] => [
    // Programs that are asked
    {
      says: "GIT_ASKPASS that needs variables of its own",
      hub: plain,
      env: {
        GIT_ASKPASS: bin(home, "askpass"),
        VSCODE_GIT_ASKPASS_NODE: "/bin/sh",
        VSCODE_GIT_ASKPASS_MAIN: bin(home, "main"),
      },
      files: { "bin/askpass": EDITORS_ASKPASS, "bin/main": ASKPASS },
    },
    {
      says: "SSH_ASKPASS",
      hub: plain,
      env: { SSH_ASKPASS: bin(home, "askpass") },
      files: { "bin/askpass": ASKPASS },
    },
    {
      says: "core.askPass of the user",
      hub: plain,
      user: `[core]\n\taskPass = ${bin(home, "askpass")}\n`,
      files: { "bin/askpass": ASKPASS },
    },
    {
      says: "core.askPass of the project",
      hub: plain,
      project: `[core]\n\taskPass = ${bin(home, "askpass")}\n`,
      files: { "bin/askpass": ASKPASS },
    },
    {
      says: "a user name in the address, and GIT_ASKPASS",
      hub: plain.replace("//", "//ada@"),
      env: { GIT_ASKPASS: bin(home, "askpass") },
      files: { "bin/askpass": ASKPASS },
    },
    {
      says: "a user name in the settings, and GIT_ASKPASS",
      hub: plain,
      project: `[credential "${plain}"]\n\tusername = ada\n`,
      env: { GIT_ASKPASS: bin(home, "askpass") },
      files: { "bin/askpass": `#!/bin/sh\necho ${SECRET}\n` },
    },
    // Settings in variables
    {
      says: "a header in GIT_CONFIG_COUNT",
      hub: plain,
      env: inVariables(["http.extraHeader", header]),
    },
    {
      says: "an address with a login in GIT_CONFIG_COUNT",
      hub: plain,
      env: inVariables([`url.${withLogin}.insteadOf`, plain.replace("hub.git", "")]),
    },
    {
      says: "a helper in GIT_CONFIG_COUNT",
      hub: plain,
      env: inVariables(["credential.helper", HELPER]),
    },
    {
      says: "a helper in GIT_CONFIG_COUNT that counts more than the project's",
      hub: plain,
      project: helperSection(WRONG_HELPER),
      env: inVariables(["credential.helper", ""], ["credential.helper", HELPER]),
    },
    {
      says: "a helper by git -c",
      hub: plain,
      env: { GIT_CONFIG_PARAMETERS: `'credential.helper'='!f() { ${LOGIN_LINES}; }; f'` },
    },
    // Helpers in files
    { says: "a helper of the project", hub: plain, project: helperSection() },
    { says: "a helper of the user", hub: plain, user: helperSection() },
    { says: "a helper of the system", hub: plain, system: helperSection() },
    {
      says: "a helper in ~/.config/git/config",
      hub: plain,
      env: { GIT_CONFIG_GLOBAL: undefined },
      files: { ".config/git/config": helperSection() },
    },
    {
      says: "a helper that reads variables of the user",
      hub: plain,
      user: helperSection("!f() { echo username=$MY_NAME; echo password=$MY_TOKEN; }; f"),
      env: { MY_NAME: "ada", MY_TOKEN: SECRET },
    },
    {
      says: "a helper on PATH",
      hub: plain,
      project: helperSection("mine"),
      env: { PATH: `${join(home, "bin")}:${sandbox.env.PATH}` },
      files: { "bin/git-credential-mine": `#!/bin/sh\n${LOGIN_LINES}\n` },
    },
    {
      says: "a helper of the project for this address alone",
      hub: plain,
      project: `[credential "http://other.invalid"]\n\thelper = "${WRONG_HELPER}"\n[credential "${plain}"]\n\thelper = "${HELPER}"\n`,
    },
    {
      says: "a helper of the project after a wrong one of the user, which the project forgets",
      hub: plain,
      user: helperSection(WRONG_HELPER),
      project: `[credential]\n\thelper =\n${helperSection()}`,
    },
    {
      says: "a helper by a path from the project's top, where the user is further down",
      hub: plain,
      project: helperSection("!./tools/login"),
      files: { "project/tools/login": `#!/bin/sh\n${LOGIN_LINES}\n` },
      prepare: [["chmod", "+x", "tools/login"]],
      at: "tools",
    },
    {
      says: "a helper in a file that the project includes",
      hub: plain,
      project: "[include]\n\tpath = ../../login.ini\n",
      files: { "login.ini": helperSection() },
    },
    {
      says: "a helper in a file that the user includes for the project's folder",
      hub: plain,
      user: `[includeIf "gitdir:${home}/"]\n\tpath = ${join(home, "login.ini")}\n`,
      files: { "login.ini": helperSection() },
    },
    {
      says: "a helper in a file that the user includes for the project's branch",
      hub: plain,
      user: `[includeIf "onbranch:work"]\n\tpath = ${join(home, "login.ini")}\n`,
      files: { "login.ini": helperSection() },
      prepare: [["git", "symbolic-ref", "HEAD", "refs/heads/work"]],
    },
    {
      says: "a helper of one work tree",
      hub: plain,
      project: "[extensions]\n\tworktreeConfig = true\n",
      files: { "project/.git/config.worktree": helperSection() },
    },
    {
      says: "a helper of the project, where the user is in a linked work tree",
      hub: plain,
      project: helperSection(),
      prepare: [
        ["git", "commit", "--quiet", "--allow-empty", "--message=start"],
        ["git", "worktree", "add", "--quiet", "linked"],
      ],
      at: "linked",
    },
    {
      says: "~/.netrc",
      hub: plain,
      files: { ".netrc": `machine 127.0.0.1 login ada password ${SECRET}\n` },
    },
    // Addresses and headers
    {
      says: "a header of the project for this address",
      hub: plain,
      project: `[http "${plain}"]\n\textraHeader = "${header}"\n`,
    },
    {
      says: "a header of the user, for a project with settings of its own",
      hub: plain,
      user: `[http]\n\textraHeader = "${header}"\n`,
      project: "[http]\n\tpostBuffer = 1000000\n",
    },
    {
      says: "another address for a host, by the project",
      hub: `http://${HIDDEN}/hub.git`,
      project: `[url "${withLogin}"]\n\tinsteadOf = http://${HIDDEN}/\n`,
    },
    {
      says: "a short name for a host, by the user",
      hub: "work:hub.git",
      user: `[url "${withLogin}"]\n\tinsteadOf = work:\n`,
    },
    {
      says: "ssh instead of http, by the project",
      hub: `http://${HIDDEN}/hub.git`,
      project: `[url "ssh://${HIDDEN}${dirname(path)}/"]\n\tinsteadOf = http://${HIDDEN}/\n`,
      env: { GIT_SSH_COMMAND: shim },
    },
    // Proxies
    { says: "http_proxy", hub: hidden, env: { http_proxy: proxy } },
    { says: "ALL_PROXY", hub: hidden, env: { ALL_PROXY: proxy } },
    {
      says: "a proxy with a login",
      hub: hidden,
      env: { http_proxy: `http://bob:proxy-Pass@${closedProxy}` },
    },
    { says: "http.proxy of the project", hub: hidden, project: `[http]\n\tproxy = ${proxy}\n` },
    {
      says: "a proxy of the project for this address, and a wrong one for others",
      hub: hidden,
      project: `[http]\n\tproxy = http://127.0.0.1:9\n[http "http://${HIDDEN}"]\n\tproxy = ${proxy}\n`,
    },
    {
      says: "no_proxy beside a proxy that is not there",
      hub: http.url(),
      env: { http_proxy: "http://127.0.0.1:9", no_proxy: "127.0.0.1" },
    },
    {
      says: "https_proxy",
      hub: hidden.replace("http:", "https:"),
      env: { HTTPS_PROXY: proxy, GIT_SSL_CAINFO: authority },
    },
    // Certificates
    {
      says: "GIT_SSL_CAINFO",
      hub: safe.replace("//", `//ada:${SECRET}@`),
      env: { GIT_SSL_CAINFO: authority },
    },
    {
      says: "GIT_SSL_NO_VERIFY",
      hub: safe.replace("//", `//ada:${SECRET}@`),
      env: { GIT_SSL_NO_VERIFY: "1" },
    },
    {
      says: "http.sslCAInfo of the project",
      hub: safe.replace("//", `//ada:${SECRET}@`),
      project: `[http]\n\tsslCAInfo = ${authority}\n`,
    },
    {
      says: "a switch of the project without a value, and one for this address",
      hub: safe.replace("//", `//ada:${SECRET}@`),
      project: `[http]\n\tsslVerify\n[http "${safe}"]\n\tsslVerify = false\n`,
    },
    {
      says: "a certificate of the user in GIT_SSL_CERT",
      hub: safe,
      env: { GIT_SSL_CAINFO: authority, GIT_SSL_CERT: user, GIT_SSL_KEY: userKey },
    },
    {
      says: "a certificate of the user in the project's settings",
      hub: safe,
      project: `[http "${safe}"]\n\tsslCAInfo = ${authority}\n\tsslCert = ${user}\n\tsslKey = ${userKey}\n`,
    },
    // ssh
    { says: "GIT_SSH_COMMAND", hub: ssh, env: { GIT_SSH_COMMAND: `${shim} -4` } },
    { says: "GIT_SSH", hub: ssh, env: { GIT_SSH: shim } },
    {
      says: "GIT_SSH_VARIANT for a program that takes no options",
      hub: ssh,
      env: { GIT_SSH_COMMAND: shim, GIT_SSH_VARIANT: "simple" },
    },
    {
      says: "ssh on PATH",
      hub: ssh,
      env: { PATH: `${dirname(shim)}:${sandbox.env.PATH}` },
    },
    { says: "core.sshCommand of the system", hub: ssh, system: `[core]\n\tsshCommand = ${shim}\n` },
    { says: "core.sshCommand of the user", hub: ssh, user: `[core]\n\tsshCommand = ${shim}\n` },
    { says: "core.sshCommand of the project", hub: ssh, project: `[core]\n\tsshCommand = ${shim}\n` },
    {
      says: "core.sshCommand in GIT_CONFIG_COUNT",
      hub: ssh,
      env: inVariables(["core.sshCommand", shim]),
    },
    {
      says: "core.sshCommand in a file that the user includes",
      hub: ssh,
      user: "[include]\n\tpath = ssh.ini\n",
      files: { "ssh.ini": `[core]\n\tsshCommand = ${shim}\n` },
    },
    {
      says: "core.sshCommand in a file that the user includes for the project's folder",
      hub: ssh,
      user: `[includeIf "gitdir:${home}/"]\n\tpath = ssh.ini\n`,
      files: { "ssh.ini": `[core]\n\tsshCommand = ${shim}\n` },
    },
    {
      says: "core.sshCommand in a file that the user includes for the project's remote",
      hub: ssh,
      user: `[includeIf "hasconfig:remote.*.url:https://code.invalid/**"]\n\tpath = ssh.ini\n`,
      project: '[remote "origin"]\n\turl = https://code.invalid/app\n',
      files: { "ssh.ini": `[core]\n\tsshCommand = ${shim}\n` },
    },
    {
      says: "core.sshCommand by a path from the project's top",
      hub: ssh,
      project: `[core]\n\tsshCommand = ../bin/ssh\n`,
      files: { "bin/ssh": `#!/bin/sh\nexec ${shim} "$@"\n`, "project/down/file": "" },
      at: "down",
    },
  ];
  return { path, http, shim, settingsFor };
}

/** Makes a user's home with a project as a setting wants them; the user's environment, and where the user is. */
async function makeUser(sandbox: Sandbox, home: string, setting: ReachSetting) {
  const env: Record<string, string | undefined> = { ...sandbox.env, HOME: home };
  const write = (name: string, text: string) => {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    if (name.startsWith("bin/")) chmodSync(path, 0o755);
    return path;
  };
  const project = join(home, "project");
  await sandbox.git(home, "init", "--quiet", "--template=", project);
  if (setting.user !== undefined) env.GIT_CONFIG_GLOBAL = write("user.ini", setting.user);
  if (setting.system !== undefined) env.GIT_CONFIG_SYSTEM = write("system.ini", setting.system);
  if (setting.system !== undefined) env.GIT_CONFIG_NOSYSTEM = undefined;
  for (const [name, text] of Object.entries(setting.files ?? {})) write(name, text);
  const core = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n";
  write("project/.git/config", core + (setting.project ?? ""));
  for (const [program = "", ...args] of setting.prepare ?? [])
    await (program === "git"
      ? sandbox.git(project, ...args)
      : promisify(execFile)(program, args, { cwd: project }));
  return { env: { ...env, ...setting.env }, directory: join(project, setting.at ?? "") };
}

/** Lets a user's git, and then hive, go to a hub with one setting of a table: who gets in. */
export async function tryBoth(
  sandbox: Sandbox,
  { settingsFor }: Awaited<ReturnType<typeof openReach>>,
  says: string,
): Promise<{ says: string; git: boolean; hive: string }> {
  const name = says.replaceAll(/\W+/g, "-");
  const home = sandbox.folder("homes", name);
  const setting = settingsFor(home).find((each) => each.says === says);
  if (setting === undefined) throw new Error(`no setting says: ${says}`);
  const { env, directory } = await makeUser(sandbox, home, setting);
  const options = { cwd: directory, env: { ...env, GIT_TERMINAL_PROMPT: "0" }, timeout: 30_000 };
  const asked = promisify(execFile)("git", ["ls-remote", "--exit-code", setting.hub, "main"], options);
  const git = await asked.then(
    () => true,
    () => false,
  );
  const host = sandbox.host(name);
  const world = { ...host, env: { ...env, HIVE_STATE_DIR: host.env.HIVE_STATE_DIR }, directory, home };
  const hive = await joinHub(world, setting.hub, {}).then(
    (joined) => {
      joined.hive.close();
      return "in";
    },
    (error: Error) => error.message,
  );
  return { says, git, hive };
}
