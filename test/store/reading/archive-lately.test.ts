import { expect, it } from "vitest";
import { archivedPath } from "../../../src/domain/hub/layout.ts";
import { aCollaboration } from "../../support/builders.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { hubWith } from "../../support/hub-with.ts";

it("reads at most the newest 500 requests of the archive when only the newest are requested", async () => {
  const sandbox = openSandbox();
  const hub = await hubWith(sandbox, "session-1");
  const requests = Array.from({ length: 520 }, (_, index) =>
    aCollaboration({
      request_id: `collab-${1_700_000_000 + index}-k3f9`,
      status: "completed",
      updated_at: `20${10 + Math.floor(index / 52)}-01-31T12:00:00Z`,
    }),
  );
  const files = requests.map((each) => ({ path: archivedPath(each), content: JSON.stringify(each) }));
  await commitByHand(sandbox, hub, files);
  const { state } = await (await sandbox.hive(hub)).read(["archived", "archivedLately"]);
  expect(state.archived.size).toBe(520);
  const newest = requests.slice(20).map(({ request_id }) => request_id);
  expect([...state.archivedLately.keys()].sort()).toEqual(newest);
});
