import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HiveError } from "../../../src/errors.ts";
import { Host } from "../../../src/store/host/state-directory.ts";
import {
  addressKey,
  parseGivenAddress,
  parseHubAddress,
  redact,
  showAddress,
} from "../../../src/store/hub/address.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

const HERE = "/home/ada/project";

/** The address as the user sees it, or the error that refuses it. */
function shown(text: string, parse = parseHubAddress): string {
  try {
    return showAddress(parse(text, HERE));
  } catch (error) {
    if (error instanceof HiveError) return `${error.message} ${error.hint} ${String(error.cause)}`;
    throw error;
  }
}

describe("an address is a remote", () => {
  it.each([
    "https://example.org/team/hub.git",
    "http://127.0.0.1:8080/hub.git",
    "HTTPS://example.org/hub",
    "https://ada:secret@example.org/hub.git",
    "ssh://git@example.org:2222/team/hub.git",
    "ssh://example.org/~/hub.git",
    "git@example.org:team/hub.git",
    "ada_1.x@10.0.0.1:/srv/hub.git",
    "file:///srv/hub.git",
  ])("when it is %s, and is used unchanged", (url) => {
    expect(parseHubAddress(url, HERE)).toEqual({ kind: "remote", url });
  });
});

describe("an address is a path on this disk", () => {
  it.each([
    ["/srv/hub.git", "/srv/hub.git"],
    ["hub.git", "/home/ada/project/hub.git"],
    ["./hub.git", "/home/ada/project/hub.git"],
    ["../hub.git/", "/home/ada/hub.git"],
    [".", "/home/ada/project"],
    ["a folder/hub", "/home/ada/project/a folder/hub"],
    ["./-x", "/home/ada/project/-x"],
    ["~/hub.git", "/home/ada/project/~/hub.git"],
  ])("when it is %j: %s", (text, path) => {
    expect(parseHubAddress(text, HERE)).toEqual({ kind: "path", path });
  });

  it("with or without its ending .git, as git finds it", async () => {
    const sandbox = openSandbox();
    const path = await sandbox.bareHub("hub");
    expect(parseHubAddress("hubs/hub", sandbox.directory)).toEqual({ kind: "path", path });
    sandbox.folder("hubs", "hub");
    expect(parseHubAddress("hubs/hub", sandbox.directory)).toMatchObject({ path: path.slice(0, -4) });
  });
});

describe("an address without a scheme", () => {
  it.each(["github.com/team/hub", "www.github.com/team/hub.git", "ada@example.org/team/hub"])(
    "is asked for, and is no path that happens not to be there: %s",
    (text) => {
      const refusal = shown(text, parseGivenAddress);
      const bare = text.replace(/^[^/]*@/, "");
      expect(refusal).toContain(`"${text}" has no scheme, and there is no such folder here.`);
      expect(refusal).toContain(`Did you mean https://${bare}?`);
    },
  );

  it("is a path where there is one, and where it is written as one", () => {
    const sandbox = openSandbox();
    const path = sandbox.folder("github.com", "team", "hub");
    expect(parseGivenAddress("github.com/team/hub", sandbox.directory)).toEqual({ kind: "path", path });
    for (const text of ["./github.com/team/hub", "hubs.git/hub", "team/hub", "v1.2/hub", "/github.com/a/b"])
      expect(parseGivenAddress(text, HERE)).toMatchObject({ kind: "path" });
  });
});

describe("an address is refused", () => {
  it.each([
    "",
    "-x",
    "--upload-pack=touch /tmp/x",
    "-oProxyCommand=touch /tmp/x",
    "-oProxyCommand=x@example.org:hub",
    "ext::sh -c touch% /tmp/x",
    "EXT::sh",
    "fd::17",
    "transport::address",
    "git://example.org/hub.git",
    "ftp://example.org/hub.git",
    "rsync://example.org/hub.git",
    "javascript://%0aalert(1)",
    "data://x",
    "https://",
    "https://example.org/a b",
    "/srv/hub.git\n--upload-pack=x",
    "https://example.org/hub.git\nx",
    "/srv/\u0000hub",
    "hub\u001b[31m",
    "hub\u007f",
  ])("when it is %j", (text) => {
    expect(() => parseHubAddress(text, HERE)).toThrow(
      expect.objectContaining({ code: "bad_address", failure: "usage" }),
    );
  });
});

describe("a secret in an address is never shown", () => {
  it.each([
    ["a plain password", "https://ada:SECRET@example.org/hub.git"],
    ["a token without a user name", "https://SECRET@example.org/hub.git"],
    ["a GitHub token", "https://x-access-token:ghp_SECRET0123456789@github.com/a/b"],
    ["capitals", "HTTPS://ada:SECRET@EXAMPLE.ORG/hub.git"],
    ["an ssh password", "ssh://ada:SECRET@example.org/hub.git"],
    ["an apostrophe in it", "https://ada:S'SECRET@example.org/hub.git"],
    ["a quotation mark in it", 'https://ada:S"SECRET@example.org/hub.git'],
    ["a space in it", "https://ada:S SECRET@example.org/hub.git"],
    ["a line end in it", "https://ada:S\nSECRET@example.org/hub.git"],
    ["an @ in it", "https://ada:S@SECRET@example.org/hub.git"],
    ["a mistyped scheme", "htps://ada:SECRET@example.org/hub.git"],
  ])("with %s", (_, text) => {
    expect(shown(text)).not.toContain("SECRET");
    expect(shown(text)).toMatch(/example\.org|github\.com/i);
  });

  it.each(
    [
      ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"].map(
        (prefix) => `${prefix}0123456789abcdefABCDEF`,
      ),
    ].flat(),
  )("not even as %s anywhere in a text", (token) => {
    expect(redact(`remote: token ${token} has no access.`)).toBe("remote: token *** has no access.");
  });

  it("whatever characters the user name and the password have", () => {
    const anything = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !/[@/]/.test(text));
    fc.assert(
      fc.property(fc.constantFrom("http", "https"), anything, anything, (scheme, user, rest) => {
        const url = `${scheme}://${user}:${rest}SECRET${rest}@example.org/hub.git`;
        expect(shown(url)).not.toContain("SECRET");
        expect(
          redact(`fatal: unable to access '${url}/': The requested URL returned error: 403`),
        ).not.toContain("SECRET");
      }),
      { numRuns: 300 },
    );
  });
});

describe("the directory of a hub on a host", () => {
  const keyOf = (text: string) => addressKey(parseHubAddress(text, HERE));
  const folderOf = (text: string) => new Host({ HIVE_STATE_DIR: "/state" }, "").hubDirectory(keyOf(text));

  it("is the same for every login of the hub", () => {
    const folders = ["", "ada@", "ada:one@", "bob:tw%40o@"].map((login) =>
      folderOf(`https://${login}example.org/hub.git`),
    );
    expect(new Set(folders).size).toBe(1);
  });

  it("is the same with and without the password of an ssh address", () => {
    expect(folderOf("ssh://ada:SECRET@example.org/hub.git")).toBe(folderOf("ssh://ada@example.org/hub.git"));
  });

  it("differs for each hub, also when one name starts like another", () => {
    const addresses = [
      ...["https://example.org/hub.git", "https://example.org/hub", "https://example.org/hub/hubs"],
      ...["https://example.com/hub.git", "http://example.org/hub.git", "ssh://git@example.org/hub.git"],
      ...["git@example.org:hub.git", "/srv/hub.git", "/srv/hub.git/@hub", "/srv/%2Fhub.git", "hub.git"],
    ];
    expect(new Set(addresses.map(folderOf)).size).toBe(addresses.length);
  });

  it.each([
    "/srv/../../etc",
    "https://example.org/../../../etc",
    "git@example.org:../../etc",
    "https://example.org/.../..",
  ])("stays inside the host's folder for %s", (text) => {
    expect(folderOf(text)).toMatch(/^\/state\/hubs\/(?!.*\/\.\.?\/)/);
  });

  it("has no password in its name", () => {
    expect(folderOf("https://ada:SECRET@example.org/hub.git")).not.toContain("SECRET");
    expect(folderOf("https://ada:S@SECRET@example.org/hub.git")).not.toContain("SECRET");
  });
});
