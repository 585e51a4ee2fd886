import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { remotesIn } from "../../../src/store/checkout/git-config.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

it("reads the remotes as git wrote them, whatever characters they have, origin first", async () => {
  const sandbox = openSandbox();
  const file = join(sandbox.directory, "config");
  const name = fc.stringMatching(/^[A-Za-z][\w "\\.-]{0,8}[\w]$/);
  const url = fc.stringMatching(/^[!-~][ -~]{0,30}[!-~]$/);
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(name, url, { maxKeys: 3, noNullPrototype: true }),
      url,
      async (others, origin) => {
        writeFileSync(file, "[core]\n\turl = not-a-remote\n");
        const all = { ...others, origin };
        for (const [each, value] of Object.entries(all))
          await sandbox.git(sandbox.directory, "config", "--file", file, `remote.${each}.url`, value);
        const read = remotesIn(readFileSync(file, "utf8"));
        expect(read[0]).toEqual({ name: "origin", url: origin });
        expect(Object.fromEntries(read.map((each) => [each.name, each.url]))).toEqual(all);
      },
    ),
    { numRuns: 15 },
  );
}, 20_000);

it.each([
  ["with comments", '[remote "origin"] # mine\n  url = a/b ; c\n', "a/b"],
  ["in quotes", '[remote "origin"]\nurl="a # b"  \n', "a # b"],
  ["on the line of its section", '[remote "origin"] url = a/b\n', "a/b"],
  ["over two lines", '[remote "origin"]\nurl = a/\\\nb\n', "a/b"],
  ["that ends with a backslash", '[remote "a"]\nurl = b\\\\\n[remote "origin"]\nurl = a/b\n', "a/b"],
  ["with lines of Windows", '[remote "origin"]\r\n\turl = a/b\r\n', "a/b"],
  ["in capitals", '[Remote "origin"]\n\tURL = a/b\n', "a/b"],
  ["before a push address", '[remote "origin"]\nurl = a/b\npushurl = c\nurl = d\n', "a/b"],
  ["of another section", '[remote "origin"]\n[branch "x"]\nurl = a\n', undefined],
])("reads an address %s", (_, config, url) => {
  expect(remotesIn(config)[0]?.url).toBe(url);
});
