import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { EndedProcess } from "../processes.ts";

/** What a stand-in for an action works with. */
export interface ActionCall {
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** The hub as the workflow sees it, without a login. */
  readonly url: string;
  readonly sha: string;
  readonly token: string;
  readonly rights: Readonly<Record<string, string>>;
  /** What this run uploaded, by name: each is a folder. */
  readonly artifacts: Map<string, string>;
  /** An empty folder for something that outlives the job. */
  keep(name: string): string;
  /** Shows a folder to the world as the site of this repository. */
  publish(folder: string): void;
  run(file: string, argv: readonly string[]): Promise<EndedProcess>;
}

type Outputs = Readonly<Record<string, string>> | undefined;

/** Stand-ins for the actions of others: what they do to the disk, by real git. Everything else throws. */
const ACTIONS: Readonly<Record<string, (call: ActionCall) => Promise<Outputs>>> = {
  "actions/checkout": async ({ inputs, workspace, url, sha, token, run }) => {
    const { "fetch-depth": depth = "1", "persist-credentials": persists = "true", ...rest } = inputs;
    if (Object.keys(rest).length > 0 || persists !== "false")
      throw new Error(`not modelled: checkout with ${JSON.stringify(inputs)}`);
    mkdirSync(workspace, { recursive: true });
    const git = async (...args: string[]) => {
      const { code, err } = await run("git", ["-C", workspace, ...args]);
      if (code !== 0) throw new Error(`checkout: git ${args[0]}: ${err}`);
    };
    const login = Buffer.from(`x-access-token:${token}`).toString("base64");
    const shallow = depth === "0" ? [] : [`--depth=${depth}`];
    await git("init", "--quiet", "--initial-branch=main");
    await git(
      "-c",
      `http.extraheader=AUTHORIZATION: basic ${login}`,
      "fetch",
      "--quiet",
      ...shallow,
      url,
      sha,
    );
    await git("checkout", "--quiet", "-B", "main", "FETCH_HEAD");
  },
  // Node is on the PATH of this machine.
  "actions/setup-node": async ({ inputs }) => {
    const { "node-version": version, "package-manager-cache": cache, ...rest } = inputs;
    if (version === undefined || cache !== "false" || Object.keys(rest).length > 0)
      throw new Error(`not modelled: setup-node with ${JSON.stringify(inputs)}`);
  },
  "actions/upload-artifact": async ({ inputs, artifacts, keep }) => {
    const { name = "artifact", path = "", "if-no-files-found": missing, ...rest } = inputs;
    if (missing !== "error" || Object.keys(rest).some((input) => input !== "retention-days"))
      throw new Error(`not modelled: upload-artifact with ${JSON.stringify(inputs)}`);
    upload(name, path, artifacts, keep);
  },
  "actions/upload-pages-artifact": async ({ inputs, artifacts, keep }) => {
    const { path = "", ...rest } = inputs;
    if (Object.keys(rest).length > 0)
      throw new Error(`not modelled: upload-pages-artifact with ${JSON.stringify(inputs)}`);
    upload(SITE, path, artifacts, keep);
  },
  "actions/deploy-pages": async ({ inputs, artifacts, rights, publish }) => {
    if (Object.keys(inputs).length > 0)
      throw new Error(`not modelled: deploy-pages with ${JSON.stringify(inputs)}`);
    const folder = artifacts.get(SITE);
    if (folder === undefined) throw new Error(`deploy-pages: no artifact ${SITE}`);
    if (rights.pages !== "write" || rights["id-token"] !== "write")
      throw new Error("deploy-pages: it needs pages: write and id-token: write");
    publish(folder);
    return { page_url: "https://team.github.example/hub/" };
  },
};

/** The name of the artifact that is deployed. */
const SITE = "github-pages";

function upload(name: string, path: string, artifacts: Map<string, string>, keep: (name: string) => string) {
  if (artifacts.has(name)) throw new Error(`upload: there is an artifact ${name} already`);
  if (readdirSync(path).length === 0) throw new Error(`upload: nothing in ${path}`);
  const folder = keep(name);
  for (const entry of readdirSync(path)) cpSync(join(path, entry), join(folder, entry), { recursive: true });
  artifacts.set(name, folder);
}

export async function runAction(uses: string, call: ActionCall): Promise<Outputs> {
  const action = ACTIONS[uses.split("@")[0] ?? ""];
  if (!action) throw new Error(`not modelled: ${uses}`);
  return action(call);
}
