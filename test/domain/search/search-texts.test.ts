import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayMention, searchTexts } from "../../../src/domain/search/search-texts.ts";
import { aCollaboration, aMessage, NOON } from "../../support/builders.ts";
import { isOneVisibleLine } from "../../support/unsafe.ts";

let made = 0;
function said(body: string, over: Parameters<typeof aMessage>[0] = {}) {
  made++;
  return aMessage({ id: `01KG9M2W00${String(made).padStart(16, "0")}`, body, ...over });
}

function found(texts: string[], query: string) {
  return searchTexts(
    texts.map((text) => said(text)),
    [],
    query,
    10,
  ).map(({ excerpt }) => excerpt);
}

describe("a search", () => {
  it("finds words in any form, texts with more of them first", () => {
    const texts = ["We deployed it", "Lunch?", "Deploying the database failed", "The deployment of staging"];
    expect(found(texts, "deploy databases")[0]).toBe("Deploying the database failed");
    expect(found(texts, "deploy databases")).toHaveLength(3);
  });

  it("lists the newest first if texts fit alike", () => {
    const [old, late] = [
      said("Port 8005", { sent_at: NOON }),
      said("Port 8006", { sent_at: "2026-02-01T00:00:00Z" }),
    ];
    expect(searchTexts([old, late], [], "port", 10).map(({ id }) => id)).toEqual([late.id, old.id]);
    expect(searchTexts([late, old], [], "port", 1).map(({ id }) => id)).toEqual([late.id]);
  });

  it("finds a request once, by its text and its notes, and its conversation separately", () => {
    const history = [
      { status: "declined", session: "session-1", at: NOON, note: "No access to the cluster" },
    ];
    const request = aCollaboration({ history });
    const told = said("Please help", { request_id: request.request_id });
    const reply = said("Which cluster is it?", {
      request_id: request.request_id,
      reply_to: told.id,
      thread: told.id,
    });
    const hits = searchTexts([told, reply], [request], "help cluster", 10);
    expect(hits.map(({ kind }) => kind).sort()).toEqual(["message", "request"]);
    expect(hits.find(({ kind }) => kind === "request")).toMatchObject({
      id: request.request_id,
      from: "session-2",
      to: "session-1",
      at: NOON,
    });
  });

  it("shows the words with some context, on one visible line", () => {
    const long = `${"before ".repeat(40)}the kubernetes cluster\nis down ${"after ".repeat(40)}`;
    const [excerpt = ""] = found([long], "kubernetes");
    expect(excerpt).toMatch(/^…before .*the kubernetes cluster is down after/);
    expect([...excerpt].length).toBeLessThanOrEqual(161);
    expect(isOneVisibleLine(found(["a \u001b[31m port\u202e"], "port")[0] ?? "")).toBe(true);
  });

  it("finds nothing by stop words, or in an empty hub", () => {
    expect(found(["The port"], "the")).toEqual([]);
    expect(found([], "port")).toEqual([]);
  });
});

describe("the quick test of a text", () => {
  const WORDS =
    "deploy deployed deployments deploying optimise optimization happily happiness running relational sensibility " +
    "sensible usability possibly possibility sized hoping hopes digitizer organisation organised analyse analysis " +
    "front-end frontend real-time realtime node.js nodejs Café cafe Élan elan migrations migrate dies ties flies";

  it("passes every text in which the search finds the words", () => {
    const word = fc.constantFrom(...WORDS.split(" "));
    const text = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
    return fc.assert(
      fc.property(text, text, (query, body) => {
        if (found([body], query).length > 0) expect(mayMention(query)(body)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("passes few other texts", () => {
    expect(mayMention("deployment")("Lunch at noon")).toBe(false);
  });
});
