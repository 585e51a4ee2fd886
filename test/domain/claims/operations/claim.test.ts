import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Claim } from "../../../../src/domain/claims/claim.ts";
import { claim } from "../../../../src/domain/claims/operations/claim.ts";
import { release } from "../../../../src/domain/claims/operations/release.ts";
import { renew } from "../../../../src/domain/claims/operations/renew.ts";
import { isLive, overlapOf, scopeOf } from "../../../../src/domain/claims/overlap.ts";
import { decide } from "../../../../src/domain/decide.ts";
import type { Decision } from "../../../../src/domain/decision.ts";
import { expire } from "../../../../src/domain/maintenance/operations/expire.ts";
import type { Operation } from "../../../../src/domain/operation.ts";
import type { Snapshot } from "../../../../src/domain/snapshot.ts";
import { toInstant } from "../../../../src/domain/values/time.ts";
import {
  aClaim,
  aHeartbeat,
  anOperation,
  aProfile,
  aState,
  changeOf,
  NOON,
} from "../../../support/builders.ts";
import { hostileText, OWN_PATH } from "../../../support/hostile.ts";
import { isOneVisibleLine, isSafeToShow } from "../../../support/unsafe.ts";

const RULES = { claim, renew, release };
const SESSIONS = ["session-1", "session-2", "session-3"];
const OTHER_OP = "01KG9M2V0000000000000000BB";

function minutesAfterNoon(minutes: number): string {
  return toInstant(Date.parse(NOON) + minutes * 60_000);
}

function hub(...claims: Claim[]): Snapshot {
  const sessions = SESSIONS.map((id) => aProfile({ id }));
  const heartbeats = SESSIONS.map((id) => aHeartbeat({ session_id: id }));
  return aState({ sessions, heartbeats, claims });
}

interface ClaimAuthor {
  readonly session?: string;
  readonly at?: string;
  readonly op?: string;
}

function claiming(state: Snapshot, patterns: string[], by: ClaimAuthor = {}, more: object = {}) {
  return decide(claim, state, anOperation({ patterns, project: "app", ...more }, { op: OTHER_OP, ...by }));
}

const BY_TWO = { session: "session-2" };

describe("claiming a free target", () => {
  it("writes the holder, start, end and note under the operation's id", () => {
    const { subject, json, paths } = changeOf(
      claiming(hub(), ["PROJ-123", "src/api/", "src/api/"], {}, { note: "Rewriting\nit" }),
    );
    expect(paths).toEqual(["ACTIVE/CLAIMS/proj-123.json", "HEARTBEATS/session-1.json"]);
    expect(json("ACTIVE/CLAIMS/proj-123.json")).toEqual({
      claim_id: OTHER_OP,
      key: "proj-123",
      patterns: ["proj-123", "src/api/**"],
      project: "app",
      session: "session-1",
      claimed_at: NOON,
      until: "2026-01-31T14:00:00Z",
      note: "Rewriting\nit",
    });
    expect(subject).toBe("claim proj-123, src/api/**: session-1 until 2026-01-31T14:00:00Z: Rewriting it");
  });

  it.each([
    [["deploy:prod"], "deploy.prod"],
    [["src/api/**", "x.ts"], "src-api-000000bb"],
    [["./Makefile"], "makefile-000000bb"],
    [["**"], "files-000000bb"],
    [["字/字.ts"], "ts-000000bb"],
    [["src/api/**", "issue-7"], "issue-7"],
  ])("%j is found under %s", (patterns, key) => {
    expect(changeOf(claiming(hub(), patterns)).result.claim.key).toBe(key);
  });

  it("names no project if no file is claimed", () => {
    expect(changeOf(claiming(hub(), ["issue-1"])).result.claim).not.toHaveProperty("project", "app");
  });

  it.each([
    ["for", "59s"],
    ["for", "8d"],
    ["for", "soon"],
    ["patterns", []],
    ["patterns", ["../x"]],
    ["patterns", Array.from({ length: 65 }, (_, index) => `k${index}`)],
    ["project", undefined],
    ["note", ""],
  ])("is refused by its schema with %s %j", (key, value) => {
    expect(() => claiming(hub(), ["a/b"], {}, { [key]: value })).toThrow();
  });

  it("lasts as long as the author asks", () => {
    expect(changeOf(claiming(hub(), ["k"], {}, { for: "7d" })).result.claim.until).toBe(
      "2026-02-07T12:00:00Z",
    );
  });
});

describe("claiming a target that another session holds", () => {
  const held = aClaim({
    key: "src-k3f9a2bc",
    patterns: ["docs/**", "src/**"],
    project: "app",
    note: "Big `move`\u202e",
  });

  it("is refused with the holder, the overlap, the end, the note and the command to ask", () => {
    expect(claiming(hub(held), ["issue-1", "src/api/*.ts"], BY_TWO)).toEqual({
      kind: "refusal",
      code: "claimed",
      message:
        'session-1 holds src/** in app until 2026-01-31T14:00:00Z, and src/api/*.ts overlaps it. Its note, unverified: "Big `move`\\\\u{202e}".',
      hint: 'Ask for it: hive request session-1 "May I have src/**?". Other sessions can claim it from 2026-01-31T14:00:00Z on. List all claims: hive claims',
    });
  });

  it("says how many more claims overlap", () => {
    const more = aClaim({ session: "session-3" });
    const refusal = claiming(hub(held, more), ["issue-42", "src/x"], BY_TWO);
    expect(refusal).toMatchObject({
      message: "session-3 holds issue-42 until 2026-01-31T14:00:00Z, other overlapping claims: 1.",
    });
  });

  it("is allowed in another project, and if nothing overlaps", () => {
    expect(claiming(hub(held), ["src/**"], BY_TWO, { project: "web" }).kind).toBe("change");
    expect(claiming(hub(held), ["test/**"], BY_TWO).kind).toBe("change");
  });

  it("claims all targets or none", () => {
    expect(claiming(hub(aClaim()), ["free", "ISSUE-42"], BY_TWO).kind).toBe("refusal");
  });

  it("quotes hostile words only as far as they are safe to show and to copy", () => {
    return fc.assert(
      fc.property(hostileText, hostileText, (text, note) => {
        const patterns = [`a/${text}*`];
        const lease = Claim.safeParse({ ...aClaim(), patterns, project: "app", note: note.slice(0, 400) });
        if (!lease.success) return;
        const refusal = claiming(hub(lease.data), ["a/**"], BY_TWO);
        if (refusal.kind !== "refusal") throw new Error("a/** overlaps it");
        expect(isSafeToShow(refusal.message + refusal.hint)).toBe(true);
        // Within single quotes a shell leaves everything as it is.
        expect(refusal.hint).toMatch(
          /^Ask for it: hive request session-1 (?:'|"[^"`$\\!]*"\. Other sessions can claim it)/,
        );
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a claim that has lapsed", () => {
  const old = aClaim({ key: "src-k3f9a2bc", patterns: ["src/**"], project: "app" });

  it("is live before the second in which it ends, and not in that second", () => {
    expect(claiming(hub(old), ["src/x"], { ...BY_TWO, at: "2026-01-31T13:59:59Z" }).kind).toBe("refusal");
    expect(claiming(hub(old), ["src/x"], { ...BY_TWO, at: "2026-01-31T14:00:00Z" }).kind).toBe("change");
  });

  it("is taken over in the same commit: replaced, or removed", () => {
    const at = minutesAfterNoon(121);
    const { paths, text, result } = changeOf(
      claiming(hub(old, aClaim()), ["issue-42", "src/x"], { ...BY_TWO, at }),
    );
    const notices = paths.filter((path) => path.startsWith("MESSAGES/"));
    expect(paths).toEqual([
      "ACTIVE/CLAIMS/issue-42.json",
      "ACTIVE/CLAIMS/src-k3f9a2bc.json",
      "HEARTBEATS/session-2.json",
      "MESSAGES.md",
      ...notices,
    ]);
    expect(text("ACTIVE/CLAIMS/src-k3f9a2bc.json")).toBe("");
    expect(notices.map((path) => text(path))).toEqual([
      expect.stringContaining(
        "Your claim issue-42 lapsed at 2026-01-31T14:00:00Z and session-2 has taken it over",
      ),
      expect.stringContaining("Your claim src-k3f9a2bc in app lapsed"),
    ]);
    expect(text(notices[0] ?? "")).toContain('to: "session-1"');
    expect(result.claim).toMatchObject({ claim_id: OTHER_OP, session: "session-2", claimed_at: at });
    expect(result.taken_over.map(({ key }) => key)).toEqual(["issue-42", "src-k3f9a2bc"]);
  });

  it("gets a new id even if its earlier holder claims it again", () => {
    const { result } = changeOf(claiming(hub(aClaim()), ["issue-42"], { at: minutesAfterNoon(121) }));
    expect(result.claim).toMatchObject({ claim_id: OTHER_OP, claimed_at: minutesAfterNoon(121) });
  });

  it("is judged by the instant of the operation, not by the later instant of its landing", () => {
    const later = aClaim({ claimed_at: minutesAfterNoon(200), until: minutesAfterNoon(260) });
    expect(claiming(hub(later), ["issue-42"], { ...BY_TWO, at: minutesAfterNoon(5) }).kind).toBe("refusal");
  });

  it("is removed by expire", () => {
    const live = aClaim({ key: "b", patterns: ["b"], until: minutesAfterNoon(200) });
    const operation = anOperation({}, { session: "git-hive", at: minutesAfterNoon(120) });
    const { subject, paths, text, result } = changeOf(decide(expire, hub(old, live, aClaim()), operation));
    expect(result.lapsed).toEqual(["issue-42", "src-k3f9a2bc"]);
    const notices = paths.filter((path) => path.startsWith("MESSAGES/"));
    expect(notices.map((path) => text(path))).toEqual([
      expect.stringContaining("Your claim issue-42 lapsed at 2026-01-31T14:00:00Z and was removed"),
      expect.stringContaining("Your claim src-k3f9a2bc in app lapsed"),
    ]);
    expect(paths.filter((path) => path.startsWith("ACTIVE/"))).toEqual([
      "ACTIVE/CLAIMS/issue-42.json",
      "ACTIVE/CLAIMS/src-k3f9a2bc.json",
    ]);
    expect(subject).toBe("expire: issue-42, src-k3f9a2bc lapsed");
  });
});

describe("claiming a target that the author holds", () => {
  const own = aClaim({ patterns: ["issue-42", "src/**"], project: "app", note: "Why", ticket: 7 });

  it("renews the same claim, adds new targets and keeps unknown keys", () => {
    const { json } = changeOf(claiming(hub(own), ["src/**", "docs/**"], { at: minutesAfterNoon(60) }));
    expect(json("ACTIVE/CLAIMS/issue-42.json")).toEqual({
      ...own,
      patterns: ["issue-42", "src/**", "docs/**"],
      renewed_at: minutesAfterNoon(60),
      until: minutesAfterNoon(180),
    });
  });

  it("never ends it sooner", () => {
    expect(changeOf(claiming(hub(own), ["issue-42"], {}, { for: "1m" })).result.claim.until).toBe(own.until);
  });

  it("takes a separate claim for another project or other targets", () => {
    const other = changeOf(claiming(hub(own), ["issue-42", "lib/**"], {}, { project: "web" })).result.claim;
    expect(other).toMatchObject({ key: "issue-42-000000bb", project: "web", claim_id: OTHER_OP });
    expect(changeOf(claiming(hub(own), ["src/x"])).result.claim.claim_id).toBe(OTHER_OP);
  });

  it("takes a second claim if the first is full", () => {
    const patterns = Array.from({ length: 64 }, (_, index) => `k${index}`);
    const { result } = changeOf(claiming(hub(aClaim({ key: "k0", patterns })), ["k1", "new"]));
    expect(result.claim).toMatchObject({ key: "k1", patterns: ["k1", "new"] });
  });
});

describe.each(["renew", "release"] as const)("%s", (verb) => {
  const own = aClaim({ patterns: ["issue-42", "src/**"], project: "app" });
  const late = minutesAfterNoon(180);
  const attempt = (state: Snapshot, input: object, by: ClaimAuthor = {}): Decision<{ claim: Claim }> =>
    decide(RULES[verb] as typeof release, state, anOperation(input, by));

  it.each([
    ["its key", { claim: "Issue-42" }],
    ["one of its targets", { claim: "src/", project: "app" }],
    ["its id too", { claim: "issue-42", claim_id: own.claim_id }],
  ])("takes %s", (_, input) => {
    expect(changeOf(attempt(hub(own), input)).result.claim.key).toBe("issue-42");
  });

  it("is refused to another session, also after a lapse and a new claim by that session", () => {
    const refusal = {
      code: "not_holder",
      message: expect.stringMatching(/^session-1 holds issue-42 until /),
    };
    expect(attempt(hub(own), { claim: "issue-42" }, BY_TWO)).toMatchObject(refusal);
    expect(
      attempt(hub(aClaim({ claim_id: OTHER_OP })), { claim: "issue-42" }, { ...BY_TWO, at: NOON }),
    ).toMatchObject(refusal);
  });

  it("is refused if the id names another claim", () => {
    expect(attempt(hub(own), { claim: "issue-42", claim_id: OTHER_OP })).toMatchObject({
      code: "other_claim",
    });
  });

  it.each([
    ["nobody holds it", hub(), { claim: "issue-42" }],
    ["what another held has lapsed", hub(aClaim({ session: "session-2" })), { claim: "issue-42" }],
    ["it is a path of another project", hub(own), { claim: "src/**", project: "web" }],
    ["it is a path within one that is held", hub(own), { claim: "src/x", project: "app" }],
  ])("is refused where %s", (_, state, input) => {
    expect(attempt(state, input, { at: late })).toMatchObject({ code: "unknown_claim" });
  });
});

describe.each(["renew", "release"] as const)("%s of a path that a claim holds by another target", (verb) => {
  const refused = (claims: readonly Claim[], claim: string) =>
    decide(RULES[verb] as typeof release, hub(...claims), anOperation({ claim, project: "app" }));
  const paths = (...patterns: string[]) => aClaim({ patterns, project: "app" });

  it.each([
    ["src/a.js", ["src/**"], "You hold src/a.js by src/**, and not by itself.", "'src/**'"],
    ["src/*.js", ["src/a.js", "docs/**"], "You hold src/*.js by src/a.js, and not by itself.", "'src/a.js'"],
    ["src/ui/a.js", ["**"], "You hold src/ui/a.js by **, and not by itself.", "'**'"],
    ["./src", ["src/ui/**"], "src is a folder, and you hold of it: src/ui/**.", "'src/ui/**'"],
    ["src", ["src/ui/**"], "src is a folder, and you hold of it: src/ui/**.", "'src/ui/**'"],
    ["src/**", ["src/ui/**"], "src/** is a folder, and you hold of it: src/ui/**.", "'src/ui/**'"],
  ])("says how it is held and what works: %s of %j", (wanted, held, message, named) => {
    expect(refused([paths(...held)], wanted)).toMatchObject({
      code: "unknown_claim",
      message,
      hint: `${verb === "renew" ? "Renew" : "Release"} that: hive ${verb} ${named}`,
    });
  });

  it("names the other session where that holds it", () => {
    expect(
      refused([{ ...paths("src/**"), session: "session-2" as Claim["session"] }], "src/a.js"),
    ).toMatchObject({
      message: `You hold no claim on src/a.js: session-2 holds src/** until 2026-01-31T14:00:00Z, and only session-2 may ${verb} it.`,
    });
  });

  it.each(["issue-9", "docs/a.md", "srcs"])("says nothing of it for what is none: %s", (wanted) => {
    expect(refused([paths("src/**", "tests/**")], wanted)).toMatchObject({
      message: expect.stringContaining("never claimed"),
    });
  });
});

describe("renewing", () => {
  const at = minutesAfterNoon(180);

  it("starts the lease now, also for a lapsed claim that no session took", () => {
    const { json, subject } = changeOf(
      decide(renew, hub(aClaim({ ticket: 7 })), anOperation({ claim: "issue-42" }, { at })),
    );
    const until = minutesAfterNoon(300);
    expect(json("ACTIVE/CLAIMS/issue-42.json")).toEqual(aClaim({ ticket: 7, renewed_at: at, until }));
    expect(subject).toBe(`renew issue-42: session-1 until ${until}`);
  });

  it("is refused if the claim lapsed and another session took an overlapping target", () => {
    const own = aClaim({ key: "a", patterns: ["src/**"], project: "app" });
    const taken = aClaim({
      key: "b",
      patterns: ["src/x"],
      project: "app",
      session: "session-2",
      until: minutesAfterNoon(240),
    });
    const refusal = decide(renew, hub(own, taken), anOperation({ claim: "a" }, { at }));
    expect(refusal).toMatchObject({
      code: "claimed",
      message: expect.stringContaining("session-2 holds src/x"),
    });
  });
});

describe("releasing", () => {
  it("frees all targets of the claim", () => {
    const own = aClaim({ patterns: ["issue-42", "src/**"], project: "app" });
    const { subject, text, paths } = changeOf(
      decide(release, hub(own), anOperation({ claim: "src/**", project: "app" })),
    );
    expect([paths[0], text("ACTIVE/CLAIMS/issue-42.json")]).toEqual(["ACTIVE/CLAIMS/issue-42.json", ""]);
    expect(subject).toBe("release issue-42, src/**: session-1");
  });
});

/* Sessions that claim, renew and release at random, with clocks that are wrong by up to an hour. */

const target = fc.constantFrom("k", "a/**", "a/b", "a/*.ts", "**/b", "c", "c/");
const act = fc.record({
  verb: fc.constantFrom("claim", "claim", "renew", "release"),
  session: fc.constantFrom(...SESSIONS),
  targets: fc.array(target, { minLength: 1, maxLength: 2 }),
  wait: fc.integer({ min: 0, max: 90 }),
  skew: fc.integer({ min: -60, max: 60 }),
});

function apply(state: Snapshot, decision: Decision<unknown>): Snapshot {
  if (decision.kind !== "change") return state;
  const claims = new Map(state.claims);
  for (const { path, value } of decision.files.filter((file) => file.path.includes("/CLAIMS/"))) {
    for (const key of claims.keys()) if (path.endsWith(`/${key}.json`)) claims.delete(key);
    if (value !== undefined) {
      const written = Claim.parse(value);
      claims.set(written.key, written);
    }
  }
  return { ...state, claims };
}

type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

/** The operation of one act, at a number of minutes after the start. */
function operationOf({ verb, session, targets, skew }: Act, index: number, minutes: number) {
  const input = verb === "claim" ? { patterns: targets } : { claim: targets[0] };
  const op = `01KG9M2V00000000000000${1000 + index}`;
  return anOperation(
    { ...input, project: "app" },
    { op, session, at: minutesAfterNoon(100 + minutes + skew) },
  );
}

function expectOneHolder({ claims }: Snapshot): void {
  const all = [...claims.values()];
  const pairs = all.flatMap((one, index) => all.slice(index + 1).map((other) => [one, other] as const));
  const shared = pairs.filter(
    ([one, other]) => one.session !== other.session && overlapOf(scopeOf(one), scopeOf(other)),
  );
  expect(shared).toEqual([]);
}

function expectUntouched(
  before: Snapshot,
  after: Snapshot,
  { session, at }: Pick<Operation, "session" | "at">,
): void {
  const others = [...before.claims.values()].filter((each) => each.session !== session && isLive(each, at));
  for (const each of others) expect(after.claims.get(each.key)).toEqual(each);
}

/** The result of an operation; undefined if its schema refuses the input. Any other error is a bug. */
function outcome(run: () => Decision<unknown>): Decision<unknown> | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && "issues" in error) return undefined;
    throw error;
  }
}

function expectHarmless(decision: Decision<unknown> | undefined): void {
  if (decision?.kind === "refusal") expect(isSafeToShow(decision.message + decision.hint)).toBe(true);
  if (decision?.kind !== "change") return;
  expect(isOneVisibleLine(decision.subject)).toBe(true);
  for (const { path } of decision.files) expect(path).toMatch(OWN_PATH);
  const written = decision.files.filter(({ path, text }) => path.includes("/CLAIMS/") && text !== undefined);
  for (const { text = "" } of written) expect(Claim.safeParse(JSON.parse(text)).success).toBe(true);
}

describe("for any acts of the sessions", () => {
  it("no two sessions hold the same target, and each claim stays with its holder until it lapses", () => {
    return fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        let [state, minutes] = [hub(), 0];
        for (const [index, each] of acts.entries()) {
          minutes += each.wait;
          const operation = operationOf(each, index, minutes);
          const before = state;
          state = apply(state, decide(RULES[each.verb as "release"], state, operation));
          expectOneHolder(state);
          expectUntouched(before, state, operation);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("hostile targets and notes become valid files of the hub or are refused", () => {
    return fc.assert(
      fc.property(hostileText, hostileText, (text, note) => {
        const operations = [
          () => decide(claim, hub(aClaim()), anOperation({ patterns: [text], note, project: "app" })),
          () => decide(claim, hub(aClaim()), anOperation({ patterns: ["k", `${text}/`], project: "app" })),
          () => decide(release, hub(aClaim()), anOperation({ claim: text, project: "app" })),
          () => decide(renew, hub(aClaim()), anOperation({ claim: text, claim_id: note })),
        ];
        for (const operation of operations) expectHarmless(outcome(operation));
      }),
      { numRuns: 3000 },
    );
  });
});
