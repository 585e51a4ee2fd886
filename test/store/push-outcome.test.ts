import { describe, expect, it } from "vitest";
import type { GitResult } from "../../src/store/git.ts";
import { readPushOutcome } from "../../src/store/push-outcome.ts";

/* Recorded from git 2.39.5 pushing to a path, to `git http-backend` and through ssh; what only GitHub or GitLab say is as their users report it. */

const BRANCH = "refs/heads/main";
const MINE = "c182b9942473b42a3fdba00e03662ec05525d198";
const THEIRS = "d63394ec869988e32b540517fc3a5c4a96a65394";
const URL = "http://127.0.0.1:43955/hub.git";
const NO_ACCESS =
  "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n";
const HUNG_UP =
  "send-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly\n";

/** A push that got as far as an answer about the branch. */
function answered(flag: string, summary: string, said = ""): GitResult {
  const failed = flag === "!" ? `error: failed to push some refs to '${URL}'\n` : "";
  return {
    code: flag === "!" ? 1 : 0,
    stdout: `To ${URL}\n${flag}\t${MINE}:${BRANCH}\t${summary}\nDone\n`,
    stderr: said + failed,
    timedOut: false,
  };
}

/** A push that ended before there was one. */
function ended(code: number, stderr: string, stdout = ""): GitResult {
  return { code, stdout, stderr, timedOut: false };
}

/** A server pads its lines, so that they overwrite what a progress display left. */
function remote(...lines: string[]): string {
  return lines.map((line) => `remote: ${line}        \n`).join("");
}

function reasonOf(result: GitResult): string {
  const outcome = readPushOutcome(result, BRANCH);
  return "reason" in outcome ? outcome.reason : "";
}

describe("a push is accepted", () => {
  it.each([
    ["a fast-forward", " ", "d63394e..c182b99"],
    ["a new branch", "*", "[new branch]"],
    ["a branch that is at the commit already", "=", "[up to date]"],
  ])("%s", (_, flag, summary) => {
    expect(readPushOutcome(answered(flag, summary), BRANCH)).toEqual({ kind: "accepted" });
  });

  it("although the server died right after it, which git reports with exit 1", () => {
    const said = `${HUNG_UP.split("\n")[0]}\nerror: error in sideband demultiplexer\n`;
    const result = { ...answered(" ", "d63394e..c182b99", said), code: 1 };
    expect(readPushOutcome(result, BRANCH)).toEqual({ kind: "accepted" });
  });
});

const LOCKED = `cannot lock ref '${BRANCH}': is at ${THEIRS} but expected ${MINE}`;

describe("a push is stale, an ordinary lost race", () => {
  it.each([
    ["the branch has commits that are not known here", "[rejected] (fetch first)", ""],
    ["the branch is ahead", "[rejected] (non-fast-forward)", ""],
    ["the lease has run out", "[rejected] (stale info)", ""],
    [
      "the server refuses any rewind",
      "[remote rejected] (non-fast-forward)",
      remote(`error: denying non-fast-forward ${BRANCH} (you should pull first)`),
    ],
    ["moved while the push ran", "[remote rejected] (failed to update ref)", remote(`error: ${LOCKED}`)],
    [
      "locked by another push",
      "[remote rejected] (failed to update ref)",
      remote(
        `error: cannot lock ref '${BRANCH}': Unable to create '/srv/hub.git/./refs/heads/main.lock': File exists.`,
        "",
        "Another git process seems to be running in this repository, e.g.",
      ),
    ],
    ["GitHub's words for moved", `[remote rejected] (${LOCKED})`, ""],
    [
      "made by somebody else",
      `[remote rejected] (cannot lock ref '${BRANCH}': reference already exists)`,
      "",
    ],
    ["GitLab's words for moved", "[remote rejected] (incorrect old value provided)", ""],
    ["GitLab's words for made by somebody else", "[remote rejected] (reference already exists)", ""],
  ])("%s", (_, summary, said) => {
    expect(readPushOutcome(answered("!", summary, said), BRANCH)).toEqual({ kind: "stale" });
  });
});

describe("a push is refused by a rule, and the rule's words are kept", () => {
  it.each([
    [
      "a pre-receive hook, and GitHub's protected branch",
      "pre-receive hook declined",
      "GH006: Protected branch update failed for refs/heads/main.",
    ],
    ["an update hook", "hook declined", "error: hook declined to update refs/heads/main"],
    [
      "GitHub's older words",
      "protected branch hook declined",
      "error: GH006: Protected branch update failed.",
    ],
    [
      "GitHub's rule sets",
      "push declined due to repository rule violations",
      "error: GH013: Repository rule violations found for refs/heads/main.",
    ],
    [
      "GitLab's protected branch",
      "pre-receive hook declined",
      "GitLab: You are not allowed to push code to protected branches on this project.",
    ],
    [
      "a checkout with the branch in it",
      "branch is currently checked out",
      "error: refusing to update checked out branch: refs/heads/main",
    ],
    ["a hidden ref", "deny updating a hidden ref", ""],
    ["a shallow replica", "shallow update not allowed", ""],
  ])("%s", (_, why, said) => {
    const result = answered("!", `[remote rejected] (${why})`, said === "" ? "" : remote(said));
    expect(readPushOutcome(result, BRANCH).kind).toBe("refused");
    expect(reasonOf(result)).toBe(said === "" ? why : `${why} | ${said}`);
  });
});

describe("a push is denied: the remote is there and does not let us in", () => {
  it.each([
    ["a wrong password", `fatal: Authentication failed for '${URL}/'\n`],
    [
      "a wrong token on GitHub",
      `${remote("Invalid username or token.")}fatal: Authentication failed for '${URL}/'\n`,
    ],
    ["no login, and no prompt", `fatal: could not read Username for '${URL}': terminal prompts disabled\n`],
    [
      "a login without a password",
      `fatal: could not read Password for '${URL}': terminal prompts disabled\n`,
    ],
    ["no right to push", `fatal: unable to access '${URL}/': The requested URL returned error: 403\n`],
    ["an unknown repository", `fatal: repository '${URL}/' not found\n`],
    ["an unknown repository through ssh", `ERROR: Repository not found.\n${NO_ACCESS}`],
    ["a folder that is none", `fatal: '/srv/empty' does not appear to be a git repository\n${NO_ACCESS}`],
    ["an unknown ssh key", `git@example.org: Permission denied (publickey).\r\n${NO_ACCESS}`],
  ])("%s", (_, stderr) => {
    expect(readPushOutcome(ended(128, stderr), BRANCH).kind).toBe("denied");
  });
});

describe("a remote is unreachable, so nothing was sent", () => {
  it.each([
    ["an unknown host", `fatal: unable to access '${URL}/': Could not resolve host: no-such-host.invalid\n`],
    [
      "a closed port",
      `fatal: unable to access '${URL}/': Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server\n`,
    ],
    [
      "an unknown ssh host",
      `ssh: Could not resolve hostname no-such-host.invalid: Name or service not known\r\n${NO_ACCESS}`,
    ],
    ["a closed ssh port", `ssh: connect to host 127.0.0.1 port 1: Connection refused\r\n${NO_ACCESS}`],
    [
      "a network that is down",
      `ssh: connect to host example.org port 22: Network is unreachable\r\n${NO_ACCESS}`,
    ],
  ])("%s", (_, stderr) => {
    expect(readPushOutcome(ended(128, stderr), BRANCH).kind).toBe("unreachable");
  });
});

describe("a push is unknown: it may have landed", () => {
  it.each([
    ["no answer", ended(1, `error: RPC failed; curl 52 Empty reply from server\n${HUNG_UP}`, "Done\n")],
    [
      "a server that went out of order meanwhile",
      ended(
        1,
        `error: RPC failed; HTTP 503 curl 22 The requested URL returned error: 503\n${HUNG_UP}`,
        "Done\n",
      ),
    ],
    ["an answer that breaks off", ended(128, `fatal: early EOF\n${HUNG_UP}`)],
    ["a server that was killed", ended(1, HUNG_UP, "Done\n")],
    ["a server that does not say", answered("!", "[remote failure] (remote failed to report status)")],
    ["a success without a word of our branch", ended(0, "Everything up-to-date\n", "Done\n")],
    ["a deadline that passed", { ...ended(128, ""), timedOut: true }],
    [
      "a deadline that passed after the answer",
      { ...answered("!", "[rejected] (fetch first)"), timedOut: true },
    ],
    [
      "another branch's refusal alone",
      ended(1, "", `To ${URL}\n!\t${MINE}:refs/heads/other\t[rejected] (fetch first)\nDone\n`),
    ],
    [
      "GitHub's own failure",
      answered("!", "[remote rejected] (Internal Server Error)", remote("Internal Server Error")),
    ],
    [
      "GitHub's own failure in moving the branch",
      answered("!", "[remote rejected] (failure)", remote("fatal error in commit_refs")),
    ],
    [
      "a hook that could not reach a chat, before the connection broke",
      ended(
        1,
        remote("curl: (7) Failed to connect to chat.example.org port 443: Connection refused") + HUNG_UP,
        "Done\n",
      ),
    ],
    [
      "a hook that had no right to something, before the connection broke",
      ended(1, remote("mail: cannot open outbox: Permission denied") + HUNG_UP, "Done\n"),
    ],
  ])("%s", (_, result) => {
    expect(readPushOutcome(result, BRANCH).kind).toBe("unknown");
  });
});
