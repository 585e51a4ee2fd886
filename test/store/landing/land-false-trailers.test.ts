import { describe, expect, it } from "vitest";
import { BOARD_PATH, messagePath } from "../../../src/domain/hub/layout.ts";
import { encodeMessage } from "../../../src/domain/messages/write.ts";
import { toInstant } from "../../../src/domain/values/time.ts";
import { aMessage } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand, type HandFile } from "../../support/hand-commit.ts";
import { hiveIn } from "../../support/hub-store.ts";
import { hubWith, say } from "../../support/hub-with.ts";

const TEXT = "Do not deploy";
const [ONE, TWO] = ["session-1", "session-2"] as const;

/** A host whose broadcast waits in its outbox, and a person who commits to the hub by hand. */
async function openScene(address: (hub: string) => string = (hub) => hub) {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, ONE, TWO);
  await (await sandbox.hive(address(hub))).read([]);
  const { op } = await say(await hiveIn(sandbox, address(hub), { isOffline: true }), ONE, TEXT);
  const sentAt = toInstant(sandbox.clock.now);
  const path = messagePath(op, sentAt);
  const fileOf = (body: string): HandFile => {
    const message = aMessage({ id: op, from: ONE, to: "all", priority: "normal", sent_at: sentAt, body });
    return { path, content: encodeMessage(message) };
  };
  const mention = (key: string, files: readonly HandFile[] = []) =>
    commitByHand(sandbox, hub, files, {
      author: ONE,
      message: `tidy\n\n${key}: ${op}\nHive-Session: ${ONE}\nHive-Kind: broadcast\n`,
    });
  /** The next command of the host, which sends what waits; then what the hub has of the broadcast. */
  const next = async () => {
    const hive = await sandbox.hive(address(hub));
    await say(hive, ONE, "next");
    const { messages } = (await hive.read(["messages"])).state;
    const { waiting } = await hive.outbox.list();
    const carried = (await sandbox.history(hub)).filter((entry) => entry.subject.includes(TEXT));
    return { texts: messages.map(({ body }) => body).sort(), waiting, carried: carried.length };
  };
  /** Merges a commit that names the operation as refused and continues the first state, without any session. */
  const mentionBefore = async () => {
    const [root = ""] = (await sandbox.git(hub, "rev-list", "--reverse", "main")).split("\n");
    const message = `tidy\n\nHive-Refused: ${op}\nHive-Session: ${ONE}\nHive-Kind: refusal\n`;
    const commit = (tree: string, text: string, ...parents: string[]) =>
      sandbox.gitWith(text, hub, ...PERSON, "commit-tree", tree, ...parents.flatMap((each) => ["-p", each]));
    const refusal = await commit(`${root}^{tree}`, message, root);
    const merge = await commit("main^{tree}", "Merge branch x", "main", refusal);
    await sandbox.git(hub, "update-ref", "refs/heads/main", merge);
  };
  return { mention, mentionBefore, next, fileOf };
}

const PERSON = ["-c", "user.name=Hand", "-c", "user.email=hand@example.org"];

const LANDED = { texts: [TEXT, "next"], waiting: [], carried: 1 };

describe.each([
  ["a hub on this disk", (hub: string) => hub],
  ["a hub behind a push", (hub: string) => `file://${hub}`],
])("an operation that waits for %s and that a commit names falsely", (_, address) => {
  it.each(["Hive-Op", "Hive-Refused"])("lands all the same, whoever wrote %s", async (key) => {
    const { mention, next } = await openScene(address);
    await mention(key);
    expect(await next()).toEqual(LANDED);
  });

  it("lands although several commits name it, as carried and as refused", async () => {
    const { mention, next } = await openScene(address);
    for (const key of ["Hive-Op", "Hive-Refused", "Hive-Op"]) await mention(key);
    expect(await next()).toEqual(LANDED);
  });

  it("lands with its own text when the commit has another text under its id", async () => {
    const { mention, next, fileOf } = await openScene(address);
    await mention("Hive-Op", [fileOf("Do deploy")]);
    expect(await next()).toEqual(LANDED);
  });

  it("lands although a merge brings a refusal on a state that is older than it", async () => {
    const { mentionBefore, next } = await openScene(address);
    await mentionBefore();
    expect(await next()).toEqual(LANDED);
  });

  it("lands although the commit only changes a generated file", async () => {
    const { mention, next } = await openScene(address);
    await mention("Hive-Op", [{ path: BOARD_PATH, content: TEXT }]);
    expect(await next()).toEqual(LANDED);
  });
});

describe("an operation that a commit carries", () => {
  it("has landed, whatever the commit's subject and its generated files are", async () => {
    const { mention, next, fileOf } = await openScene();
    await mention("Hive-Op", [fileOf(TEXT), { path: BOARD_PATH, content: "by another version" }]);
    expect(await next()).toEqual({ ...LANDED, carried: 0 });
  });

  it("has landed, although another commit names it falsely before", async () => {
    const { mention, next, fileOf } = await openScene();
    await mention("Hive-Refused");
    await mention("Hive-Op");
    await mention("Hive-Op", [fileOf(TEXT)]);
    expect(await next()).toEqual({ ...LANDED, carried: 0 });
  });
});
