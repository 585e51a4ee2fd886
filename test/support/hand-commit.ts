import type { Sandbox } from "./sandbox.ts";

/** A tree entry as somebody with plain git would make it. Symlinks have mode 120000, gitlinks 160000. */
export interface HandFile {
  readonly path: string;
  readonly mode?: "100644" | "100755" | "120000" | "160000";
  readonly content?: string | Uint8Array | undefined;
}

/** Any object id: nobody looks behind a gitlink. */
const ELSEWHERE = "1".repeat(40);

/** Commits entries to a hub's branch by plain git, past every check of git-hive; an entry without content is deleted. */
export async function commitByHand(
  sandbox: Sandbox,
  hub: string,
  files: readonly HandFile[],
  { author = "Hand", message = "by hand" }: { author?: string; message?: string } = {},
): Promise<string> {
  const parent = await sandbox.git(hub, "for-each-ref", "--format=%(objectname)", "refs/heads/main");
  const stream = [
    `commit refs/heads/main\ncommitter ${author} <hand@example.org> ${Math.floor(sandbox.clock.now / 1000)} +0000\n`,
    `data ${Buffer.byteLength(message)}\n${message}\n`,
    parent === "" ? "" : `from ${parent}\n`,
    ...files.flatMap(command),
    "\ndone\n",
  ].map((part) => Buffer.from(part));
  await sandbox.gitWith(Buffer.concat(stream), hub, "fast-import", "--quiet", "--done");
  return sandbox.git(hub, "rev-parse", "main");
}

function command({ path, mode = "100644", content }: HandFile): (string | Uint8Array)[] {
  if (mode === "160000") return [`M 160000 ${ELSEWHERE} ${path}\n`];
  if (content === undefined) return [`D ${path}\n`];
  const bytes = Buffer.from(content);
  return [`M ${mode} inline ${path}\ndata ${bytes.length}\n`, bytes, "\n"];
}
