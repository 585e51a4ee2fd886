import { spawn } from "node:child_process";
import { once } from "node:events";
import { ulid } from "ulid";
import { nextHeartbeat } from "../../src/domain/sessions/beat.ts";
import { putHeartbeat } from "../../src/domain/sessions/write.ts";
import { toInstant } from "../../src/domain/values/time.ts";
import { aProfile } from "../support/builders.ts";
import { seeded } from "../support/test-world.ts";

const APART_MS = 3000;

/**
 * Adds heartbeats to a hub's branch by one `git fast-import`, a commit each, its sessions in turn, a second apart and
 * the last one just now: the same commits as `heartbeat` makes, a thousand times as fast.
 */
export async function addHeartbeats(hub: string, sessions: readonly string[], count: number): Promise<void> {
  const importer = spawn("git", [`--git-dir=${hub}`, "fast-import", "--quiet", "--done"], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const ended = once(importer, "close");
  const random = seeded("beats");
  const first = Date.now() - count * APART_MS;
  importer.stdin.write("feature done\n");
  for (let index = 0; index < count; index++) {
    const at = first + index * APART_MS;
    const from = index === 0 ? "from refs/heads/main^0\n" : "";
    const text = commitCommand(sessions[index % sessions.length] ?? "", at, ulid(at, random), from);
    if (!importer.stdin.write(text)) await once(importer.stdin, "drain");
  }
  importer.stdin.end("done\n");
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

function commitCommand(session: string, at: number, op: string, from: string): string {
  const who = `${session} <${session}@git-hive.invalid> ${Math.floor(at / 1000)} +0000`;
  const message = `heartbeat ${session} active\n\nHive-Op: ${op}\nHive-Session: ${session}\nHive-Kind: heartbeat\n`;
  const profile = aProfile({ id: session, name: session });
  const { path, text = "" } = putHeartbeat(nextHeartbeat(profile, undefined, toInstant(at)));
  const head = `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\n${data(message)}${from}`;
  return `${head}M 100644 inline ${path}\n${data(text)}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** What is the same in every heartbeat's commit: its fields, paths and texts, with the digits that differ left out. */
export function shapeOf(shown: string): string {
  return shown
    .replaceAll(/\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b/g, "<ulid>")
    .replaceAll(/\b[0-9a-f]{7,40}\b/g, "<id>")
    .replaceAll(/session-\d+/g, "session-N")
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\dZ?/g, "<instant>")
    .replaceAll(/\b\d{10}\b/g, "<seconds>");
}
