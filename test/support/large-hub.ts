import { SETTINGS_TEXT } from "../../src/domain/hub/default-settings.ts";
import {
  archivedPath,
  collaborationPath,
  heartbeatPath,
  messagePath,
  profilePath,
} from "../../src/domain/hub/layout.ts";
import { renderBoard } from "../../src/domain/messages/board.ts";
import { encodeMessage } from "../../src/domain/messages/write.ts";
import type { Collaboration } from "../../src/domain/requests/collaboration.ts";
import { indexProfiles } from "../../src/domain/sessions/registry.ts";
import { toInstant } from "../../src/domain/values/time.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile, NOON } from "./builders.ts";
import type { HandFile } from "./hand-commit.ts";

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const HOUR = 3_600_000;

/** All files of a hub in which everything is as it should be, grown to about so many; it has lived for years. */
export function largeHub(size: number): HandFile[] {
  const sessions = Math.max(2, Math.floor(size / 50));
  const requests = Math.floor(size * 0.2);
  const messages = size - 2 * sessions - 2 * requests - 3;
  const profiles = numbers(sessions).map((n) =>
    aProfile({ id: `session-${n}`, role: "Worker", specialization: ["ui", "api"], updated_at: hoursAgo(n) }),
  );
  const texts = numbers(messages).map(messageNumber);
  const registry = { registry_version: "1.0", sessions: {} };
  return [
    { path: "coordination/hive.yaml", content: SETTINGS_TEXT },
    json("coordination/REGISTRY.json", indexProfiles(profiles, registry)),
    { path: "coordination/MESSAGES.md", content: renderBoard(texts) },
    ...profiles.map((profile) => json(profilePath(profile.id), profile)),
    ...profiles.map(({ id }) => json(heartbeatPath(id), aHeartbeat({ session_id: id }))),
    ...numbers(requests).map((n) => {
      const request = requestNumber(n, "accepted");
      return json(collaborationPath(request.request_id), request);
    }),
    ...numbers(requests).map((n) => {
      const request = requestNumber(requests + n, "completed");
      return json(archivedPath(request), request);
    }),
    ...texts.map((text) => ({ path: messagePath(text.id, text.sent_at), content: encodeMessage(text) })),
  ];
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function json(path: string, value: unknown): HandFile {
  return { path, content: `${JSON.stringify(value, null, 2)}\n` };
}

function hoursAgo(hours: number): string {
  return toInstant(Date.parse(NOON) - hours * HOUR);
}

function requestNumber(n: number, end: "accepted" | "completed"): Collaboration {
  const path = ["pending", "accepted", "in_progress", "completed"] as const;
  const steps = path.slice(0, path.indexOf(end) + 1);
  return aCollaboration({
    request_id: `collab-${1_700_000_000 + n}-k3f9`,
    status: end,
    created_at: hoursAgo(n),
    updated_at: hoursAgo(n),
    history: steps.map((status) => ({
      status,
      session: status === "pending" ? "session-2" : "session-1",
      at: hoursAgo(n),
    })),
  });
}

function messageNumber(n: number) {
  const number = [10, 5, 0].map((bits) => DIGITS[(n >> bits) & 31]).join("");
  return aMessage({
    id: `01KG9M2V00000000000000${number.padStart(4, "0")}`,
    sent_at: hoursAgo(n),
    body: "Hello",
  });
}
