import type { Claim } from "../../src/domain/claims/claim.ts";
import { DEFAULT_SETTINGS } from "../../src/domain/hub/default-settings.ts";
import {
  archivedPath,
  BOARD_PATH,
  claimPath,
  collaborationPath,
  heartbeatPath,
  messagePath,
  profilePath,
  REGISTRY_PATH,
  RETIRED_PATH,
  SETTINGS_PATH,
} from "../../src/domain/hub/layout.ts";
import { renderBoard } from "../../src/domain/messages/board.ts";
import type { Message } from "../../src/domain/messages/message.ts";
import type { Collaboration } from "../../src/domain/requests/collaboration.ts";
import { indexProfiles } from "../../src/domain/sessions/registry.ts";
import type { Heartbeat, Profile, Registry, Retired } from "../../src/domain/sessions/session.ts";
import type { Changed, HubCommit } from "../../src/domain/validation/commits.ts";
import { type HubFiles, NO_FILES } from "../../src/domain/validation/hub-files.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile, NOON } from "./builders.ts";

/** The files of a hub, generated ones as they should be; what is given replaces what a plain hub has. */
export interface Parts {
  readonly sessions?: readonly Profile[];
  readonly heartbeats?: readonly Heartbeat[];
  readonly collaborations?: readonly Collaboration[];
  readonly claims?: readonly Claim[];
  readonly archived?: readonly Collaboration[];
  readonly messages?: readonly Message[];
  readonly registry?: Registry;
  readonly retired?: Retired;
  readonly board?: string;
  readonly format?: number;
  /** The newest rules that the hub keeps. */
  readonly rules?: number;
  /** Paths of files that are there and cannot be read, or are not git-hive's. */
  readonly more?: readonly string[];
}

/** A request of session-2's that session-1 has accepted. */
export function accepted(over: object = {}): Collaboration {
  return aCollaboration({
    status: "accepted",
    history: [
      { status: "pending", session: "session-2", at: NOON },
      { status: "accepted", session: "session-1", at: NOON },
    ],
    ...over,
  });
}

export const SESSIONS = [aProfile(), aProfile({ id: "session-2" })];

/** A hub in which everything is as it should be, but for what is given. */
export function aHub(parts: Parts = {}): HubFiles {
  const sessions = parts.sessions ?? SESSIONS;
  const messages = parts.messages ?? [aMessage()];
  const files = {
    settings: [
      {
        path: SETTINGS_PATH,
        value: { ...DEFAULT_SETTINGS, format: parts.format ?? 1, rules: parts.rules ?? 0 },
      },
    ],
    taxonomy: [],
    registry: [
      {
        path: REGISTRY_PATH,
        value: parts.registry ?? indexProfiles(sessions, { registry_version: "1.0", sessions: {} }),
      },
    ],
    retired: parts.retired === undefined ? [] : [{ path: RETIRED_PATH, value: parts.retired }],
    board: [{ path: BOARD_PATH, value: parts.board ?? renderBoard(messages) }],
    attributes: [],
    sessions: sessions.map((value) => ({ path: profilePath(value.id), value })),
    heartbeats: (parts.heartbeats ?? [aHeartbeat()]).map((value) => ({
      path: heartbeatPath(value.session_id),
      value,
    })),
    collaborations: (parts.collaborations ?? [accepted()]).map((value) => ({
      path: collaborationPath(value.request_id),
      value,
    })),
    claims: (parts.claims ?? []).map((value) => ({ path: claimPath(value.key), value })),
    archived: (parts.archived ?? []).map((value) => ({ path: archivedPath(value), value })),
    messages: messages.map((value) => ({ path: messagePath(value.id, value.sent_at), value })),
  };
  const paths = Object.values(files).flatMap((held) => held.map(({ path }) => path));
  const more = parts.more ?? [];
  return { ...files, paths: new Set([...paths, ...more]), unread: new Set(more) };
}

/** The same hub with one kind of files at other paths. */
export function moved<Kind extends "messages" | "archived">(
  hub: HubFiles,
  kind: Kind,
  path: string,
): HubFiles {
  const files = hub[kind].map((held) => ({ ...held, path }));
  const paths = [...hub.paths].filter((each) => !hub[kind].some((held) => held.path === each));
  return { ...hub, [kind]: files, paths: new Set([...paths, path]) };
}

type Files = Partial<{ [Kind in keyof HubCommit["changes"]]: readonly Changed<unknown>[] }>;

/** A commit by session-1, by way of git-hive, that changed these files. */
export function aCommit(changes: Files, over: Partial<HubCommit> = {}): HubCommit {
  const none = {
    ...NO_FILES,
    originals: [],
  };
  return {
    id: "1a2b3c4d5e",
    author: "session-1",
    sessions: ["session-1"],
    kinds: ["heartbeat"],
    ops: [],
    isMerge: false,
    changes: { ...none, ...changes } as HubCommit["changes"],
    ...over,
  };
}

/** What became of a file; null where there was or is a file that nobody can read. */
export function changed<Value>(
  path: string,
  before: Value | null | undefined,
  after: Value | null | undefined,
): Changed<Value> {
  return {
    path,
    before: before ?? undefined,
    after: after ?? undefined,
    existed: before !== undefined,
    exists: after !== undefined,
  };
}
