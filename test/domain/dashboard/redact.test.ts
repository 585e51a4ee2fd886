import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillPage } from "../../../src/dashboard/fill-page.ts";
import { badge } from "../../../src/domain/dashboard/badge.ts";
import type { Dashboard } from "../../../src/domain/dashboard/dashboard.ts";
import { redact } from "../../../src/domain/dashboard/redact.ts";
import { summaryOf } from "../../../src/domain/dashboard/summary.ts";
import { DEFAULT_SETTINGS } from "../../../src/domain/hub/default-settings.ts";
import { aDay, ago, aLargeHub, dashboardOf, entry, ulid } from "../../dashboard/scenes.ts";
import { aClaim, aCollaboration, aHeartbeat, aMessage, aProfile } from "../../support/builders.ts";
import { hostileText } from "../../support/hostile.ts";
import { times } from "../../support/times.ts";

/** A word that stands in every text, so that a text that is published shows. */
const CANARY = "zqcanaryqz";

const marked = fc.tuple(hostileText, hostileText).map(([before, after]) => {
  const text = `${[...before].slice(0, 40).join("")}${CANARY}${[...after].slice(0, 40).join("")}`;
  return text.replaceAll("\0", " ").slice(0, 390);
});

/** A hub in which each text that somebody wrote is one of the given ones. */
function hubOf(texts: readonly string[], statuses: readonly string[], minutes: readonly number[]): Dashboard {
  let next = 0;
  const text = () => texts[next++ % texts.length] as string;
  const minute = (index: number) => minutes[index % minutes.length] as number;
  const id = (index: number) => `session-${index}`;
  const many = statuses.map((status, index) => ({ status, index }));
  const state = {
    settings: {
      ...DEFAULT_SETTINGS,
      github: { ...DEFAULT_SETTINGS.github, users: { [CANARY]: id(1) as never } },
    },
    sessions: many.map(({ index }) =>
      aProfile({
        ...{ id: id(index), name: text(), role: text(), current_work: text(), work_before_pause: text() },
        offers: [{ skill: "rust", note: text(), since: ago(10) }],
        specialization: ["rust"],
        ...(index % 3 === 0 ? { status: "paused", availability: { hours: "Mon 09:00-10:00 UTC" } } : {}),
        ...(index % 2 === 0
          ? {
              needs: {
                id: ulid(index),
                question: text(),
                options: [text().slice(0, 99), CANARY],
                since: ago(3),
              },
            }
          : {}),
      }),
    ),
    heartbeats: many.map(({ index }) =>
      aHeartbeat({
        ...{ session_id: id(index), name: text(), current_work: text(), last_heartbeat: ago(minute(index)) },
        ...(index % 3 === 0 ? { status: "paused" } : {}),
      }),
    ),
    collaborations: many.map(({ status, index }) =>
      aCollaboration({
        ...{ request_id: `collab-${index}-aaaa`, from_session: id(index), request: text(), status },
        to_session: index % 4 === 0 ? null : id((index + 1) % many.length),
        ...(index % 4 === 0 ? { to_capability: "rust" } : {}),
        ...{ evidence: text(), created_at: ago(minute(index)), updated_at: ago(minute(index)) },
        history: [{ status, session: id(index), at: ago(minute(index)), note: text() }],
      }),
    ),
    claims: many.map(({ index }) =>
      aClaim({
        ...{ key: `key-${index}`, patterns: ["src/**"], project: "app", session: id(index), note: text() },
      }),
    ),
    messages: many.map(({ index }) =>
      aMessage({
        ...{ id: ulid(index), from: id(index), to: id((index + 1) % many.length), intent: "ask" },
        ...{ subject: text(), body: text(), sent_at: ago(minute(index)) },
      }),
    ),
  };
  const entries = many.flatMap(({ index }) => [
    entry(`accept collab-${index}-aaaa: session-${index}: ${text()}`, index, { kind: "accept" }),
    entry(`broadcast [high] session-${index}: ${text()}`, index, { kind: "broadcast" }),
    entry(text(), index, { kind: text(), session: text() }),
    entry(text(), index, { op: null, kind: CANARY, session: CANARY }),
    entry(text(), index, { op: null, kind: "commit", session: `${CANARY}-session` }),
  ]);
  const hub = dashboardOf(state, entries, { outdated: text() as never });
  const refused = { ...hub.metrics.refused, by_kind: { [CANARY]: 2, claim: 1 } };
  return { ...hub, metrics: { ...hub.metrics, refused } };
}

const hubs = fc
  .tuple(
    fc.array(marked, { minLength: 3, maxLength: 9 }),
    fc.array(
      fc.constantFrom("pending", "accepted", "in_progress", "completed", "declined", "cancelled", "expired"),
      { minLength: 2, maxLength: 9 },
    ),
    fc.array(fc.nat(20_000), { minLength: 1, maxLength: 5 }),
  )
  .map(([texts, statuses, minutes]) => hubOf(texts, statuses, minutes));

const formsOf = (state: Dashboard) => ({
  page: fillPage(state),
  json: JSON.stringify(state),
  summary: summaryOf(state),
  badge: badge(state),
});

describe("a redacted dashboard", () => {
  it("has nothing that somebody wrote, in no form", () => {
    return fc.assert(
      fc.property(hubs, (state) => {
        const shown = Object.entries(formsOf(redact(state)));
        expect(shown.filter(([, text]) => text.toLowerCase().includes(CANARY)).map(([form]) => form)).toEqual(
          [],
        );
      }),
      { numRuns: times(12) },
    );
  });

  it("is made of a dashboard that has it, in each of the sections", () => {
    const state = hubOf([CANARY], ["pending", "accepted", "completed", "pending"], [3000, 20]);
    const { unanswered, silent, sessions, requests, claims, events, outdated } = state;
    for (const part of [unanswered, silent, sessions, requests, claims, events, outdated])
      expect(JSON.stringify(part)).toContain(CANARY);
  });

  it("keeps ids, states, sessions, skills, times, counts and paths", () => {
    const [full, state] = [aDay(), redact(aDay())];
    const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
    expect(ids(state.unanswered)).toEqual(ids(full.unanswered));
    expect(ids(state.silent)).toEqual(ids(full.silent));
    expect(state.sessions.map(({ id, presence, status }) => [id, presence, status])).toEqual(
      full.sessions.map(({ id, presence, status }) => [id, presence, status]),
    );
    expect(state.requests.map(({ id, status, since }) => [id, status, since])).toEqual(
      full.requests.map(({ id, status, since }) => [id, status, since]),
    );
    for (const part of ["overlaps", "summary", "week", "skills", "metrics", "commit", "at"] as const)
      expect(state[part]).toEqual(full[part]);
    expect(JSON.stringify(state.claims)).toContain('"name":"src"');
    expect(state).toMatchObject({ redacted: true });
    expect(full).toMatchObject({ redacted: false });
  });

  it("says in place of each text that it is not published", () => {
    const { unanswered, sessions, requests } = redact(aDay());
    for (const row of [...unanswered, ...requests]) expect(row.text).toBe("(not published)");
    for (const row of sessions) expect(row.work).toBe("(not published)");
  });

  it("names the kind and the request of an operation, and no author of a commit by hand", () => {
    const state = dashboardOf({ sessions: [aProfile({ id: "session-2" })] }, [
      entry("accept collab-1769860800-k3f9: session-2: After lunch", 1, {
        kind: "accept",
        session: "session-2",
      }),
      entry("Tidy up", 2, { op: null, kind: "commit", session: "alice" }),
    ]);
    expect(redact(state).events.map(({ text }) => text)).toEqual([
      "session-2: accept collab-1769860800-k3f9",
      "somebody: other",
    ]);
  });

  it("leads to a request by its id, because the other command has words of it", () => {
    const state = redact(aLargeHub(3, 30));
    const nexts = state.unanswered.map(({ kind, id, next }) => [kind, next === `hive thread ${id}`]);
    expect(new Set(nexts.map(String))).toEqual(new Set(["request,true"]));
  });
});
