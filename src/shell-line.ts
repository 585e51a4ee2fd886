import process from "node:process";

/** How long a line may take, in milliseconds. */
const LINE_TIMEOUT_MS = 5000;

/** Returns what a line prints in a shell, as coding tools run their hooks; undefined where no shell runs it. */
export function shellLine(
  line: string,
  env: Readonly<Record<string, string | undefined>>,
  directory: string,
): string | undefined {
  const { spawnSync } = process.getBuiltinModule("node:child_process");
  const { stdout } = spawnSync("/bin/sh", ["-c", line], {
    cwd: directory,
    env,
    input: "{}",
    timeout: LINE_TIMEOUT_MS,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });
  return stdout ?? undefined;
}
