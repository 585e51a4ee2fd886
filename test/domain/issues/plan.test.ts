import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Issue } from "../../../src/domain/issues/issue.ts";
import { type Mark, readMark, writeMark } from "../../../src/domain/issues/mark.ts";
import { planPublish } from "../../../src/domain/issues/plan.ts";
import { composeBody } from "../../../src/domain/issues/posting.ts";
import type { Message } from "../../../src/domain/messages/message.ts";
import type { Collaboration } from "../../../src/domain/requests/collaboration.ts";
import { aCollaboration, aMessage, aState, NOON } from "../../support/builders.ts";

const IDS = ["01KG9M2V0000000000000000AA", "01KG9M2V0000000000000000AB", "01KG9M2V0000000000000000AC"];
const REQUESTS = ["collab-1769860800-aaaa", "collab-1769860800-bbbb"];

const message: fc.Arbitrary<Message> = fc
  .record({
    id: fc.constantFrom(...IDS),
    to: fc.constantFrom("all", "session-2", "#deploy"),
    priority: fc.constantFrom("normal", "high", "urgent"),
    sent_at: fc.constantFrom(NOON, "2026-01-30T12:00:00Z", "2026-01-01T12:00:00Z"),
    body: fc.string(),
  })
  .map(aMessage);

const request: fc.Arbitrary<Collaboration> = fc
  .record({
    request_id: fc.constantFrom(...REQUESTS),
    urgency: fc.constantFrom("normal", "urgent"),
    status: fc.constantFrom("pending", "accepted", "completed", "declined"),
  })
  .map(aCollaboration);

const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.constantFrom(...IDS).map((id) => ({ kind: "broadcast", id }) as const),
  fc.constantFrom(...REQUESTS).map((id) => ({ kind: "request", id }) as const),
);

const issues: fc.Arbitrary<Issue[]> = fc
  .array(fc.record({ mark: fc.option(mark), isOpen: fc.boolean(), isTrusted: fc.boolean() }), {
    maxLength: 8,
  })
  .map((drafts) =>
    drafts.map((draft, index) => ({
      number: index + 1,
      url: "",
      title: "",
      body: draft.mark === null ? "Hello" : `${writeMark(draft.mark)}\nHello`,
      isOpen: draft.isOpen,
      isTrusted: draft.isTrusted,
      createdAt: NOON,
    })),
  );

const hub = fc
  .record({
    messages: fc.uniqueArray(message, { selector: ({ id }) => id }),
    collaborations: fc.uniqueArray(request, { selector: ({ request_id }) => request_id }),
  })
  .map(aState);

type Plan = ReturnType<typeof planPublish>;

/** The issues on GitHub after the plan was carried out. */
function carriedOut(before: readonly Issue[], { missing, duplicates, ended }: Plan): Issue[] {
  const closed = new Set([...duplicates, ...ended].map(({ issue }) => issue.number));
  const made = missing.map((posting, index) => ({
    number: before.length + index + 1,
    url: "",
    title: "",
    body: composeBody(posting, "https://example.org", { names: [] }),
    isOpen: true,
    isTrusted: true,
    createdAt: NOON,
  }));
  return [
    ...before.map((issue) => (closed.has(issue.number) ? { ...issue, isOpen: false } : issue)),
    ...made,
  ];
}

describe("the plan of a publication", () => {
  it("leaves nothing to plan after it was carried out, from any start", () =>
    fc.assert(
      fc.property(hub, issues, (state, before) => {
        const reading = { state, findings: [] };
        const done = carriedOut(before, planPublish(reading, before, NOON));
        expect(planPublish(reading, done, NOON)).toMatchObject({ missing: [], duplicates: [], ended: [] });
      }),
    ));

  it("leaves at most one open issue for each mark, and touches no issue of an outsider", () =>
    fc.assert(
      fc.property(hub, issues, (state, before) => {
        const plan = planPublish({ state, findings: [] }, before, NOON);
        const open = carriedOut(before, plan).filter(({ isOpen, isTrusted }) => isOpen && isTrusted);
        const marks = open.flatMap(({ body }) => readMark(body) ?? []).map(({ kind, id }) => `${kind} ${id}`);
        expect(new Set(marks).size).toBe(marks.length);
        for (const { issue } of [...plan.duplicates, ...plan.ended]) expect(issue.isTrusted).toBe(true);
      }),
    ));

  it("posts each recent broadcast and each open urgent request, and nothing else", () =>
    fc.assert(
      fc.property(hub, (state) => {
        const { missing } = planPublish({ state, findings: [] }, [], NOON);
        const recent = state.messages.filter(({ to, sent_at }) => to === "all" && sent_at > "2026-01-24");
        const urgent = [...state.collaborations.values()].filter(
          ({ urgency, status }) => urgency === "urgent" && ["pending", "accepted"].includes(status),
        );
        const wanted = [...recent.map(({ id }) => id), ...urgent.map(({ request_id }) => request_id)];
        expect(missing.map((posting) => posting.mark.id).sort()).toEqual(wanted.map(String).sort());
      }),
    ));
});

describe("an open request", () => {
  const open = aCollaboration({
    request_id: "collab-1769860800-aaaa",
    to_session: null,
    to_capability: "`go` @team",
    urgency: "urgent",
  });
  const told = aMessage({ request_id: open.request_id, priority: "urgent" });

  it("is one issue for the request, and none for the message that announced it", () => {
    const state = aState({ collaborations: [open], messages: [told] });
    const { missing } = planPublish({ state, findings: [] }, [], NOON);
    expect(missing.map(({ mark }) => mark)).toEqual([{ kind: "request", id: open.request_id }]);
    expect(missing[0]).toMatchObject({
      title: "[urgent] session-2 asks whoever offers 'go' @ team: Please help",
      headline: expect.stringContaining("`session-2` asks `whoever offers 'go' @ team`, urgent"),
      footer: [
        expect.stringContaining("GitHub users who answer for any other session in this hub's settings"),
      ],
    });
  });
});
