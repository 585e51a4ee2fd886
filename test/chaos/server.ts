import { fork } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { HttpHub } from "../support/http-hub.ts";
import type { Sandbox } from "../support/sandbox.ts";
import { seeded } from "../support/test-world.ts";
import type { Plan, Server } from "./consistency.ts";

/*
 * A hub's server as a process of its own, as it would be on another machine: this file is the program too. It is told
 * of faults by messages, and ends with whoever started it.
 */

interface Faults {
  readonly seed: string;
  readonly faults: Plan["faults"] | null;
}

/** Starts it for the hubs of a sandbox; closed with it. */
export async function startServer(sandbox: Sandbox): Promise<Server & { readonly address: string }> {
  const place = JSON.stringify({ directory: sandbox.directory, env: sandbox.env });
  const child = fork(fileURLToPath(import.meta.url), [place], {
    execArgv: ["--import", "tsx"],
    detached: true,
  });
  sandbox.atEnd(async () => {
    child.disconnect();
    await once(child, "exit");
  });
  const [address] = (await once(child, "message")) as [string];
  return {
    address,
    setFaults: (seed, faults) => child.send({ seed, faults: faults ?? null } satisfies Faults),
  };
}

async function serve(place: string): Promise<void> {
  const hub = new HttpHub(JSON.parse(place) as Pick<Sandbox, "directory" | "env">);
  await hub.listen();
  process.on("message", ({ seed, faults }: Faults) => {
    hub.faults = faults === null ? undefined : { ...faults, random: seeded(seed) };
  });
  process.once("disconnect", () => void hub.close().then(() => process.exit()));
  process.send?.(hub.url());
}

const [, program, place] = process.argv;
if (program === fileURLToPath(import.meta.url) && place !== undefined && process.send) await serve(place);
