import { mkdirSync } from "node:fs";
import type { EndedProcess } from "../processes.ts";

/** What a stand-in for an action works with. */
export interface ActionCall {
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: string;
  /** The hub as the workflow sees it, without a login. */
  readonly url: string;
  readonly sha: string;
  readonly token: string;
  run(file: string, argv: readonly string[]): Promise<EndedProcess>;
}

/** Stand-ins for the actions of others: what they do to the disk, by real git. Everything else throws. */
const ACTIONS: Readonly<Record<string, (call: ActionCall) => Promise<void>>> = {
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
};

export async function runAction(uses: string, call: ActionCall): Promise<void> {
  const action = ACTIONS[uses.split("@")[0] ?? ""];
  if (!action) throw new Error(`not modelled: ${uses}`);
  await action(call);
}
