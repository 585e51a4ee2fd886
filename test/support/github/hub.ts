import { SETTINGS_TEXT } from "../../../src/domain/hub/default-settings.ts";
import { Console } from "../console.ts";
import { commitByHand } from "../hand-commit.ts";
import { hubWith } from "../hub-with.ts";
import type { Sandbox } from "../sandbox.ts";
import { GitHubServer } from "./server.ts";

/** A hub with two sessions, and the server that shows its repository. */
export interface GitHubHub {
  readonly hub: string;
  readonly server: GitHubServer;
  /** Commands of a session, without a word about GitHub. */
  as(session: string): Console;
  /** Commands of a workflow of the repository. */
  readonly workflow: Console;
}

/** Who is told and whose comments count, as a team would set it. */
export const TEAM_SETTINGS = SETTINGS_TEXT.replace("users: []  ", "users: [ada-dev, carl]").replace(
  "users: {}  ",
  "users: { ada-dev: session-1, bob-dev: [session-2] }",
);

export async function openGitHubHub(sandbox: Sandbox, settings = TEAM_SETTINGS): Promise<GitHubHub> {
  const hub = await hubWith(sandbox, "session-1", "session-2");
  await commitByHand(sandbox, hub, [{ path: "coordination/hive.yaml", content: settings }]);
  const server = await GitHubServer.open(sandbox);
  const console = new Console(sandbox, { env: { HIVE_HUB: hub } });
  return {
    hub,
    server,
    as: (session) => console.with({ env: { HIVE_SESSION: session } }),
    workflow: console.with({ env: server.env() }),
  };
}
