import { describe, expect, it } from "vitest";
import { archivedPath } from "../../../src/domain/hub/layout.ts";
import type { RequestId } from "../../../src/domain/values/ids.ts";
import { aCollaboration } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { askForHelp, hubWith, sessionId } from "../../support/hub-with.ts";

const MONTH_MS = 31 * 86_400_000;
const DECLINED = { note: "No time" };

/** A hub where two requests were declined, one of them long enough ago to be archived by `expire`. */
async function setUp(address: (path: string) => string) {
  const sandbox = openSandbox();
  const hub = address(await hubWith(sandbox, "session-1", "session-2"));
  const writer = await sandbox.hive(hub, sandbox.host("writer"));
  await writer.read(["archived"]);
  const end = async (request: string) =>
    writer.submit("decline", { request, ...DECLINED }, sessionId("session-2"));
  const old = (await askForHelp(writer, "session-1", "session-2")) as RequestId;
  await end(old);
  sandbox.clock.now += MONTH_MS;
  const young = (await askForHelp(writer, "session-1", "session-2")) as RequestId;
  await end(young);
  await writer.submit("expire", {}, sessionId("session-1"));
  return { sandbox, hub, writer, old, young };
}

describe("the archive of requests", () => {
  it.each([
    ["path", (path: string) => path],
    ["remote", (path: string) => `file://${path}`],
  ])(
    "is a part like any other, for the host that wrote it and for others, on a hub by %s",
    async (_, address) => {
      const { sandbox, hub, writer, old, young } = await setUp(address);
      const stranger = await sandbox.hive(hub, sandbox.host("stranger"));
      const [kept, read] = [await writer.read(["archived"]), await stranger.read(["archived"])];
      expect(kept).toEqual(read);
      expect([...read.state.archived.keys()]).toEqual([old]);
      expect(read.state.archived.get(old)).toMatchObject({ status: "declined", history: [{}, DECLINED] });
      expect([...(await stranger.read(["collaborations"])).state.collaborations.keys()]).toEqual([young]);
    },
  );

  it("reports its unreadable files, and returns the others", async () => {
    const { sandbox, hub, writer, old } = await setUp((path) => path);
    const misnamed = { ...aCollaboration(), request_id: "collab-1-aaaa" };
    const month = "coordination/ARCHIVE/COLLABORATIONS/2026/01";
    await commitByHand(sandbox, hub, [
      { path: `${month}/collab-2-bbbb.json`, content: "{" },
      { path: `${month}/collab-3-cccc.json`, content: JSON.stringify(misnamed) },
      { path: archivedPath(aCollaboration()), content: JSON.stringify(aCollaboration()) },
    ]);
    const { state, findings } = await writer.read(["archived"]);
    expect([...state.archived.keys()].sort()).toEqual([old, aCollaboration().request_id].sort());
    expect(findings.map(({ rule }) => rule).sort()).toEqual(["id-is-name", "json"]);
  });
});
