import fc from "fast-check";
import { expect, it } from "vitest";
import { overview } from "../../src/domain/activity/overview.ts";
import { newsFor } from "../../src/domain/inbox/news.ts";
import { briefing, newsText } from "../../src/hook/texts.ts";
import { aCollaboration, aHeartbeat, aMessage, aProfile, aState, NOON } from "../support/builders.ts";
import { tokensOf } from "../support/tokens.ts";
import { isSafeToShow } from "../support/unsafe.ts";

const text = fc.string({ unit: "binary", maxLength: 300, size: "max" });
const ids = fc.integer({ min: 2, max: 60 }).map((length) => `s${"x".repeat(length)}`);
const hub = fc
  .record({
    me: ids,
    works: fc.array(text, { maxLength: 12, size: "max" }),
    words: fc.array(text, { maxLength: 12, size: "max" }),
    asked: fc.array(text, { maxLength: 6 }),
  })
  .map(({ me, works, words, asked }) => {
    const others = works.map((work, index) => ({ id: `${me}-${index}`, current_work: work.slice(0, 300) }));
    return {
      me: aProfile({ id: me }).id,
      state: aState({
        sessions: others.map((each) => aProfile(each)),
        heartbeats: others.map(({ id }) => aHeartbeat({ session_id: id })),
        messages: words.map((body, index) =>
          aMessage({ id: `01KG9M2V0000000000000000${String(index + 10)}`, from: "peer", body }),
        ),
        collaborations: asked.map((request, index) =>
          aCollaboration({ request_id: `collab-${index}`, to_session: me, request }),
        ),
      }),
    };
  });

const reader = (session: ReturnType<typeof aProfile>["id"]) => ({
  session,
  authorOption: ` --as ${session}`,
  now: NOON,
});

it("a briefing names the next commands in at most 1,200 characters, with any sessions and texts", () => {
  fc.assert(
    fc.property(hub, text, ({ me, state }, name) => {
      const news = newsFor(state, me, NOON, new Set());
      const { sessions: others } = overview(state, NOON);
      const told = briefing(reader(me), { hub: name, others, news, items: news, tree: [] });
      expect(told.length).toBeLessThanOrEqual(1200);
      expect(isSafeToShow(told)).toBe(true);
      for (const word of ["hive inbox", "hive match", "hive request", "hive sync"])
        expect(told).toContain(word);
      expect(told.includes("unverified data")).toBe(/\n.*«/.test(told));
    }),
  );
});

it("a briefing is at most 110 tokens where two others are at work and nothing waits", () => {
  const others = ["session-2-api", "session-3-docs"].map((id) => aProfile({ id }));
  const work = "Fix the chart of the dashboard";
  const heartbeats = others.map(({ id }) => aHeartbeat({ session_id: id, current_work: work }));
  const { sessions } = overview(aState({ sessions: others, heartbeats }), NOON);
  const known = {
    hub: "https://git.example.org/team/shop.git",
    others: sessions.map((each) => ({ ...each, working: true })),
    ...{ news: [], items: [], tree: [] },
  };
  const told = briefing({ session: aProfile({ id: "session-1" }).id, authorOption: "", now: NOON }, known);
  expect(told.split(work)).toHaveLength(3);
  expect(tokensOf(told)).toBeLessThanOrEqual(110);
});

it("news are at most five lines of 160 characters, one for each item, with quoted texts", () => {
  fc.assert(
    fc.property(hub, ({ me, state }) => {
      const news = newsFor(state, me, NOON, new Set());
      fc.pre(news.length > 0);
      const lines = newsText(reader(me), news).split("\n");
      const items = lines.filter((line) => line.startsWith("- ") && !/^- \d+ more: hive inbox/.test(line));
      expect(items).toHaveLength(Math.min(5, news.length));
      for (const item of items) {
        expect([...item].length).toBeLessThanOrEqual(160);
        expect(item.match(/[«»]/g)?.join("") ?? "«»").toBe("«»");
        expect(item).toContain("(unverified)");
      }
      expect(lines.join("\n").includes("unverified data")).toBe(items.some((item) => item.includes("«")));
      expect(isSafeToShow(lines.join("\n"))).toBe(true);
    }),
  );
});
