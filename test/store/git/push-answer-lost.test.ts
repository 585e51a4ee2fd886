import { describe, expect, it } from "vitest";
import type { GitResult } from "../../../src/store/git/git.ts";
import { readPushOutcome } from "../../../src/store/git/push-answer.ts";

/*
 * Pushes that were sent and not answered: recorded from git 2.39.5 with curl 7.88 against servers that disconnect,
 * stop sending, or answer with these statuses at this point. A title with another source names where the case is
 * reported.
 */

const BRANCH = "refs/heads/main";
const HUNG_UP =
  "send-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly\n";

function ended(code: number, stderr: string, stdout = ""): GitResult {
  return { code, stdout, stderr, timedOut: false };
}

/** Git had asked for the refs and sent its push. */
function sending(why: string): GitResult {
  return ended(1, `error: RPC failed; ${why}\n${HUNG_UP}`, "Done\n");
}

function remote(...lines: string[]): string {
  return lines.map((line) => `remote: ${line}        \n`).join("");
}

function refusedWith(code: number): string {
  return `HTTP ${code} curl 22 The requested URL returned error: ${code}`;
}

function reasonOf(result: GitResult): string {
  const outcome = readPushOutcome(result, BRANCH);
  return "reason" in outcome ? outcome.reason : "";
}

const NOWHERE = "Failed to connect to 127.0.0.1 port 4480 after 0 ms: Couldn't connect to server";

describe("a push is refused for its size", () => {
  it("by a server in front of git, which would refuse it again", () => {
    expect(readPushOutcome(sending(refusedWith(413)), BRANCH)).toEqual({
      kind: "refused",
      reason: "the push is too large for the server",
    });
  });
});

describe("a push is unknown: it was sent, and may have landed", () => {
  it.each([
    ["no answer", sending("curl 52 Empty reply from server")],
    ["a connection that is reset", sending("curl 56 Recv failure: Connection reset by peer")],
    ["an answer that ends too early", sending("curl 18 transfer closed with 39 bytes remaining to read")],
    [
      "a server that sends nothing",
      sending("curl 28 Operation too slow. Less than 1 bytes/sec transferred the last 30 seconds"),
    ],
    [
      "a stream that is cancelled, rtyley/bfg-repo-cleaner#449",
      sending("curl 92 HTTP/2 stream 0 was not closed cleanly: CANCEL (err 8)"),
    ],
    // In each of these two recordings the push is on the branch: curl had sent it, lost the answer, and sent it
    // again.
    ["a server that took it, and was down when curl sent it again", sending(`curl 7 ${NOWHERE}`)],
    ["a server that took it, and limited the rate when curl sent it again", sending(refusedWith(429))],
    ["a bad request, shiftkey/desktop#1050", sending(refusedWith(400))],
    ["a request that took too long", sending(refusedWith(408))],
    ["a conflict", sending(refusedWith(409))],
    ["a server that is broken", sending(refusedWith(500))],
    ["a gateway that lost its connection to the server", sending(refusedWith(502))],
    ["a server that failed meanwhile", sending(refusedWith(503))],
    ["a gateway whose server did not answer", sending(refusedWith(504))],
    ["a redirect", sending(refusedWith(302))],
    [
      "an HTML page as the answer",
      ended(
        1,
        "fatal: protocol error: bad line length character: <htm\nfatal: the remote end hung up unexpectedly\n",
      ),
    ],
    [
      "an answer in another position",
      ended(1, "send-pack: protocol error: bad band #69\nfatal: the remote end hung up unexpectedly\n"),
    ],
    ["an empty answer", ended(1, HUNG_UP, "Done\n")],
    ["an answer that is cut off", ended(128, `fatal: early EOF\n${HUNG_UP}`)],
    [
      "a greeting instead of git's protocol",
      ended(128, "fatal: protocol error: bad line length character: This\n"),
    ],
    ["a server that was killed", ended(128, `Killed\n${HUNG_UP}`)],
    [
      "a hook that watches refs",
      ended(128, `mail: Permission denied\nfatal: ref updates aborted by hook\n${HUNG_UP}`),
    ],
    [
      "an ssh connection that was lost",
      ended(
        128,
        `Read from remote host github.com: Connection timed out\r\nclient_loop: send disconnect: Broken pipe\r\n${HUNG_UP}`,
      ),
    ],
    [
      "an ssh server that disconnected, G-Node/gin-cli#328",
      ended(128, `Connection to gin.g-node.org closed by remote host.\r\n${HUNG_UP}`),
    ],
    [
      "GitHub that disconnected without a message, isaacs/github#1741",
      ended(1, remote("Internal Server Error"), "Done\n"),
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
      "a hook without a permission, before the connection broke",
      ended(1, remote("mail: cannot open outbox: Permission denied") + HUNG_UP, "Done\n"),
    ],
    [
      "a server without the requested feature",
      ended(
        128,
        "fatal: the receiving end does not support push options\nfatal: the remote end hung up unexpectedly\n",
      ),
    ],
    ["a commit that is not in the replica", ended(1, "error: src refspec c182b99 does not match any\n")],
    [
      "a short name that does not exist",
      ended(1, "error: unable to delete 'nope': remote ref does not exist\n"),
    ],
    ["a success without a line for the branch", ended(0, "", "Done\n")],
  ])("%s", (_, result) => {
    expect(readPushOutcome(result, BRANCH).kind).toBe("unknown");
  });

  it("git prints that everything is up to date, which it also prints when the answer was lost: isaacs/github#1666", () => {
    const expected = { kind: "unknown", reason: "already there" };
    expect(readPushOutcome(ended(0, "Everything up-to-date\n", "Done\n"), BRANCH)).toEqual(expected);
    const said = `${remote("Internal Server Error")}Everything up-to-date\n`;
    expect(readPushOutcome(ended(1, said), BRANCH)).toEqual(expected);
  });

  it("and its reason is the first error", () => {
    const stderr = `error: RPC failed; curl 52 Empty reply from server\n${HUNG_UP}Everything up-to-date\n`;
    expect(reasonOf(ended(1, stderr))).toBe("error: RPC failed; curl 52 Empty reply from server");
    expect(reasonOf(ended(128, `fatal: ref updates aborted by hook\n${HUNG_UP}`))).toContain(
      "aborted by hook",
    );
  });

  it("the deadline passed", () => {
    const result = { ...ended(128, ""), timedOut: true };
    expect(readPushOutcome(result, BRANCH)).toEqual({ kind: "unknown", reason: "no answer in time" });
  });
});
