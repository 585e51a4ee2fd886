import { expect, it } from "vitest";
import { openSandbox } from "../../support/git-sandbox.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { hubWith } from "../../support/hub-with.ts";

/** Three requests of this length are longer than any later fetch may take. */
const SLOW_MS = 8000;

it("a new host waits for a first fetch that takes long", async () => {
  const sandbox = openSandbox();
  await hubWith(sandbox, "session-1");
  const http = await openHttpHub(sandbox, { delay: SLOW_MS });
  const hive = await sandbox.hive(http.url());
  const { state, outdated } = await hive.read(["sessions"]);
  expect([[...state.sessions.keys()], outdated]).toEqual([["session-1"], undefined]);
}, 120_000);
