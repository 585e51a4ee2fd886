import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Io } from "../../src/cli/io.ts";
import { renderMarket, renderSkill } from "../../src/cli/render/market.ts";
import { quote } from "../../src/cli/render/quoted.ts";
import { type Page, plainText } from "../../src/cli/render/table.ts";
import { terminalLines } from "../../src/cli/render/terminal.ts";
import { Times } from "../../src/cli/render/times.ts";
import { decide } from "../../src/domain/decide.ts";
import type { Decision } from "../../src/domain/decision.ts";
import { importSeed } from "../../src/domain/maintenance/operations/import.ts";
import { broadcast } from "../../src/domain/messages/operations/broadcast.ts";
import { accept } from "../../src/domain/requests/operations/accept.ts";
import { request } from "../../src/domain/requests/operations/request.ts";
import { findHelp } from "../../src/domain/search/find-help.ts";
import { skills } from "../../src/domain/search/market.ts";
import { match } from "../../src/domain/search/match.ts";
import { heartbeat } from "../../src/domain/sessions/operations/heartbeat.ts";
import { offer } from "../../src/domain/sessions/operations/offer.ts";
import { register } from "../../src/domain/sessions/operations/register.ts";
import { withdraw } from "../../src/domain/sessions/operations/withdraw.ts";
import { utc } from "../../src/domain/time/zone.ts";
import { isSessionId } from "../../src/domain/values/session-id.ts";
import { firstLine } from "../../src/domain/values/visible.ts";
import { translate } from "../../src/importers/bash-tools/translate.ts";
import { parseMessage } from "../../src/store/decoding/front-matter.ts";
import {
  aCollaboration,
  aHeartbeat,
  anOperation,
  aProfile,
  aState,
  changeOf,
  NOON,
} from "../support/builders.ts";
import { hostileId, hostileText, OWN_PATH } from "../support/hostile.ts";
import { makeWorld } from "../support/test-world.ts";
import { times } from "../support/times.ts";
import { isOneVisibleLine, isSafeToShow } from "../support/unsafe.ts";

/* Passes ids and texts through schema, decision, file and terminal, without git. */

const SESSIONS = [aProfile(), aProfile({ id: "session-2", specialization: ["react"] })];
const STATE = aState({ sessions: SESSIONS, collaborations: [aCollaboration()] });

const READER = { times: new Times(NOON, true, utc), session: undefined };

/** A page as programs and as users read it. */
const shown = (page: Page) => `${plainText(page)}\n${terminalLines(page, 60, (_, text) => text).join("\n")}`;

/** Decides an operation; undefined where its schema refuses the input. Another error is a bug. */
function outcome<Result>(run: () => Decision<Result>): Decision<Result> | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof Error && "issues" in error) return undefined;
    throw error;
  }
}

function expectOwnFiles(decision: Decision<unknown> | undefined): void {
  if (decision?.kind !== "change") return;
  expect(decision.files.filter(({ path }) => !OWN_PATH.test(path))).toEqual([]);
  for (const { path, text = "" } of decision.files) {
    // Originals are kept byte for byte.
    if (path.includes("/ARCHIVE/IMPORT/")) continue;
    expect(text.endsWith("\n")).toBe(true);
    if (path.endsWith(".json")) expect(() => JSON.parse(text)).not.toThrow();
  }
  expect(isOneVisibleLine(decision.subject)).toBe(true);
}

/** Renders a value for a terminal in every form that commands use. */
function printed(value: unknown, text: string): string {
  const world = makeWorld({ env: {}, directory: "/", home: "/", random: () => 0 }, { now: Date.parse(NOON) });
  const io = new Io(world, { json: true });
  io.json(value);
  io.note(text);
  io.error({ code: "usage", message: text, hint: text });
  new Io(world, {}).error({ code: "usage", message: text, hint: text });
  const columns = [0, 1].map((giveWay) => ({ head: "A", giveWay, isWrapped: giveWay === 1 }));
  io.lines(shown([...quote(text), { columns, rows: [[text, text]] }, firstLine(text, 40)]));
  return world.printed.out + world.printed.err;
}

describe("hostile texts", () => {
  it("become files of the hub or are refused, and are printed safely, 3,000 times", () => {
    return fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (text, other) => {
        const told = outcome(() => decide(broadcast, STATE, anOperation({ text, priority: "high" })));
        const decisions = [
          told,
          outcome(() => decide(request, STATE, anOperation({ to: "session-2", text, urgency: "urgent" }))),
          outcome(() =>
            decide(register, STATE, anOperation({ name: text, role: other, work: text, skills: [other] })),
          ),
          outcome(() => decide(offer, STATE, anOperation({ skill: text, note: other }))),
          outcome(() => decide(withdraw, STATE, anOperation({ skill: text }))),
          outcome(() => decide(heartbeat, STATE, anOperation({ work: text }))),
          outcome(() => decide(accept, STATE, anOperation({ request: "collab-1", note: text }))),
          outcome(() => decide(accept, STATE, anOperation({ request: text }))),
        ];
        for (const decision of decisions) expectOwnFiles(decision);
        expect(isSafeToShow(printed(decisions, text))).toBe(true);
        if (told?.kind !== "change") return;
        const change = changeOf(told);
        const file = change.text(change.paths.find((path) => path.startsWith("MESSAGES/")) ?? "");
        expect(await parseMessage(file)).toEqual(told.result.message);
      }),
      { numRuns: times(1500) },
    );
  });

  it("never fail as a capability or as a task, 2,000 times", () => {
    const heartbeats = [aHeartbeat({ session_id: "session-2" })];
    return fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (text, tag) => {
        const tags = tag === "" ? [] : [tag.slice(0, 400)];
        const odd = aProfile({ id: "session-3", specialization: tags, role: text.slice(0, 4000) });
        const state = aState({ sessions: [...SESSIONS, odd], heartbeats });
        const views = [await findHelp(state, text, NOON), match(state, text, NOON)] as const;
        const market = renderMarket(skills(state, NOON), READER);
        expect(isSafeToShow(shown(market) + shown(renderSkill(skills(state, NOON, tag), tag, READER)))).toBe(
          true,
        );
        expect(isSafeToShow(printed(views, JSON.stringify(views)))).toBe(true);
        for (const command of views[1].next) expect(command).not.toMatch(/[\n\r]/);
      }),
      { numRuns: times(1000) },
    );
  });
});

describe("hostile ids", () => {
  it("are refused, or name one file each", () => {
    return fc.assert(
      fc.property(hostileId, (id) => {
        const asked = outcome(() =>
          decide(request, STATE, anOperation({ to: id, text: "Help", urgency: "normal" })),
        );
        if (!isSessionId(id)) expect(asked).toBeUndefined();
        const moved = outcome(() => decide(accept, STATE, anOperation({ request: id })));
        for (const decision of [asked, moved]) {
          expectOwnFiles(decision);
          expect(isSafeToShow(printed(decision, JSON.stringify(decision) ?? ""))).toBe(true);
        }
        if (isSessionId(id)) expectOwnFiles(decide(register, STATE, anOperation({}, { session: id })));
      }),
      { numRuns: times(1500) },
    );
  });
});

describe("hostile files of the old tools", () => {
  const path = fc.oneof(
    fc.constantFrom("REGISTRY.json", "MESSAGES.md", "session-1.json", "HEARTBEATS/a.json"),
    hostileText,
    hostileText.map((text) => `session-${text}.json`),
    hostileText.map((text) => `HEARTBEATS/${text}.json`),
    hostileText.map((text) => `ACTIVE/COLLABORATIONS/${text}.json`),
    hostileText.map((text) => `messages/direct/${text}/${text}.json`),
  );
  const keys =
    "id session_id name role from to message from_session to_session request request_id sessions timestamp";
  const key = fc.constantFrom(...keys.split(" "));
  const content = fc.oneof(
    hostileText,
    fc
      .dictionary(key, fc.oneof(hostileText, fc.dictionary(key, hostileText)))
      .map((object) => JSON.stringify(object)),
    fc.tuple(hostileText, hostileText).map(([from, text]) => `---\n\n**From:** ${from}\n\n${text}\n`),
  );
  const files = fc.uniqueArray(
    fc.record({ path, bytes: content.map((text) => new TextEncoder().encode(text)) }),
    { minLength: 1, maxLength: 4, selector: (file) => file.path },
  );

  it("become files of the hub or are reported", () => {
    return fc.assert(
      fc.property(files, (left) => {
        const decision = decide(importSeed, STATE, anOperation(translate(left), { session: "git-hive" }));
        expectOwnFiles(decision);
        expect(isSafeToShow(printed(decision, JSON.stringify(decision)))).toBe(true);
      }),
      { numRuns: times(750) },
    );
  });
});
