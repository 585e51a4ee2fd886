import { describe, expect, it } from "vitest";
import type { GitResult } from "../../../src/store/git/git.ts";
import { readPushOutcome } from "../../../src/store/git/push-answer.ts";

/*
 * Non-atomic pushes of a branch and an outbox, recorded from git 2.39.5; cases of other versions are from git's
 * source.
 */

const BRANCH = "refs/heads/main";
const OUTBOX = "refs/hive/outbox/h1";
const OURS = "c182b9942473b42a3fdba00e03662ec05525d198";
const THEIRS = "d63394ec869988e32b540517fc3a5c4a96a65394";
const WAITING = "9fd4ac81ed45129bc4bc7cde489023c8fc8e7ace";
const URL = "http://127.0.0.1:43955/hub.git";

/** One line of the porcelain output. */
function onBranch(flag: string, summary: string): string {
  return `${flag}\t${OURS}:${BRANCH}\t${summary}`;
}

function onOutbox(flag: string, summary: string): string {
  return `${flag}\t${WAITING}:${OUTBOX}\t${summary}`;
}

function deletion(flag: string, summary: string): string {
  return `${flag}\t:${OUTBOX}\t${summary}`;
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

function lockOf(ref: string, why: string): string {
  return `error: cannot lock ref '${ref}': ${why}`;
}

const MOVED = `is at ${THEIRS} but expected ${OURS}`;
const BUSY = (ref: string) => `Unable to create '/srv/hub.git/./${ref}.lock': File exists.`;
const NOT_OURS = (ref: string) => `Unable to create '/srv/hub.git/./${ref}.lock': Permission denied`;
const TAKEN = `'${OUTBOX}/x' exists; cannot create '${OUTBOX}'`;
const FULL = (ref: string) =>
  `error: cannot update ref '${ref}': couldn't write '/srv/hub.git/./${ref}.lock'`;
const FAILED = "[remote rejected] (failed to update ref)";
const AHEAD = onBranch(" ", "d63394e..c182b99");
const WAITS = onOutbox("*", "[new reference]");

describe("each ref of a push has its own outcome, whatever the exit code and the other outcomes are", () => {
  it.each([
    ["both landed", [AHEAD, WAITS], "", "accepted", "accepted"],
    [
      "the branch had moved, and the outbox replaced the old one",
      [onOutbox("+", "0ab2992...9fd4ac8 (forced update)"), onBranch("!", "[rejected] (stale info)")],
      "",
      "stale",
      "accepted",
    ],
    [
      "an update hook refuses the outbox",
      [AHEAD, onOutbox("!", "[remote rejected] (hook declined)")],
      remote("no hive", `error: hook declined to update ${OUTBOX}`),
      "accepted",
      "refused",
    ],
    [
      "an update hook refuses the branch",
      [WAITS, onBranch("!", "[remote rejected] (hook declined)")],
      remote("no main", `error: hook declined to update ${BRANCH}`),
      "refused",
      "accepted",
    ],
    [
      "a pre-receive hook refuses one of them and therefore both",
      [
        onBranch("!", "[remote rejected] (pre-receive hook declined)"),
        onOutbox("!", "[remote rejected] (pre-receive hook declined)"),
      ],
      remote("nope"),
      "refused",
      "refused",
    ],
    [
      "outboxes are hidden",
      [AHEAD, onOutbox("!", "[remote rejected] (deny updating a hidden ref)")],
      "",
      "accepted",
      "refused",
    ],
    [
      "another push updates the outbox",
      [AHEAD, onOutbox("!", FAILED)],
      remote(lockOf(OUTBOX, BUSY(OUTBOX))),
      "accepted",
      "stale",
    ],
    [
      "another push updates the branch",
      [WAITS, onBranch("!", FAILED)],
      remote(lockOf(BRANCH, BUSY(BRANCH))),
      "stale",
      "accepted",
    ],
    [
      "another host's name conflicts with the outbox",
      [AHEAD, onOutbox("!", FAILED)],
      remote(lockOf(OUTBOX, TAKEN)),
      "accepted",
      "refused",
    ],
    [
      "the branch moved meanwhile, and a name conflicts with the outbox",
      [onBranch("!", FAILED), onOutbox("!", FAILED)],
      remote(lockOf(BRANCH, MOVED), lockOf(OUTBOX, TAKEN)),
      "stale",
      "refused",
    ],
    [
      "the branch can be written and the outbox cannot",
      [onBranch("!", FAILED), onOutbox("!", FAILED)],
      remote(lockOf(BRANCH, MOVED), lockOf(OUTBOX, NOT_OURS(OUTBOX))),
      "stale",
      "refused",
    ],
    [
      "the packed refs are being written, and the outbox cannot be",
      [onBranch("!", FAILED), onOutbox("!", FAILED)],
      remote(
        "error: Unable to create '/srv/hub.git/./packed-refs.lock': File exists.",
        lockOf(OUTBOX, NOT_OURS(OUTBOX)),
      ),
      "stale",
      "refused",
    ],
    [
      "a lock on one of them stops both, in git 2.51",
      [
        onBranch("!", "[remote rejected] (failed to update refs)"),
        onOutbox("!", "[remote rejected] (failed to update refs)"),
      ],
      remote(lockOf(OUTBOX, BUSY(OUTBOX))),
      "stale",
      "stale",
    ],
    [
      "an atomic push failed for the branch",
      [onBranch("!", "[rejected] (stale info)"), onOutbox("!", "[rejected] (atomic push failed)")],
      `error: atomic push failed for ref ${BRANCH}. status: 7\n\nfatal: the remote end hung up unexpectedly\n`,
      "stale",
      "stale",
    ],
    [
      "an atomic push failed for the outbox at the other end",
      [
        onBranch("!", "[remote rejected] (atomic push failure)"),
        onOutbox("!", "[remote rejected] (hook declined)"),
      ],
      remote(`error: hook declined to update ${OUTBOX}`),
      "stale",
      "refused",
    ],
    ["the outbox is deleted", [AHEAD, deletion("-", "[deleted]")], "", "accepted", "accepted"],
    [
      "the outbox was deleted already",
      [AHEAD, deletion("-", "[deleted]")],
      remote("warning: deleting a non-existent ref"),
      "accepted",
      "accepted",
    ],
    [
      "the outbox is not the one to delete",
      [AHEAD, `!\t(delete):${OUTBOX}\t[rejected] (stale info)`],
      "",
      "accepted",
      "stale",
    ],
    [
      "the outbox was deleted while its deletion ran",
      [AHEAD, deletion("!", FAILED)],
      remote(lockOf(OUTBOX, `unable to resolve reference '${OUTBOX}'`)),
      "accepted",
      "stale",
    ],
    [
      "the outbox cannot be deleted",
      [AHEAD, deletion("!", "[remote rejected] (deny deleting a hidden ref)")],
      "",
      "accepted",
      "refused",
    ],
    [
      "the server has no room for either, but had room for their commits",
      [onBranch("!", FAILED), onOutbox("!", FAILED)],
      remote(FULL(BRANCH), FULL(OUTBOX)),
      "unreachable",
      "unreachable",
    ],
    ["there is no line for the outbox", [AHEAD], "", "accepted", "unknown"],
    [
      "a longer name ends like the branch",
      [`!\t${OURS}:x/${BRANCH}\t[rejected] (fetch first)`],
      "",
      "unknown",
      "unknown",
    ],
  ])("%s", (_, lines, said, branch, outbox) => {
    const result = answered(lines, said);
    expect(readPushOutcome(result, BRANCH).kind).toBe(branch);
    expect(readPushOutcome(result, OUTBOX).kind).toBe(outbox);
    expect(readPushOutcome({ ...result, code: 1 - result.code }, BRANCH).kind).toBe(branch);
  });
});
