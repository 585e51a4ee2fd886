import { describe, expect, it } from "vitest";
import { aCommit, type Bad, chained, LATE, rulesBroken, soundRun } from "./sound-run.ts";

const BAD: Bad[] = [
  [
    "an operation that stands there twice",
    "duplicate",
    ({ commits: [a, b, c, d] }) => ({ commits: chained(a, b, b && { ...b, oid: "again" }, c, d) }),
  ],
  [
    "an operation of a killed call that stands there twice, under two ids",
    "duplicate",
    ({ commits }) => ({
      commits: chained(
        ...commits,
        { ...aCommit("01KG9M2V0000000000000000BA", "session-1", ""), subject: "broadcast: never" },
        { ...aCommit("01KG9M2V0000000000000000BB", "session-1", ""), subject: "broadcast: never" },
      ),
    }),
  ],
  [
    "an acknowledged operation that is not there",
    "lost",
    ({ commits: [a, , c, d] }) => ({ commits: chained(a, c, d) }),
  ],
  [
    "an acknowledgement that names another commit",
    "other commit",
    ({ calls }) => ({ calls: { ...calls, tell: { ...calls.tell, commit: "elsewhere" } } }),
  ],
  [
    "a refused operation that is there",
    "refused and yet there",
    ({ calls, commits }) => ({
      calls: { ...calls, again: { ...calls.again, client: "x" } },
      commits: chained(...commits, aCommit(LATE, "session-2", "")),
    }),
  ],
  [
    "a failed operation that is there",
    "failed and yet there",
    ({ calls }) => ({ calls: { ...calls, tell: { ...calls.tell, outcome: "failed" } } }),
  ],
  [
    "a queued heartbeat that never landed",
    "queued and lost",
    ({ commits: [a, b, c] }) => ({ commits: chained(a, b, c) }),
  ],
  [
    "an exit code that says something else",
    "exit code",
    ({ calls }) => ({ calls: { ...calls, tell: { ...calls.tell, code: 4 } } }),
  ],
  [
    "an operation that no call made",
    "unknown operation",
    ({ commits }) => ({ commits: chained(...commits, aCommit("01KG9M2V0000000000000000ZZ", "x", "")) }),
  ],
  [
    "two operations of one client in the wrong order",
    "order",
    ({ commits: [a, b, c, d] }) => ({ commits: chained(b, a, c, d) }),
  ],
  [
    "an operation before another's that had landed when it was made",
    "real time",
    ({ commits: [a, b, c, d] }) => ({ commits: chained(a, b, d, c) }),
  ],
];

describe("the checker of what is there, and in which order", () => {
  it("finds nothing in a sound run", () => {
    expect(rulesBroken(soundRun())).toEqual([]);
  });

  it.each(BAD)("finds %s", (_, rule, spoil) => {
    const run = soundRun();
    expect(rulesBroken({ ...run, ...spoil(run) })).toContain(rule);
  });
});
