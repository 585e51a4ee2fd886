import { describe, expect, it } from "vitest";
import { Collaboration } from "../../../src/domain/requests/collaboration.ts";
import { translate } from "../../../src/importers/bash-tools/translate.ts";

function file(path: string, content: unknown) {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return { path, bytes: new TextEncoder().encode(text) };
}

/** A request as the old tool wrote it. */
function asked(fields: Record<string, unknown> = {}) {
  return {
    request_id: "collab-1763229251",
    from_session: "a-1",
    to_session: "b-2",
    request: "Build a UI",
    urgency: "high",
    status: "pending",
    created_at: "2025-11-15 17:54:11 UTC",
    updated_at: "2025-11-15 18:54:11 UTC",
    ...fields,
  };
}

function active(name: string, fields: Record<string, unknown> = {}) {
  return file(`ACTIVE/COLLABORATIONS/${name}.json`, asked(fields));
}

describe("translating collaboration requests", () => {
  it("translates a request", () => {
    expect(translate([active("collab-1763229251")]).collaborations).toEqual([
      {
        request_id: "collab-1763229251",
        from_session: "a-1",
        to_session: "b-2",
        request: "Build a UI",
        urgency: "high",
        status: "pending",
        created_at: "2025-11-15T17:54:11Z",
        updated_at: "2025-11-15T18:54:11Z",
        history: [{ status: "pending", session: "a-1", at: "2025-11-15T17:54:11Z" }],
      },
    ]);
  });

  it.each([
    ["accepted", ["pending a-1 17", "accepted b-2 18"]],
    ["in_progress", ["pending a-1 17", "accepted b-2 18", "in_progress b-2 18"]],
    ["completed", ["pending a-1 17", "accepted b-2 18", "in_progress b-2 18", "completed b-2 18"]],
    ["declined", ["pending a-1 17", "declined b-2 18"]],
    ["cancelled", ["pending a-1 17", "cancelled a-1 18"]],
  ])("gives a request that is %s the whole path as its history", (status, steps) => {
    const [request] = translate([active("x", { status })]).collaborations;
    const history = request?.history.map((step) => `${step.status} ${step.session} ${step.at.slice(11, 13)}`);
    expect(history).toEqual(steps);
  });

  it.each([
    ["in-progress", "in_progress"],
    ["DONE", "completed"],
    ["canceled", "cancelled"],
    ["waiting for lunch", "pending"],
  ])("reads the status %j as %s and keeps what was written", (written, status) => {
    expect(translate([active("x", { status: written })]).collaborations).toMatchObject([
      { status, seed_status: written },
    ]);
  });

  it("reads a request with a text pasted unescaped", () => {
    const text = 'Fix "it"\n\n- today\\!';
    const broken = JSON.stringify(asked({ request: "@" })).replace("@", () => text);
    const { collaborations, salvaged } = translate([
      file("ACTIVE/COLLABORATIONS/collab-1763229251.json", broken),
    ]);
    expect(collaborations).toMatchObject([
      { request: text, urgency: "high", updated_at: "2025-11-15T18:54:11Z" },
    ]);
    expect(salvaged).toHaveLength(1);
  });

  it("keeps both of two requests made in one second with the same id", () => {
    const files = [active("x"), active("y", { request: "Deploy it", to_session: "c-3" })];
    const { collaborations } = translate(files);
    expect(collaborations.map(({ request }) => request).sort()).toEqual(["Build a UI", "Deploy it"]);
    expect(collaborations.map(({ request_id }) => request_id)).toEqual([
      "collab-1763229251",
      expect.stringMatching(/^collab-1763229251-[0-9a-f]{4}$/),
    ]);
    expect(collaborations[1]).toMatchObject({ seed_request_id: "collab-1763229251" });
    expect(translate([...files].reverse()).collaborations).toEqual(collaborations);
  });

  it("gives different ids to any number of requests with the same id", () => {
    const files = Array.from({ length: 1000 }, (_, index) =>
      active(`x${index}`, { request: `Task ${index}` }),
    );
    const { collaborations, alternates } = translate(files);
    expect(new Set(collaborations.map(({ request_id }) => request_id)).size).toBe(1000);
    expect(Object.keys(alternates)).toHaveLength(1000);
  });

  it("imports a request that was archived later once, in its newest state", () => {
    const archived = file("ARCHIVE/COLLABORATIONS/2025/11/collab-1763229251.json", {
      ...asked({ status: "completed", updated_at: "2025-11-15 20:00:00 UTC" }),
    });
    const { collaborations, salvaged } = translate([active("collab-1763229251"), archived]);
    expect(collaborations).toMatchObject([{ status: "completed" }]);
    expect(salvaged).toMatchObject([{ path: "ACTIVE/COLLABORATIONS/collab-1763229251.json" }]);
  });

  it.each([
    ["its file's name", "collab-1700000000", { request_id: "" }, "collab-1700000000"],
    ["its time and content", "x", { request_id: "my request" }, /^collab-1763229251-[0-9a-f]{4}$/],
    ["its content", "x", { request_id: 1, created_at: "", updated_at: "" }, /^collab-0-[0-9a-f]{4}$/],
  ])("takes the id of a request without one from %s", (_, name, fields, id) => {
    const [request] = translate([active(name, fields)]).collaborations;
    expect(request?.request_id).toMatch(id);
  });

  it("takes the time of a request without one from its id", () => {
    expect(
      translate([active("x", { created_at: "$(date)", updated_at: null })]).collaborations,
    ).toMatchObject([
      { created_at: "2025-11-15T17:54:11Z", updated_at: "2025-11-15T17:54:11Z", seed_created_at: "$(date)" },
    ]);
  });

  it("never lets a request end before it began", () => {
    expect(translate([active("x", { updated_at: "2025-11-15 10:00:00 UTC" })]).collaborations).toMatchObject([
      { created_at: "2025-11-15T17:54:11Z", updated_at: "2025-11-15T17:54:11Z" },
    ]);
  });

  it("derives ids for invalid parties, and keeps unknown and clashing keys", () => {
    expect(
      translate([active("x", { from_session: "Current Session", history: ["x"], tags: ["ui"] })])
        .collaborations,
    ).toMatchObject([
      { from_session: "current-session", seed_from: "Current Session", seed_history: ["x"], tags: ["ui"] },
    ]);
  });

  it("links the board's request blocks to their requests", () => {
    const block = (text: string) =>
      `---\n\n## 🤝 COLLABORATION REQUEST #collab-1763229251\n\n**From:** a-1\n**To:** b-2\n**Time:** 2025-11-15 17:54:11 UTC\n**Urgency:** high\n\n### Request:\n${text}\n\n### How to respond:\n./accept.sh\n\n`;
    const { collaborations, messages } = translate([
      active("x"),
      active("y", { request: "Deploy it" }),
      file("MESSAGES.md", block("Build a UI") + block("Deploy it")),
    ]);
    const ids = new Map(collaborations.map(({ request, request_id }) => [request, request_id]));
    expect(messages.map(({ body, request_id }) => request_id === ids.get(body))).toEqual([true, true]);
    expect(messages).toMatchObject([{ to: "b-2", priority: "high" }, { to: "b-2" }]);
  });

  it("shortens a request that is too long, notes it and keeps the bytes", () => {
    const { collaborations, salvaged, originals } = translate([active("x", { request: "r".repeat(40_000) })]);
    expect(collaborations.map((request) => Collaboration.safeParse(request).success)).toEqual([true]);
    expect([salvaged.length, originals.length]).toEqual([1, 1]);
  });

  it("rejects a request without a text", () => {
    expect(translate([active("x", { request: "" })]).rejected).toMatchObject([
      { path: "ACTIVE/COLLABORATIONS/x.json" },
    ]);
  });
});
