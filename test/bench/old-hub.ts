import { spawn } from "node:child_process";
import { once } from "node:events";
import { ulid } from "ulid";
import { SETTINGS_TEXT } from "../../src/domain/hub/default-settings.ts";
import {
  archivedPath,
  BOARD_PATH,
  collaborationPath,
  heartbeatPath,
  messagePath,
  profilePath,
  REGISTRY_PATH,
  SETTINGS_PATH,
} from "../../src/domain/hub/layout.ts";
import { BOARD_SIZE, renderBoard } from "../../src/domain/messages/board.ts";
import type { Message } from "../../src/domain/messages/message.ts";
import { encodeMessage } from "../../src/domain/messages/write.ts";
import type { Collaboration } from "../../src/domain/requests/collaboration.ts";
import { indexProfiles } from "../../src/domain/sessions/registry.ts";
import type { Profile } from "../../src/domain/sessions/session.ts";
import { toInstant } from "../../src/domain/values/time.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile } from "../support/builders.ts";
import { seeded } from "../support/test-world.ts";

/** How large a hub is: who is registered, and what has been said there. */
export interface HubSize {
  readonly sessions: number;
  readonly messages: number;
}

const DAYS = 365;
const DAY_MS = 86_400_000;
/** Requests: one in ten sessions has one that is open; for each ten messages one has ended and is put away. */
const SHARE = 10;
const TRADES = "react dashboard deployment kafka postgres security testing mobile analytics design".split(
  " ",
);
const THINGS = "service chart pipeline queue schema login report screen import layout billing search".split(
  " ",
);

/** The session of the bench's reader. */
export const READER = "session-1-react";

/**
 * Fills an empty repository with a hub that is a year old, by one `git fast-import`: a commit for the sessions, one for
 * each day with its messages and the requests that ended on it, and one for the board.
 */
export async function fillOldHub(hub: string, size: HubSize): Promise<void> {
  const importer = spawn("git", [`--git-dir=${hub}`, "fast-import", "--quiet", "--done"], {
    stdio: ["pipe", "inherit", "inherit"],
  });
  const ended = once(importer, "close");
  importer.stdin.write("feature done\n");
  for (const commit of commitsOf(size, Date.now()))
    if (!importer.stdin.write(commit)) await once(importer.stdin, "drain");
  importer.stdin.end("done\n");
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

function* commitsOf({ sessions, messages }: HubSize, now: number): Generator<string> {
  const profiles = numbers(sessions).map((n) => profileOf(n, now));
  yield commitOf(now - DAYS * DAY_MS, "register everybody", [
    [SETTINGS_PATH, SETTINGS_TEXT],
    json(REGISTRY_PATH, indexProfiles(profiles, { registry_version: "1.0", sessions: {} })),
    ...profiles.map((profile) => json(profilePath(profile.id), profile)),
    ...profiles.map((profile, index) => json(heartbeatPath(profile.id), beatOf(profile, index, now))),
    ...numbers(Math.ceil(sessions / SHARE)).map((n) => {
      const request = requestOf(n, now - n * 1000, sessions, "pending");
      return json(collaborationPath(request.request_id), request);
    }),
  ]);
  const random = seeded("messages");
  let newest: Message[] = [];
  for (let day = 0; day < DAYS; day++) {
    const [first, next] = [day, day + 1].map((each) => Math.floor((each * messages) / DAYS)) as [
      number,
      number,
    ];
    const start = now - (DAYS - day) * DAY_MS;
    const said = numbers(next - first).map((n) =>
      messageOf(first + n, start + n * 100_000, sessions, random),
    );
    const ended = numbers(Math.floor(said.length / SHARE)).map((n) =>
      requestOf(first + n, start + n * 1_000_000, sessions, "completed"),
    );
    newest = [...newest, ...said].slice(-BOARD_SIZE);
    yield commitOf(start, `day ${day}`, [
      ...said.map((message) => [messagePath(message.id, message.sent_at), encodeMessage(message)] as const),
      ...ended.map((request) => json(archivedPath(request), request)),
    ]);
  }
  yield commitOf(now, "the board", [[BOARD_PATH, renderBoard(newest)]]);
}

function commitOf(
  at: number,
  message: string,
  files: readonly (readonly [path: string, text: string])[],
): string {
  const who = `git-hive <git-hive@git-hive.invalid> ${Math.floor(at / 1000)} +0000`;
  const changes = files.map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`);
  return `commit refs/heads/main\ncommitter ${who}\n${data(message)}${changes.join("")}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function json(path: string, value: unknown): readonly [string, string] {
  return [path, `${JSON.stringify(value, null, 2)}\n`];
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function pick(words: readonly string[], n: number): string {
  return words[n % words.length] ?? "";
}

/** The id of the n-th session, over and over again. */
function sessionOf(n: number, sessions: number): string {
  const number = ((n - 1) % sessions) + 1;
  return `session-${number}-${pick(TRADES, number - 1)}`;
}

function profileOf(n: number, now: number): Profile {
  const skills = [0, 3, 7].map((step) => pick(TRADES, n - 1 + step));
  return aProfile({
    id: sessionOf(n, n),
    name: `${pick(TRADES, n - 1)} ${n}`,
    role: `Looks after the ${pick(THINGS, n)} and its ${pick(THINGS, n * 7 + 1)}`,
    specialization: skills,
    capabilities_offered: skills,
    current_work: `The ${pick(THINGS, n * 3)} of team ${n % 40}`,
    registered_at: toInstant(now - DAYS * DAY_MS),
    updated_at: toInstant(now - DAYS * DAY_MS),
  });
}

/** A third of the sessions is alive, a third stale, a third offline. */
function beatOf({ id, name, current_work, capabilities_offered }: Profile, index: number, now: number) {
  const last_heartbeat = toInstant(now - ([60_000, 7_200_000, 9 * DAY_MS][index % 3] ?? 0));
  return aHeartbeat({ session_id: id, name, current_work, capabilities_offered, last_heartbeat });
}

function textOf(n: number): string {
  return `Build the ${pick(THINGS, n)} for ${pick(TRADES, n * 3)} of team ${n % 40}, number ${n}`;
}

function messageOf(n: number, at: number, sessions: number, random: () => number): Message {
  const to = n % 4 === 0 ? "all" : sessionOf(n * 7, sessions);
  const body = `${textOf(n)}\n\nIt is ready when ${pick(THINGS, n * 5)} and ${pick(THINGS, n * 11)} agree.`;
  return aMessage({ id: ulid(at, random), from: sessionOf(n, sessions), to, sent_at: toInstant(at), body });
}

function requestOf(n: number, at: number, sessions: number, end: "pending" | "completed"): Collaboration {
  const [from_session, to_session] = [sessionOf(n + 1, sessions), sessionOf(n, sessions)];
  const path = ["pending", "accepted", "in_progress", "completed"];
  const created_at = toInstant(at);
  return aCollaboration({
    request_id: `collab-${Math.floor(at / 1000)}-${String(n % 10_000).padStart(4, "0")}`,
    from_session,
    to_session,
    request: textOf(n),
    status: end,
    created_at,
    updated_at: created_at,
    history: path.slice(0, path.indexOf(end) + 1).map((status) => ({
      status,
      session: status === "pending" ? from_session : to_session,
      at: created_at,
    })),
  });
}
