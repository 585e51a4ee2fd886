import { ulid } from "ulid";
import { expect, it } from "vitest";
import { archivedPath, messagePath } from "../../../src/domain/hub/layout.ts";
import { encodeMessage } from "../../../src/domain/messages/write.ts";
import { aCollaboration, aMessage } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { hubWith, say } from "../../support/hub-with.ts";

const FAR = "2099-12-31T12:00:00Z";

it("messages of later dates, however many, hide no message", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  const hive = await sandbox.hive(hub);
  await say(hive, "session-1", "Hello");
  const later = Array.from({ length: 500 }, (_, index) =>
    aMessage({ id: ulid(index, () => 0.5), sent_at: FAR }),
  );
  const files = later.map((each) => ({ path: messagePath(each.id, FAR), content: encodeMessage(each) }));
  await commitByHand(sandbox, hub, files);
  const { state, findings } = await (await sandbox.hive(hub)).read(["messages"]);
  expect(state.messages.map(({ body }) => body)).toContain("Hello");
  expect(state.messages.filter(({ sent_at }) => sent_at === FAR)).toHaveLength(50);
  expect(findings).toMatchObject([{ rule: "count", path: "coordination/MESSAGES" }]);
});

it("requests of later months, however many, hide no request that ended lately", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  const ended = (index: number, updated_at: string) =>
    aCollaboration({ request_id: `collab-${1_700_000_000 + index}-k3f9`, status: "completed", updated_at });
  const requests = [
    ended(0, "2026-01-31T12:00:00Z"),
    ...Array.from({ length: 520 }, (_, index) => ended(index + 1, FAR)),
  ];
  const files = requests.map((each) => ({ path: archivedPath(each), content: JSON.stringify(each) }));
  await commitByHand(sandbox, hub, files);
  const { state } = await (await sandbox.hive(hub)).read(["archivedLately"]);
  expect([...state.archivedLately.keys()]).toContain("collab-1700000000-k3f9");
});

it("some messages of a host whose clock is ahead are read", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  await say(await sandbox.hive(hub), "session-1", "Hello");
  const tomorrow = aMessage({ id: ulid(1, () => 0.5), sent_at: "2026-02-01T12:00:00Z", body: "from ahead" });
  await commitByHand(sandbox, hub, [
    { path: messagePath(tomorrow.id, tomorrow.sent_at), content: encodeMessage(tomorrow) },
  ]);
  const { state, findings } = await (await sandbox.hive(hub)).read(["messages"]);
  expect(state.messages.map(({ body }) => body)).toEqual(expect.arrayContaining(["Hello", "from ahead"]));
  expect(findings).toEqual([]);
});
