import { describe, expect, it } from "vitest";
import type { GitResult } from "../../../src/store/git/git.ts";
import { readPushOutcome } from "../../../src/store/git/push-answer.ts";

/*
 * What git prints when a retry cannot succeed, and when it can take no push at all: recorded from git 2.39.5 with the
 * settings, hooks, file permissions and full disks that the titles name. Cases that could not be produced here
 * (quotas, killed processes, other versions of git) are from git's source.
 */

const BRANCH = "refs/heads/main";
const OURS = "c182b9942473b42a3fdba00e03662ec05525d198";
const HUB = "/srv/hub.git";
const LOCK = `${HUB}/./refs/heads/main.lock`;

function rejected(summary: string, said: string): GitResult {
  return {
    code: 1,
    stdout: `To ${HUB}\n!\t${OURS}:${BRANCH}\t${summary}\nDone\n`,
    stderr: `${said}error: failed to push some refs to '${HUB}'\n`,
    timedOut: false,
  };
}

function remote(...lines: string[]): string {
  return lines.map((line) => `remote: ${line}        \n`).join("");
}

function unpacking(why: string, ...lines: string[]): GitResult {
  return rejected(
    "[remote rejected] (unpacker error)",
    `${remote(...lines)}error: remote unpack failed: ${why}\n`,
  );
}

describe("a push is refused by a rule, and the rule's message is kept", () => {
  it.each([
    ["a pre-receive hook", "pre-receive hook declined", "nope"],
    ["an update hook", "hook declined", "error: hook declined to update refs/heads/main"],
    [
      "a checkout with the branch in it",
      "branch is currently checked out",
      "error: refusing to update checked out branch: refs/heads/main",
    ],
    [
      "a checkout that is updated by the push, with staged changes",
      "Working directory has staged changes",
      "",
    ],
    [
      "a checkout that is updated by the push, with unstaged changes",
      "Working directory has unstaged changes",
      "",
    ],
    ["a checkout that is updated by the push, in an older git", "Up-to-date check failed", ""],
    ["a checkout that could not be updated by the push", "Could not update working tree to new HEAD", ""],
    [
      "a checkout that is updated by the push, without a work tree",
      "denyCurrentBranch = updateInstead needs a worktree",
      "",
    ],
    ["a checkout with a push-to-checkout hook", "push-to-checkout hook declined", ""],
    ["a hidden ref", "deny updating a hidden ref", ""],
    ["a rule against deletions", "deletion prohibited", "error: denying ref deletion for refs/heads/main"],
    [
      "not the current branch",
      "deletion of the current branch prohibited",
      "error: refusing to delete the current branch: refs/heads/main",
    ],
    ["a setting that git does not know", "Invalid denyDeleteCurrent setting", ""],
    ["a name outside refs", "funny refname", "error: refusing to create funny ref 'refs/keep' remotely"],
    [
      "a symbolic ref to nothing",
      "broken symref",
      "error: refusing update to broken symref 'refs/heads/main'",
    ],
    [
      "a symbolic ref and its target at once",
      "inconsistent aliased update",
      "error: refusing inconsistent update between symref 'refs/heads/alias' (71e8840..7b37dc6) and its target 'refs/heads/main' (71e8840..38bbb3f)",
    ],
    ["a shallow replica whose base the hub lacks", "shallow update not allowed", ""],
    ["a name that is part of another one, in git 2.51", "refname conflict", ""],
    ["an invalid commit, in git 2.51", "invalid new value provided", ""],
  ])("%s", (_, why, said) => {
    const result = rejected(`[remote rejected] (${why})`, said === "" ? "" : remote(said));
    expect(readPushOutcome(result, BRANCH)).toEqual({
      kind: "refused",
      reason: said === "" ? why : `${why} | ${said}`,
    });
  });

  it.each([
    ["a tag that exists already", "[rejected] (already exists)"],
    ["a shallow hub", "[rejected] (new shallow roots not allowed)"],
    ["a server that cannot delete refs", "[rejected] (remote does not support deleting refs)"],
  ])("by this host's git, before it is sent: %s", (_, summary) => {
    expect(readPushOutcome(rejected(summary, ""), BRANCH).kind).toBe("refused");
  });

  it.each([
    [
      "no permission for the branch",
      `error: cannot lock ref '${BRANCH}': Unable to create '${LOCK}': Permission denied`,
    ],
    [
      "no permission for the checkout of the branch",
      `error: cannot lock ref 'HEAD': Unable to create '${HUB}/./HEAD.lock': Permission denied`,
    ],
    [
      "a disk that has become read-only",
      `error: cannot lock ref '${BRANCH}': Unable to create '${LOCK}': Read-only file system`,
    ],
    [
      "a hook that watches refs, in git 2.51",
      "error: in 'prepared' phase, update aborted by the reference-transaction hook",
    ],
  ])("when git updates the ref: %s", (_, line) => {
    const result = rejected("[remote rejected] (failed to update ref)", remote(line));
    expect(readPushOutcome(result, BRANCH).kind).toBe("refused");
  });

  it.each([
    [
      "receive.fsckObjects",
      unpacking(
        "unpack-objects abnormal exit",
        `error: object ${OURS}: missingEmail: invalid author/committer line - missing email`,
        "fatal: fsck error in packed object",
      ),
    ],
    [
      "receive.maxInputSize",
      unpacking("index-pack abnormal exit", "fatal: pack exceeds maximum allowed size (20 bytes)"),
    ],
    [
      "no permission for the objects",
      unpacking(
        "unpack-objects abnormal exit",
        "error: insufficient permission for adding an object to repository database ./objects",
      ),
    ],
  ])("when git stores the objects: %s", (_, result) => {
    expect(readPushOutcome(result, BRANCH).kind).toBe("refused");
  });

  it("but not because of a folder's name", () => {
    const busy = `error: cannot lock ref '${BRANCH}': Unable to create '/srv/permission denied/main.lock': File exists.`;
    const result = rejected("[remote rejected] (failed to update ref)", remote(busy));
    expect(readPushOutcome(result, BRANCH).kind).toBe("stale");
  });

  it("but not because of a hook's message about something else", () => {
    const said = remote("mail: Permission denied", "fatal: cannot open outbox: Permission denied");
    expect(readPushOutcome(rejected("[rejected] (fetch first)", said), BRANCH).kind).toBe("stale");
  });

  it("and the server's progress lines and ornaments are left out of the message", () => {
    const said = remote(
      "Resolving deltas: 100% (1/1), completed with 1 local object.",
      "",
      "=====",
      "推送被拒绝",
    );
    const result = rejected("[remote rejected] (pre-receive hook declined)", said);
    expect(readPushOutcome(result, BRANCH)).toMatchObject({
      reason: "pre-receive hook declined | 推送被拒绝",
    });
  });

  it("and a very long message is cut", () => {
    const said = remote(...Array.from({ length: 4000 }, () => "x".repeat(70)));
    const outcome = readPushOutcome(rejected("[remote rejected] (pre-receive hook declined)", said), BRANCH);
    expect("reason" in outcome && outcome.reason.length).toBe(500);
  });
});

describe("a push is unreachable: the server failed and took nothing", () => {
  it.each([
    [
      "a full disk",
      unpacking(
        "unpack-objects abnormal exit",
        "fatal: unable to write loose object file: No space left on device",
      ),
    ],
    [
      "a full disk for a whole pack",
      unpacking("index-pack abnormal exit", "fatal: write error: No space left on device"),
    ],
    [
      "a full quota",
      unpacking("unpack-objects abnormal exit", "error: file write error: Disk quota exceeded"),
    ],
    ["no room for the objects, for any reason", unpacking("unable to create temporary object directory")],
    ["too little memory", unpacking("index-pack abnormal exit", "fatal: Out of memory, malloc failed")],
    [
      "a process that was killed",
      unpacking("index-pack abnormal exit", "error: index-pack died of signal 9"),
    ],
    [
      "a full disk that has no room for the ref",
      rejected(
        "[remote rejected] (failed to update ref)",
        remote(`error: cannot lock ref '${BRANCH}': Unable to create '${LOCK}': No space left on device`),
      ),
    ],
    [
      "a full quota that has no room for the ref",
      rejected(
        "[remote rejected] (failed to update ref)",
        remote(`error: cannot lock ref '${BRANCH}': Unable to create '${LOCK}': Disk quota exceeded`),
      ),
    ],
    ["no process can be started", unpacking("index-pack fork failed")],
    [
      "objects that the hub has lost",
      unpacking("unpack-objects abnormal exit", "fatal: unresolved deltas left after unpacking"),
    ],
    [
      "a hub whose own branch is broken",
      rejected("[remote rejected] (missing necessary objects)", remote("fatal: bad object refs/heads/main")),
    ],
    ["a commit that did not arrive", rejected("[remote rejected] (bad pack)", "")],
    ["a branch without a commit", rejected("[remote rejected] (bad ref)", "")],
    ["a locked list of shallow commits", rejected("[remote rejected] (shallow error)", "")],
    [
      "a quarantine whose objects cannot be moved",
      rejected("[remote rejected] (unable to migrate objects to permanent storage)", ""),
    ],
  ])("%s", (_, result) => {
    expect(readPushOutcome(result, BRANCH).kind).toBe("unreachable");
  });

  it("and the reason is given", () => {
    const result = unpacking(
      "unpack-objects abnormal exit",
      "fatal: unable to write loose object file: No space left on device",
    );
    expect(readPushOutcome(result, BRANCH)).toMatchObject({
      reason:
        "unpacker error | fatal: unable to write loose object file: No space left on device | unpack-objects abnormal exit",
    });
  });
});
