import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { serverDate } from "../../../src/store/git/server-date.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const AT = "Sat, 31 Jan 2026 12:00:00 GMT";
const OTHER = "Mon, 01 Jan 2024 00:00:00 GMT";
/** A trace as git prints it. */
const trace = (...headers: string[]) =>
  headers.map((each) => `12:00:00.000000 http.c:684              <= Recv header: ${each}\n`).join("");

describe("the date of a server", () => {
  it.each([
    ["of HTTP/1.1", trace("HTTP/1.1 200 OK", `Date: ${AT}`, "Server: x", "")],
    ["of HTTP/2, with names in lower case", trace("HTTP/2 200", `date: ${AT}`, "")],
    ["with carriage returns", trace("HTTP/1.1 200 OK\r", `DATE:${AT}\r`)],
    ["after a redirection", trace("HTTP/1.1 302 Found", `Date: ${OTHER}`, "HTTP/1.1 200 OK", `Date: ${AT}`)],
    ["after a request for a login", trace("HTTP/2 401", `date: ${OTHER}`, "", "HTTP/2 200", `date: ${AT}`)],
    [
      "after a proxy",
      trace("HTTP/1.0 200 Connection established", `Date: ${OTHER}`, "HTTP/2 200", `date: ${AT}`),
    ],
    [
      "of an answer that a cache kept",
      trace("HTTP/2 200", "date: Sat, 31 Jan 2026 11:00:00 GMT", "age: 3600"),
    ],
  ])("is that %s", (_, text) => {
    expect(serverDate(`git: other words\n${text}fatal: no\n`)).toBe(Date.parse(AT));
  });

  it.each([
    ["without an answer", "Date: now\n"],
    ["without a date", trace("HTTP/1.1 200 OK", "Server: x")],
    ["where only an earlier answer has one", trace("HTTP/1.1 302 Found", `Date: ${AT}`, "HTTP/1.1 200 OK")],
    ["where it cannot be read", trace("HTTP/1.1 200 OK", "Date: tomorrow")],
    ["where the program sent it", `12:00:00.000000 http.c:684              => Send header: Date: ${AT}\n`],
  ])("is unknown %s", (_, text) => {
    expect(serverDate(text)).toBeUndefined();
  });
});

/** The answer of a repository with one branch, in git's first protocol. */
function advertisement(): string {
  const line = (text: string) => (text.length + 4).toString(16).padStart(4, "0") + text;
  const branch = `${"1".repeat(40)} refs/heads/main\0agent=test\n`;
  return `${line("# service=git-upload-pack\n")}0000${line(branch)}0000`;
}

it("git's own trace has the date of the answer after a redirection, and no login", async () => {
  const server = createServer(({ url = "" }, response) => {
    const isFirst = url.startsWith("/old");
    response.setHeader("Date", isFirst ? OTHER : AT);
    if (isFirst) response.writeHead(302, { Location: url.replace("/old", "/new") }).end();
    else {
      response.setHeader("Content-Type", "application/x-git-upload-pack-advertisement");
      response.end(advertisement());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/old/hub.git`;
  const sandbox = openSandbox();
  const args = ["-c", "http.extraHeader=Authorization: Basic c2VjcmV0", "ls-remote", url];
  const git = gitAt(sandbox.directory, sandbox.env);
  const { code, stderr } = await git.run(args, { seconds: 10, tracesHttp: true });
  expect([code, serverDate(stderr)]).toEqual([0, Date.parse(AT)]);
  expect(stderr).not.toContain("c2VjcmV0");
});
