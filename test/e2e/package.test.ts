import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openSandbox } from "../support/git-sandbox.ts";
import { MAIN, Machine, ROOT } from "../support/processes.ts";
import { Sandbox } from "../support/sandbox.ts";

interface PackedFile {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** Packs without npm's build, because `dist/` is already built and other tests use it. */
async function pack(machine: Machine, ...options: string[]): Promise<PackedFile> {
  const argv = ["pack", ROOT, "--json", "--ignore-scripts", ...options];
  const { out } = await machine.run("npm", argv);
  return (JSON.parse(out) as [PackedFile])[0];
}

describe("the package", () => {
  let packed: PackedFile;
  beforeAll(async () => {
    const sandbox = new Sandbox();
    packed = await pack(new Machine(sandbox, "packer"), "--dry-run");
    await sandbox.close();
  });

  it("has only the program, the wrappers and their documentation", () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => !/^dist\/(?:[a-z0-9-]+\.cjs|LICENCES\.txt)$/.test(path)).sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "man/git-hive.1",
      "man/hive.1",
      "package.json",
      "scripts/session-broadcast.sh",
      "scripts/session-capability-match.sh",
      "scripts/session-find-help.sh",
      "scripts/session-request-collaboration.sh",
      "scripts/session-sync.sh",
    ]);
    expect(paths).toContain("dist/main.cjs");
  });

  it("is small, with all dependencies bundled", () => {
    expect(packed.unpackedSize).toBeLessThan(2_800_000);
  });

  it("has one program under two names, which starts by its first line", () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<string, unknown>;
    expect(manifest.bin).toEqual({ hive: "dist/main.cjs", "git-hive": "dist/main.cjs" });
    expect(manifest.dependencies).toBeUndefined();
    expect(readFileSync(MAIN, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it("is installed without a network, and answers to `hive`, to `git hive` and to its wrappers", async () => {
    const sandbox = openSandbox();
    const machine = new Machine(sandbox, "installer");
    const { filename } = await pack(machine, "--pack-destination", machine.directory);
    const prefix = sandbox.folder("prefix");
    const tarball = join(machine.directory, filename);
    const options = ["--prefix", prefix, "--offline", "--no-audit", "--no-fund"];
    expect(await machine.run("npm", ["install", "--global", tarball, ...options])).toMatchObject({ code: 0 });

    const env = { PATH: `${join(prefix, "bin")}:${process.env.PATH}` };
    const made = await machine.run("hive", ["init", "--quiet"], { env });
    expect(made).toMatchObject({ code: 0, err: "" });
    const asked = await machine.run("git", ["hive", "sync", "--json"], { env });
    expect(JSON.parse(asked.out)).toMatchObject({ hub: made.out.trim(), sessions: [] });
    const page = join(prefix, "share/man/man1");
    expect(readFileSync(join(page, "git-hive.1"), "utf8")).toContain(".TH GIT-HIVE 1");
    expect(readFileSync(join(page, "hive.1"), "utf8")).toBe(".so man1/git-hive.1\n");
    const wrapper = join(prefix, "lib/node_modules/git-hive/scripts/session-sync.sh");
    expect(await machine.run(wrapper, [], { env })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^No session/),
    });
  });
});
