import { describe, expect, it } from "vitest";
import {
  aCommit,
  aRequest,
  type Bad,
  chained,
  fileOf,
  ID,
  LATE,
  rulesBroken,
  soundRun,
  TELL,
} from "./sound-run.ts";

const BAD: Bad[] = [
  [
    "an answer to a request before the request",
    "illegal",
    ({ commits: [a, b, c, d] }) => ({ commits: chained(c, a, b, d) }),
  ],
  [
    "two winners in the history",
    "illegal",
    ({ calls, commits }) => ({
      calls: { ...calls, again: { ...calls.again, outcome: "killed" } },
      commits: chained(...commits, aCommit(LATE, "session-2", "")),
    }),
  ],
  [
    "two who were told that they won",
    "two winners",
    ({ calls }) => ({ calls: { ...calls, again: { ...calls.again, outcome: "landed" } } }),
  ],
  [
    "a result that the history does not give",
    "other result",
    ({ calls }) => ({
      calls: { ...calls, accept: { ...calls.accept, collaboration: aRequest("pending", "declined") } },
    }),
  ],
  [
    "a refusal of what was allowed all the time",
    "unjust refusal",
    ({ calls }) => ({
      calls: { ...calls, again: { ...calls.again, began: 12, ended: 15, input: { ...calls.accept.input } } },
    }),
  ],
  [
    "a refusal of what nothing can refuse",
    "unjust refusal",
    ({ calls }) => ({ calls: { ...calls, killed: { ...calls.killed, outcome: "refused" } } }),
  ],
  [
    "a move that says that there was nothing to do",
    "nothing done",
    ({ calls }) => ({ calls: { ...calls, again: { ...calls.again, outcome: "nothing" } } }),
  ],
  [
    "an operation in somebody else's name",
    "author",
    ({ commits: [a, b, c, d] }) => ({ commits: chained(a, b && { ...b, author: "session-2" }, c, d) }),
  ],
  ["a request's file that is not what became of it", "tree", fileOf(ID, JSON.stringify(aRequest("pending")))],
  ["a message's file with other words", "tree", fileOf(TELL, "---\n---\nbye\n")],
  ["a message's file that is missing", "tree", fileOf(TELL, undefined)],
  ["a heartbeat's file that is behind", "tree", fileOf("HEARTBEATS", '{"current_work":"tables"}')],
  [
    "a request's file that no operation made",
    "tree",
    ({ files }) => ({
      files: new Map(files).set("ACTIVE/COLLABORATIONS/collab-1-abcd.json", JSON.stringify(aRequest())),
    }),
  ],
  [
    "a merge",
    "not linear",
    ({ commits: [a, b, c, d] }) => ({
      commits: [...chained(a, b, c), ...(d ? [{ ...d, parents: [...d.parents, "x"] }] : [])],
    }),
  ],
  ["an object that is not sound", "fsck", () => ({ flaws: ["missing blob"] })],
  [
    "a file that is not valid",
    "validate",
    () => ({ invalid: ["REGISTRY.json: registry: not as generated"] }),
  ],
  ["a host that keeps something back", "unsent", () => ({ unsent: new Map([["a", 1]]) })],
  [
    "a call that did not end",
    "hung",
    ({ calls }) => ({ calls: { ...calls, killed: { ...calls.killed, outcome: "hung" } } }),
  ],
];

describe("the checker of what was decided and what is left", () => {
  it.each(BAD)("finds %s", (_, rule, spoil) => {
    const run = soundRun();
    expect(rulesBroken({ ...run, ...spoil(run) })).toContain(rule);
  });
});
