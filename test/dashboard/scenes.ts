import { gzipSync } from "node:zlib";
import { type Dashboard, dashboard } from "../../src/domain/dashboard/dashboard.ts";
import {
  type CommitFiles,
  dashboardOf as dashboardThen,
  type PackedPast,
  type Past,
  stepsFrom,
} from "../../src/domain/dashboard/past.ts";
import type { LogEntry } from "../../src/domain/log.ts";
import { utc } from "../../src/domain/time/zone.ts";
import { toInstant } from "../../src/domain/values/time.ts";
import { aClaim, aCollaboration, aHeartbeat, aMessage, aProfile, aState, NOON } from "../support/builders.ts";

const SOURCE = {
  hub: "git@github.com:team/hub.git",
  commit: "43b6bd3c0de43b6bd3c0de43b6bd3c0de43b6bd3",
  outdated: null,
  seen_at: null,
  unreadable: 0,
};

/** An instant so many minutes before noon, or after it where the number is negative. */
export function ago(minutes: number): string {
  return toInstant(Date.parse(NOON) - minutes * 60_000);
}

/** A ULID of its own for each number. */
export function ulid(number: number): string {
  return `01KG9M2V00${String(number).padStart(16, "0")}`;
}

export function entry(text: string, number: number, over: Partial<LogEntry> = {}): LogEntry {
  return {
    op: ulid(number),
    kind: "heartbeat",
    session: "session-1",
    at: ago(number * 7),
    subject: text,
    commit: number.toString(16).padStart(40, "0"),
    ...over,
  };
}

export function dashboardOf(
  over: Parameters<typeof aState>[0],
  entries: readonly LogEntry[] = [],
  source: Partial<typeof SOURCE> = {},
): Dashboard {
  const refusals = { entries: [], isWhole: true };
  return dashboard({ state: aState(over), entries, refusals, source: { ...SOURCE, ...source } }, utc(), NOON);
}

const SESSIONS = [
  ["session-1-dashboard", "Frontend", 1, "Charts for the analytics page", "react,ui"],
  ["session-2-storage", "Storage engine", 2, "Compaction: the merge step", "rust,storage"],
  ["session-3-coordinator", "Coordination", 11, "", "coordination,review"],
  ["session-4-deployment", "Deployment", 190, "Pipeline for staging", "deployment,devops"],
  ["session-5-orchestration", "AI orchestration", 4, "Retries of the planner", "orchestration"],
  ["session-6-docs", "Documentation", 2900, "Guide for operators", "writing"],
  ["session-kim", "Lead", 30, "", "review"],
] as const;

/** An ordinary day of seven sessions, with something in every section. */
export function aDay(): Dashboard {
  const claim = (key: string, session: string, left: number, over: object = {}) =>
    aClaim({ key, patterns: [key], session, claimed_at: ago(50), until: ago(-left), ...over });
  const files = (key: string, session: string, left: number, patterns: string[], project = "analytics") =>
    claim(key, session, left, { patterns, project });
  const request = (name: string, age: number, over: object) =>
    aCollaboration({
      request_id: `collab-1769860800-${name}`,
      message_id: ulid(age),
      created_at: ago(age),
      updated_at: ago(age),
      ...over,
    });
  const step = (status: string, session: string, age: number) => ({ status, session, at: ago(age) });
  const done = (name: string, age: number, took: number) =>
    request(name, age, {
      ...{ from_session: "session-5-orchestration", to_session: "session-2-storage", status: "completed" },
      ...{ request: "Add a snapshot reader", updated_at: ago(age - took) },
      history: [
        step("accepted", "session-2-storage", age - took / 3),
        step("completed", "session-2-storage", age - took),
      ],
    });
  return dashboardOf(
    {
      settings: {
        ...aState().settings,
        github: { ...aState().settings.github, users: { kim: "session-kim" as never } },
      },
      sessions: SESSIONS.map(([id, role, , work, skills]) =>
        aProfile({
          ...{
            id,
            role,
            name: role,
            current_work: work,
            registered_at: ago(4000),
            updated_at: ago(4000),
          },
          ...(id === "session-3-coordinator"
            ? {
                needs: {
                  id: ulid(800),
                  question: "May the freeze begin at 16:00, or after the review?",
                  options: ["At 16:00", "After the review"],
                  since: ago(9),
                },
              }
            : {}),
          specialization: skills.split(","),
          ...(id === "session-kim"
            ? { availability: { hours: "Mon-Fri 09:00-12:30,13:30-17:30 Europe/Berlin" } }
            : {}),
          ...(id === "session-3-coordinator" ? { availability: { hours: "Mon-Sat 08:00-16:00 UTC" } } : {}),
        }),
      ),
      heartbeats: SESSIONS.map(([id, , age, work]) =>
        aHeartbeat({
          ...{ session_id: id, name: id, last_heartbeat: ago(age), current_work: work },
          worked_at: age < 5 ? ago(age) : ago(age + 30),
        }),
      ),
      collaborations: [
        request("k3f9", 43, {
          ...{
            from_session: "session-5-orchestration",
            to_session: "session-4-deployment",
            urgency: "urgent",
          },
          request: "Staging returns 502 since the last rollout: please look at the ingress",
        }),
        request("p0aa", 8, {
          ...{ from_session: "session-1-dashboard", to_session: "session-2-storage", urgency: "high" },
          request: "Which of the two indexes will you keep?",
        }),
        request("z9x1", 130, {
          ...{ from_session: "session-2-storage", to_session: null, to_capability: "terraform" },
          request: "A bucket with versioning for the snapshots",
        }),
        request("hh07", 260, {
          ...{ from_session: "session-1-dashboard", to_session: "session-4-deployment", status: "accepted" },
          ...{ request: "Deploy the preview of the analytics page", updated_at: ago(200) },
          history: [step("accepted", "session-4-deployment", 200)],
        }),
        request("qq21", 90, {
          ...{
            from_session: "session-3-coordinator",
            to_session: "session-2-storage",
            status: "in_progress",
          },
          ...{ request: "Bound the memory of the compaction", updated_at: ago(60) },
          history: [step("accepted", "session-2-storage", 80), step("in_progress", "session-2-storage", 60)],
        }),
        done("aa01", 3000, 240),
        done("aa02", 14_000, 600),
        done("aa03", 26_000, 120),
        done("aa04", 37_000, 900),
      ],
      claims: [
        files("src-api", "session-2-storage", 70, ["src/api/**", "src/storage/compact.ts"]),
        files("src-charts", "session-1-dashboard", 12, ["src/ui/charts/**"]),
        files("src-api-routes", "session-5-orchestration", 95, ["src/api/routes.ts"]),
        files("deploy", "session-4-deployment", 200, ["deploy/**"], "infrastructure"),
        claim("issue-42", "session-5-orchestration", 30, { note: "the retry bug" }),
      ],
      messages: [
        aMessage({
          ...{
            id: ulid(900),
            from: "session-1-dashboard",
            to: "session-kim",
            intent: "ask",
            sent_at: ago(75),
          },
          body: "May the chart library be replaced, or only wrapped?",
        }),
      ],
    },
    [
      entry(
        "request collab-1769860800-p0aa: session-1-dashboard asks session-2-storage: Which of the two indexes will you keep?",
        1,
        { kind: "request", session: "session-1-dashboard" },
      ),
      entry("claim src-charts: session-1-dashboard until 2026-01-31T12:12:00Z", 2, {
        kind: "claim",
        session: "session-1-dashboard",
      }),
      entry("heartbeat session-2-storage active: Compaction: the merge step", 3, {
        session: "session-2-storage",
      }),
      entry("complete collab-1769860800-aa01: session-2-storage: Merged", 4, {
        kind: "complete",
        session: "session-2-storage",
      }),
      entry("broadcast [high] session-3-coordinator: The freeze begins at 16:00", 5, {
        kind: "broadcast",
        session: "session-3-coordinator",
      }),
      ...Array.from({ length: 20 }, (_, index) =>
        entry("heartbeat session-5-orchestration active: Retries of the planner", index + 6, {
          session: "session-5-orchestration",
        }),
      ),
    ],
  );
}

/** A hub of many sessions after many operations. */
export function aLargeHub(sessions: number, requests: number): Dashboard {
  const id = (number: number) => `session-${number % sessions}-worker`;
  const status = ["pending", "accepted", "in_progress", "completed", "declined"];
  return dashboardOf(
    {
      sessions: Array.from({ length: sessions }, (_, index) =>
        aProfile({
          id: id(index),
          role: "Worker",
          current_work: `Task ${index}`,
          specialization: [`skill-${index % 40}`],
        }),
      ),
      heartbeats: Array.from({ length: sessions }, (_, index) =>
        aHeartbeat({ session_id: id(index), last_heartbeat: ago(index), current_work: `Task ${index}` }),
      ),
      collaborations: Array.from({ length: requests }, (_, index) =>
        aCollaboration({
          ...{
            request_id: `collab-${1_700_000_000 + index}`,
            from_session: id(index),
            to_session: id(index + 1),
          },
          ...{
            status: index % 10 === 0 ? status[(index / 10) % 3] : status[3 + (index % 2)],
            request: `Do ${index}`,
          },
          ...{ created_at: ago(index * 5 + 5), updated_at: ago(index * 5) },
        }),
      ),
      claims: Array.from({ length: sessions }, (_, index) =>
        aClaim({
          key: `key-${index}`,
          patterns: [`src/part-${index}/**`],
          project: "work",
          session: id(index),
        }),
      ),
    },
    Array.from({ length: 50 }, (_, index) => entry(`heartbeat ${id(index)} active: Task ${index}`, index)),
  );
}

/** The page's past, and the state that it ends with. */
export interface Story {
  readonly past: Past;
  readonly state: Dashboard;
}

export function pack({ past }: Story): PackedPast {
  return { steps: past.steps.length, packed: gzipSync(JSON.stringify(past)).toString("base64") };
}

function storyOf(files: Past["base"]["files"], commits: readonly Omit<CommitFiles, "commit">[]): Story {
  const [commit, entries] = ["b".repeat(40), [entry("init the hub", 9000, { kind: "init" })]];
  const base = { commit, at: ago(9000), files, entries, refusals: [], isWhole: true };
  const dated = commits.map((each, index) => ({ ...each, commit: index.toString(16).padStart(40, "c") }));
  const past = { hub: SOURCE.hub, zone: "UTC", base, steps: stepsFrom(files, dated) };
  return { past, state: { ...dashboardThen(past, dated.length), at: NOON } };
}

/** Two sessions, and a request that was made, accepted and completed. */
export function aShortStory(): Story {
  const request = aCollaboration({ request_id: "collab-1769860800-k3f9", created_at: ago(30) });
  const moved = (status: string, minutes: number) =>
    [
      `ACTIVE/COLLABORATIONS/${request.request_id}.json`,
      { ...request, status, updated_at: ago(minutes), history: [] },
    ] as const;
  const step = (kind: string, text: string, minutes: number, file: readonly [string, unknown]) => ({
    entries: [entry(text, minutes, { kind, at: ago(minutes) })],
    files: [file],
  });
  const profile = (id: string) => [`SESSIONS/${id}.json`, aProfile({ id, name: id })] as const;
  return storyOf(Object.fromEntries([profile("session-1")]), [
    step("register", "register session-2", 60, profile("session-2")),
    step(
      "request",
      "request collab-1769860800-k3f9: session-1 asks session-2: Help",
      30,
      moved("pending", 30),
    ),
    step("accept", "accept collab-1769860800-k3f9: session-2", 20, moved("accepted", 20)),
    step("complete", "complete collab-1769860800-k3f9: session-2", 10, moved("completed", 10)),
  ]);
}

/** Many sessions that work through many requests. */
export function aLongStory(sessions: number, steps: number): Story {
  const id = (number: number) => `session-${number % sessions}-worker`;
  const profiles = Array.from({ length: sessions }, (_, index) => [
    [`SESSIONS/${id(index)}.json`, aProfile({ id: id(index), specialization: [`skill-${index % 40}`] })],
    [`HEARTBEATS/${id(index)}.json`, aHeartbeat({ session_id: id(index) })],
  ]).flat();
  const commits = Array.from({ length: steps }, (_, index) => {
    const [name, minutes] = [`collab-${1_700_000_000 + (index >> 1)}`, (steps - index) * 5];
    const isNew = index % 2 === 0;
    const request = aCollaboration({
      ...{
        request_id: name,
        from_session: id(index >> 1),
        to_session: id((index >> 1) + 1),
        request: `Do ${index}`,
      },
      ...{
        status: isNew ? "pending" : "declined",
        created_at: ago((steps - (index & ~1)) * 5),
        updated_at: ago(minutes),
      },
    });
    const beat = aHeartbeat({ session_id: id(index >> 1), last_heartbeat: ago(minutes) });
    return {
      entries: [entry(isNew ? `request ${name}: help` : `decline ${name}`, index, { at: ago(minutes) })],
      files: [
        [`ACTIVE/COLLABORATIONS/${name}.json`, request],
        [`HEARTBEATS/${id(index >> 1)}.json`, beat],
      ] as const,
    };
  });
  return storyOf(Object.fromEntries(profiles), commits);
}
