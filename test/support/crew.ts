import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { onTestFinished } from "vitest";
import { ended } from "./processes.ts";

/** Starts a program of the tests, which is killed when its test has finished. */
export function startProgram(program: string, ...argv: string[]): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", program, ...argv], { stdio: "pipe" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** The next that a program prints. */
export async function nextPrinted({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error("its output is not read");
  const [chunk] = (await once(stdout, "data")) as [Buffer];
  return chunk.toString().trimEnd();
}

/** Kills a process as a power cut would; when it returns, the process is gone. */
export async function killed(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/**
 * Runs one program several times over at once: all are told to go when all of them have said `ready`. Throws when one
 * of them does not end well.
 */
export async function runTogether(program: string, argvs: readonly (readonly string[])[]): Promise<void> {
  const crew = argvs.map((argv) => startProgram(program, ...argv));
  const ends = crew.map(ended);
  await Promise.all(crew.map(nextPrinted));
  for (const { stdin } of crew) stdin?.end("go\n");
  for (const { code, err } of await Promise.all(ends)) if (code !== 0) throw new Error(err);
}
