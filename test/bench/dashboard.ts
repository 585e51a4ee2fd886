import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { SETTINGS_TEXT } from "../../src/domain/hub/default-settings.ts";
import { collaborationPath, heartbeatPath, profilePath, SETTINGS_PATH } from "../../src/domain/hub/layout.ts";
import { openBrowser } from "../dashboard/browser.ts";
import { aCollaboration, aHeartbeat, aProfile } from "../support/builders.ts";
import { Sandbox } from "../support/sandbox.ts";
import { bundlePrograms } from "./bundle.ts";
import { bareVariables, monotonic, timed } from "./live-world.ts";
import { median } from "./statistics.ts";

/**
 * The dashboard of a hub of 200 sessions after 2,000 operations: the command beside `hive log`, the page's size, its first
 * paint beside that of an empty page, a step back in time, and how long after a write of this host a served page has it,
 * beside the write alone.
 * Usage: npm run bench:dashboard
 */

const [SESSIONS, OPERATIONS, ROUNDS] = [200, 2000, 7];

const sandbox = new Sandbox();
const { main } = await bundlePrograms(sandbox.folder("programs"));
const hub = await sandbox.bareHub();
const env = { ...bareVariables(sandbox.folder("home")), HIVE_HUB: hub, HIVE_SESSION: "session-0-worker" };
const run = promisify(execFile);
const cwd = sandbox.folder("work");
const hive = (...argv: string[]) => run(process.execPath, [main, ...argv], { cwd, env, maxBuffer: 2 ** 28 });

async function fill(): Promise<void> {
  const id = (number: number) => `session-${number % SESSIONS}-worker`;
  const start = Date.now() - OPERATIONS * 60_000;
  const at = (number: number) => new Date(start + number * 60_000).toISOString().replace(/\.\d+/, "");
  const write = (path: string, value: unknown) => {
    const text = typeof value === "string" ? value : `${JSON.stringify(value, null, 2)}\n`;
    return `M 644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
  };
  const commit = (number: number, message: string, files: readonly string[]) =>
    `commit refs/heads/main\ncommitter bench <bench@example.org> ${Math.floor((start + number * 60_000) / 1000)} +0000\ndata ${Buffer.byteLength(message)}\n${message}\n${files.join("")}\n`;
  const first = [
    write(SETTINGS_PATH, SETTINGS_TEXT),
    ...Array.from({ length: SESSIONS }, (_, number) => {
      const profile = aProfile({ id: id(number), specialization: [`skill-${number % 40}`] });
      const heartbeat = aHeartbeat({ session_id: id(number), last_heartbeat: at(0) });
      return write(profilePath(profile.id), profile) + write(heartbeatPath(profile.id), heartbeat);
    }),
  ];
  const later = Array.from({ length: OPERATIONS }, (_, number) => {
    const request = aCollaboration({
      ...{ request_id: `collab-${1_700_000_000 + (number >> 1)}`, from_session: id(number >> 1) },
      ...{ to_session: id((number >> 1) + 1), request: `Please do number ${number >> 1}` },
      ...{
        status: number % 2 === 0 ? "pending" : "declined",
        created_at: at(number & ~1),
        updated_at: at(number),
      },
    });
    const heartbeat = aHeartbeat({ session_id: id(number >> 1), last_heartbeat: at(number) });
    return commit(number + 1, `request ${request.request_id}: please\n\nHive-Kind: request\n`, [
      write(collaborationPath(request.request_id), request),
      write(heartbeatPath(heartbeat.session_id), heartbeat),
    ]);
  });
  const stream = [commit(0, "init\n\nHive-Kind: init\n", first), ...later, "done\n"].join("");
  await sandbox.gitWith(stream, hub, "fast-import", "--quiet", "--done");
}

async function medianOf(act: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) took.push(await timed(act));
  return median(took);
}

/** First paint and one step back in time, in milliseconds. */
async function measurePage(file: string): Promise<{ paint: number; back: number }> {
  const browser = await openBrowser();
  if (browser === undefined) throw new Error("There is no Chromium here.");
  const [paints, backs]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const tab = await browser.newPage();
      await tab.goto(`file://${file}`);
      paints.push(
        await tab.evaluate<number>(
          "new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true }))",
        ),
      );
      backs.push(
        await tab.evaluate<number>(`(async () => {
          const slider = document.getElementById("moment");
          if (slider === null) return 0;
          const start = performance.now();
          slider.value = "1000";
          slider.dispatchEvent(new Event("input"));
          while (document.querySelector(".moment").textContent === "now") await new Promise(requestAnimationFrame);
          return performance.now() - start;
        })()`),
      );
      await tab.close();
    }
  } finally {
    await browser.close();
  }
  return { paint: median(paints), back: median(backs) };
}

/** Milliseconds from the start of a write to its event at a served page, and those of the write alone. */
async function measureLive(): Promise<{ event: number; write: number }> {
  const server = spawn(process.execPath, [main, "dashboard", "--serve"], { cwd, env });
  try {
    const [printed] = (await once(server.stdout, "data")) as [Buffer];
    const [url = ""] = printed.toString().split("\n");
    const { body } = await fetch(`${url}events`);
    let got = "";
    let arrived: (() => void) | undefined;
    void (async () => {
      for await (const chunk of body ?? []) {
        got += Buffer.from(chunk).toString();
        arrived?.();
      }
    })().catch(() => undefined);
    const [events, writes]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const mark = `mark ${round} ${Date.now()}`;
      const started = monotonic();
      const seen = new Promise<void>((resolve) => {
        arrived = () => {
          if (got.includes(mark)) resolve();
        };
      });
      const written = hive("broadcast", mark).then(() => writes.push(monotonic() - started));
      await seen;
      events.push(monotonic() - started);
      await written;
      got = "";
    }
    return { event: median(events), write: median(writes) };
  } finally {
    server.kill("SIGINT");
  }
}

try {
  await fill();
  await hive("join", hub);
  await hive("register", "session-0-worker", "--take-over");
  const file = join(cwd, "dashboard.html");
  const [log, command] = [
    await medianOf(() => hive("log")),
    await medianOf(() => hive("dashboard", "--out", file)),
  ];
  const size = readFileSync(file).length;
  const empty = join(cwd, "empty.html");
  writeFileSync(empty, "<!doctype html><title>empty</title><p>empty");
  const [page, nothing] = [await measurePage(file), await measurePage(empty)];
  const live = await measureLive();
  const line = (name: string, value: number, baseline: string, against: number, unit = "ms") =>
    process.stdout.write(
      `${name.padEnd(44)} ${value.toFixed(0)} ${unit}; ${(value / against).toFixed(2)} x ${baseline} (${against.toFixed(0)} ${unit})\n`,
    );
  line("hive dashboard, whole process", command, "hive log", log);
  line("first paint", page.paint, "an empty page", nothing.paint);
  line("a step back in time, the first", page.back, "the first paint", page.paint);
  line("a write until a served page has it", live.event, "the write alone", live.write);
  process.stdout.write(`page with state and past: ${(size / 1000).toFixed(0)} kB\n`);
} finally {
  await sandbox.close();
}
