import { describe, expect, it } from "vitest";
import type { GitResult } from "../../../src/store/git/git.ts";
import { readPushOutcome } from "../../../src/store/git/push-answer.ts";

/*
 * What git itself prints about a ref, recorded from git 2.39.5 pushing to a path, to `git http-backend` and through
 * ssh. Messages of other versions are from git's source. Messages of hosts are in another file, and so are pushes
 * that ended before any answer.
 */

const BRANCH = "refs/heads/main";
const OURS = "c182b9942473b42a3fdba00e03662ec05525d198";
const THEIRS = "d63394ec869988e32b540517fc3a5c4a96a65394";
const URL = "http://127.0.0.1:43955/hub.git";

/** One line of the porcelain output. */
function line(flag: string, summary: string): string {
  return `${flag}\t${OURS}:${BRANCH}\t${summary}`;
}

/** A push that was answered for each of its refs. */
function answered(lines: readonly string[], said = ""): GitResult {
  const isWhole = lines.every((line) => !line.startsWith("!"));
  const failed = isWhole ? "" : `error: failed to push some refs to '${URL}'\n`;
  const stdout = `To ${URL}\n${lines.join("\n")}\nDone\n`;
  return { code: isWhole ? 0 : 1, stdout, stderr: said + failed, timedOut: false };
}

/** A server pads its lines, so that they overwrite a progress display. */
function remote(...lines: string[]): string {
  return lines.map((line) => `remote: ${line}        \n`).join("");
}

function lockOf(why: string): string {
  return `error: cannot lock ref '${BRANCH}': ${why}`;
}

const MOVED = `is at ${THEIRS} but expected ${OURS}`;
const BUSY = `Unable to create '/srv/hub.git/./refs/heads/main.lock': File exists.`;
const FAILED = "[remote rejected] (failed to update ref)";

describe("a push is accepted", () => {
  it.each([
    ["a fast-forward", " ", "d63394e..c182b99"],
    ["a forced update", "+", "d63394e...c182b99 (forced update)"],
    ["a new branch", "*", "[new branch]"],
  ])("%s", (_, flag, summary) => {
    expect(readPushOutcome(answered([line(flag, summary)]), BRANCH)).toEqual({ kind: "accepted" });
  });

  it("although the server died right after it, which git reports with exit 1", () => {
    const said =
      "send-pack: unexpected disconnect while reading sideband packet\nerror: error in sideband demultiplexer\n";
    const result = { ...answered([line(" ", "d63394e..c182b99")], said), code: 1 };
    expect(readPushOutcome(result, BRANCH)).toEqual({ kind: "accepted" });
  });

  it("although a hook complained after the update", () => {
    expect(readPushOutcome(answered([line(" ", "d63394e..c182b99")], remote("bad")), BRANCH)).toEqual({
      kind: "accepted",
    });
  });
});

describe("a push is stale, an ordinary lost race", () => {
  it.each([
    ["the branch has commits that are not known here", "[rejected] (fetch first)", ""],
    ["the branch is ahead", "[rejected] (non-fast-forward)", ""],
    ["the lease does not match", "[rejected] (stale info)", ""],
    ["the branch's commits are not in the checkout", "[rejected] (remote ref updated since checkout)", ""],
    [
      "the replica has lost the commit that is pushed",
      "[rejected] (needs force)",
      `fatal: bad object ${OURS}\n`,
    ],
    [
      "the server refuses any rewind",
      "[remote rejected] (non-fast-forward)",
      remote(`error: denying non-fast-forward ${BRANCH} (you should pull first)`),
    ],
    ["moved while the push ran", FAILED, remote(lockOf(MOVED))],
    [
      "the answer was lost, so that curl sent the push twice",
      FAILED,
      remote(lockOf(`is at ${OURS} but expected ${THEIRS}`)),
    ],
    ["created by another push", FAILED, remote(lockOf("reference already exists"))],
    [
      "locked by another push, while a hook fails for another reason",
      FAILED,
      remote("mail: Permission denied", lockOf(BUSY), "", "Another git process seems to be running"),
    ],
    [
      "packed meanwhile",
      FAILED,
      remote("error: Unable to create '/srv/hub.git/./packed-refs.lock': File exists."),
    ],
    ["moved, in git 2.51", "[remote rejected] (incorrect old value provided)", ""],
    ["created by another push, in git 2.51", "[remote rejected] (reference already exists)", ""],
    ["deleted by another push, in git 2.51", "[remote rejected] (reference does not exist)", ""],
    ["locked, in git 1.8", "[remote rejected] (failed to lock)", remote(`error: failed to lock ${BRANCH}`)],
    ["not written, in git 1.8", "[remote rejected] (failed to write)", ""],
    ["a transaction that did not start", "[remote rejected] (transaction failed to start)", ""],
    ["an atomic push with a ref that failed", "[remote rejected] (atomic transaction failed)", ""],
  ])("%s", (_, summary, said) => {
    expect(readPushOutcome(answered([line("!", summary)], said), BRANCH)).toEqual({ kind: "stale" });
  });
});

describe("a push is unknown: it may have landed, and only the branch shows it", () => {
  it.each([
    ["the branch was at this commit when the push began", [line("=", "[up to date]")], "already there"],
    [
      "a server that gives no reason",
      [line("!", "[remote failure] (remote failed to report status)")],
      "remote failed",
    ],
    ["a rejection without a reason", [line("!", "[remote rejected]")], "[remote rejected]"],
    ["a line that was cut off", [line("!", "[remote rej")], "[remote rej"],
    ["an unknown flag", [line("X", "[no match]")], "[no match]"],
    [
      "a hook that replaces git and failed",
      [line("!", "[remote rejected] (fail to run proc-receive hook)")],
      "proc-receive",
    ],
    [
      "an unknown failure, in git 2.51",
      [line("!", "[remote rejected] (unknown failure)")],
      "unknown failure",
    ],
    [
      "only another branch is refused",
      [`!\t${OURS}:refs/heads/other\t[rejected] (fetch first)`],
      "git ended with 1",
    ],
  ])("%s", (_, lines, reason) => {
    const outcome = readPushOutcome(answered(lines), BRANCH);
    expect(outcome).toMatchObject({ kind: "unknown", reason: expect.stringContaining(reason) });
  });

  it("the replica has lost an object, so git stopped before it sent any", () => {
    const said =
      "fatal: unable to read bf2cf3ad356f35ab27803aba8df5237693ee5223\nerror: remote unpack failed: eof before pack header was fully read\n";
    const result = answered([line("!", "[remote rejected] (unpacker error)")], said);
    expect(readPushOutcome(result, BRANCH)).toMatchObject({
      kind: "unknown",
      reason: "unpacker error | eof before pack header was fully read",
    });
  });

  it("the deadline passed after the answer", () => {
    const result = { ...answered([line("!", "[rejected] (fetch first)")]), timedOut: true };
    expect(readPushOutcome(result, BRANCH)).toEqual({ kind: "unknown", reason: "no answer in time" });
  });
});
