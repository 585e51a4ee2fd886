import { describe, expect, it } from "vitest";
import type { GitResult } from "../../../src/store/git/git.ts";
import { readPushOutcome } from "../../../src/store/git/push-answer.ts";

/*
 * Pushes that failed before the remote took them: recorded from git 2.39.5 with curl 7.88 and OpenSSH 9.2 against
 * servers that answer with these statuses, print these messages and disconnect at this point. A title with another
 * source names where the case is reported.
 */

const BRANCH = "refs/heads/main";
const URL = "http://127.0.0.1:43955/hub.git";
const NO_ACCESS =
  "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n";
const HUNG_UP =
  "send-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly\n";

function ended(code: number, stderr: string, stdout = ""): GitResult {
  return { code, stdout, stderr, timedOut: false };
}

/** Git asked for the refs and got no answer. */
function asking(why: string, ...said: string[]): GitResult {
  return ended(128, `${remote(...said)}fatal: unable to access '${URL}/': ${why}\n`);
}

/** Git had asked for the refs and sent its push. */
function sending(why: string): GitResult {
  return ended(1, `error: RPC failed; ${why}\n${HUNG_UP}`, "Done\n");
}

function remote(...lines: string[]): string {
  return lines.map((line) => `remote: ${line}        \n`).join("");
}

function status(code: number): string {
  return `The requested URL returned error: ${code}`;
}

function refusedWith(code: number): string {
  return `HTTP ${code} curl 22 ${status(code)}`;
}

function reasonOf(result: GitResult): string {
  const outcome = readPushOutcome(result, BRANCH);
  return "reason" in outcome ? outcome.reason : "";
}

const NOWHERE = "Failed to connect to 127.0.0.1 port 4480 after 0 ms: Couldn't connect to server";

describe("a push is denied: the remote exists and denies access", () => {
  it.each([
    ["a wrong password", ended(128, `fatal: Authentication failed for '${URL}/'\n`)],
    [
      "a wrong token on GitHub",
      ended(128, `${remote("Invalid username or token.")}fatal: Authentication failed for '${URL}/'\n`),
    ],
    [
      "no login, and no prompt",
      ended(128, `fatal: could not read Username for '${URL}': terminal prompts disabled\n`),
    ],
    [
      "a login without a password",
      ended(128, `fatal: could not read Password for '${URL}': terminal prompts disabled\n`),
    ],
    [
      "no login for the push itself",
      ended(1, `fatal: could not read Username for '${URL}': terminal prompts disabled\n${HUNG_UP}`),
    ],
    ["no permission", asking(status(403), "words of the server")],
    ["no permission to push", sending(refusedWith(403))],
    ["no service for pushes", sending(refusedWith(404))],
    ["a server that accepts no pushes", asking(status(405))],
    ["a repository that was deleted", asking(status(410))],
    ["a repository that is blocked for legal reasons", asking(status(451))],
    ["an unknown repository", ended(128, `fatal: repository '${URL}/' not found\n`)],
    [
      "a folder that does not exist",
      ended(128, `fatal: '/srv/empty' does not appear to be a git repository\n${NO_ACCESS}`),
    ],
    ["an unknown ssh key", ended(128, `git@example.org: Permission denied (publickey).\r\n${NO_ACCESS}`)],
    [
      "a folder that cannot be read",
      ended(
        128,
        `warning: unable to access './config': Permission denied\nfatal: unable to access 'config': Permission denied\n${NO_ACCESS}`,
      ),
    ],
    [
      "a folder of another user",
      ended(
        128,
        `fatal: detected dubious ownership in repository at '/srv/hub.git'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /srv/hub.git\n${NO_ACCESS}`,
      ),
    ],
    [
      "a server that reports it instead of its refs",
      ended(128, "fatal: remote error: no rights to access it\n"),
    ],
  ])("%s", (_, result) => {
    expect(readPushOutcome(result, BRANCH).kind).toBe("denied");
  });

  it("and the server's message is kept", () => {
    expect(reasonOf(asking(status(403), "words of the server"))).toMatch(
      /^access was denied \| .* \| words of the server$/,
    );
  });

  it("and git's message is kept when the server has none", () => {
    const stderr = `fatal: detected dubious ownership in repository at '/srv/hub.git'\n${NO_ACCESS}`;
    expect(reasonOf(ended(128, stderr))).toContain("dubious ownership");
  });
});

describe("a remote is unreachable, so nothing was sent", () => {
  it.each([
    ["an unknown host", asking("Could not resolve host: no-such-host.invalid")],
    ["an unknown proxy", asking("Could not resolve proxy: no-such-proxy.invalid")],
    ["a proxy that cannot connect", asking("Proxy CONNECT aborted")],
    ["a proxy that needs a password", asking(status(407))],
    ["a closed port", asking(NOWHERE)],
    ["a connection that is reset", asking("Recv failure: Connection reset by peer")],
    ["an empty answer", asking("Empty reply from server")],
    [
      "a server that sends nothing",
      asking("Operation too slow. Less than 1 bytes/sec transferred the last 30 seconds"),
    ],
    ["a request that took too long", asking(status(408))],
    ["too many requests", asking(status(429))],
    ["a server that is broken", asking(status(500))],
    ["a gateway without a server", asking(status(502))],
    ["a server in maintenance", asking(status(503))],
    ["a gateway whose server did not answer", asking(status(504))],
    [
      "an unknown certificate",
      asking(
        "server certificate verification failed. CAfile: /etc/ssl/certs/ca-certificates.crt CRLfile: none",
      ),
    ],
    [
      "a certificate for another host",
      asking("SSL: certificate subject name (localhost) does not match target host name '127.0.0.1'"),
    ],
    ["no certificates to trust", asking("Problem with the SSL CA cert (path? access rights?)")],
    ["no TLS at all", asking("gnutls_handshake() failed: An unexpected TLS packet was received.")],
    [
      "the page of a hotel's network",
      ended(
        1,
        `error: Cannot access URL ${URL}/, return code 22\nfatal: git-http-push failed\nerror: failed to push some refs to '${URL}'\n`,
      ),
    ],
    [
      "the redirect to that page",
      ended(
        128,
        `fatal: unable to update url base from redirection:\n  asked for: ${URL}/info/refs?service=git-receive-pack\n   redirect: http://127.0.0.1:4480/login\n`,
      ),
    ],
    [
      "a server that reports it instead of its refs",
      ended(128, "fatal: remote error: Repository is locked for maintenance\n"),
    ],
    [
      "an unknown ssh host",
      ended(
        128,
        `ssh: Could not resolve hostname no-such-host.invalid: Name or service not known\r\n${NO_ACCESS}`,
      ),
    ],
    [
      "a closed ssh port",
      ended(128, `ssh: connect to host 127.0.0.1 port 1: Connection refused\r\n${NO_ACCESS}`),
    ],
    [
      "a network that is down",
      ended(128, `ssh: connect to host example.org port 22: Network is unreachable\r\n${NO_ACCESS}`),
    ],
    [
      "an ssh server that hangs up at once",
      ended(
        128,
        `kex_exchange_identification: Connection closed by remote host\r\nConnection closed by 127.0.0.1 port 4422\r\n${NO_ACCESS}`,
      ),
    ],
    [
      "an ssh server that resets the connection",
      ended(
        128,
        `kex_exchange_identification: read: Connection reset by peer\r\nConnection reset by 127.0.0.1 port 4422\r\n${NO_ACCESS}`,
      ),
    ],
    [
      "an ssh server that sends nothing",
      ended(
        128,
        `Connection timed out during banner exchange\r\nConnection to 127.0.0.1 port 4422 timed out\r\n${NO_ACCESS}`,
      ),
    ],
    [
      "an ssh host that is not known, desktop/desktop#4479",
      ended(128, `Host key verification failed.\r\n${NO_ACCESS}`),
    ],
    [
      "an ssh host without git",
      ended(128, `bash: line 1: git-receive-pack: command not found\n${NO_ACCESS}`),
    ],
    ["a list of refs that is cut off", ended(128, "fatal: the remote end hung up upon initial contact\n")],
    [
      "a repository whose settings git cannot read",
      ended(128, `fatal: bad boolean config value 'weird' for 'receive.denydeletecurrent'\n${NO_ACCESS}`),
    ],
  ])("%s", (_, result) => {
    expect(readPushOutcome(result, BRANCH).kind).toBe("unreachable");
  });

  it.each([
    "https://example.org/read-only/access denied.git/",
    "https://example.org/not allowed/internal server.git/",
  ])("although its address looks like a refusal: %s", (url) => {
    const result = ended(128, `fatal: unable to access '${url}': Could not resolve host: example.org\n`);
    expect(readPushOutcome(result, BRANCH).kind).toBe("unreachable");
  });

  it("and gives the message of ssh, because git says only that it could not read", () => {
    expect(reasonOf(ended(128, `Host key verification failed.\r\n${NO_ACCESS}`))).toBe(
      "Host key verification failed.",
    );
    expect(reasonOf(ended(128, NO_ACCESS))).toBe("fatal: Could not read from remote repository.");
  });
});
