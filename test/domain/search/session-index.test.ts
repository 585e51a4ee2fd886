import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_TAXONOMY } from "../../../src/domain/hub/default-taxonomy.ts";
import { indexSessions } from "../../../src/domain/search/session-index.ts";
import type { Searchable } from "../../../src/domain/sessions/describe.ts";

const EMPTY = { name: "", role: "", specialization: [], capabilities_offered: [], current_work: "" };

function someone(id: string, over: Partial<Searchable> = {}): Searchable {
  return { ...EMPTY, id, ...over };
}

function find(sessions: readonly Searchable[], text: string): string[] {
  return indexSessions(sessions)(text).map((hit) => hit.session.id);
}

const texts = fc.string({ unit: "binary", maxLength: 60 });
const tags = fc.array(fc.oneof(texts, fc.constantFrom("react", "deployment", "ai-agents", "__proto__")), {
  maxLength: 4,
});
const sessions = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{2,8}(-[a-z0-9]{1,6})?$/),
    name: texts,
    role: fc.oneof(texts, fc.constantFrom("Frontend work", "constructor of things")),
    specialization: tags,
    capabilities_offered: tags,
    current_work: texts,
  }),
  { maxLength: 8, selector: (session) => session.id },
);

describe("the search", () => {
  it.each([
    ["id", someone("session-4-deployment")],
    ["name", someone("aa", { name: "Deployment Engineer" })],
    ["role", someone("aa", { role: "Deploys things" })],
    ["specialization", someone("aa", { specialization: ["deployment"] })],
    ["capabilities_offered", someone("aa", { capabilities_offered: ["deploying to production"] })],
    ["current_work", someone("aa", { current_work: "The deployment of the shop" })],
  ])("finds a session by its %s", (field, session) => {
    const [hit] = indexSessions([session, someone("bb")])("deploy the service");
    expect(hit?.session).toBe(session);
    expect([...(hit?.found.keys() ?? [])]).toEqual([field]);
  });

  it("ranks the name before the role, and both before the current work", () => {
    const all = [
      someone("aa", { current_work: "billing" }),
      someone("bb", { role: "billing" }),
      someone("cc", { name: "billing" }),
      someone("dd", { name: "shipping", role: "shipping", current_work: "shipping" }),
    ];
    expect(find(all, "billing")).toEqual(["cc", "bb", "aa"]);
  });

  it.each(["ai", "java", "port", "end"])("does not find %s inside other words", (word) => {
    const other = someone("aa", { role: "maintain the email, javascript reports and the backend" });
    expect(find([other], word)).toEqual([]);
  });

  it("does not count the prefix of ids, or a name that is the id, as a word", () => {
    const all = [someone("session-17", { name: "session-17" }), someone("bb", { role: "session cookies" })];
    expect(find(all, "secure the session cookies")).toEqual(["bb"]);
  });

  it("counts a skill once if it is a specialization and an offer", () => {
    const skill = ["react"];
    const [once, twice] = [
      indexSessions([someone("aa", { specialization: skill }), someone("bb")])("react"),
      indexSessions([someone("aa", { specialization: skill, capabilities_offered: skill }), someone("bb")])(
        "react",
      ),
    ];
    expect(twice).toEqual(once.map((hit) => ({ ...hit, session: twice[0]?.session })));
  });

  it("gives a session the same relevance, for any other sessions", () => {
    const one = someone("aa", { specialization: ["kafka", "streams"] });
    const many = Array.from({ length: 9 }, (_, at) => someone(`b${at}`, { role: "kafka streams and more" }));
    const [alone] = indexSessions([one])("set up kafka");
    const among = indexSessions([one, ...many])("set up kafka").find((hit) => hit.session.id === "aa");
    expect(among?.relevance).toBe(alone?.relevance);
  });
});

describe("words that the taxonomy relates to the text", () => {
  const search = indexSessions(
    [
      someone("direct", { role: "frontend" }),
      someone("related", { specialization: ["react"] }),
      someone("other", { specialization: ["postgres"] }),
      someone("long", {
        specialization: ["react"],
        role: Array.from({ length: 60 }, (_, at) => `w${at}`).join(" "),
      }),
    ],
    DEFAULT_TAXONOMY,
  );

  it("find short profiles that the text itself does not find, after those that it finds", () => {
    const hits = search("fix the frontend").map(({ session, isRelated }) => [session.id, isRelated]);
    expect(hits).toEqual([
      ["direct", false],
      ["related", true],
    ]);
  });

  it("are found by keywords of several words, and not by keywords of stop words", () => {
    const all = [someone("aa", { specialization: ["react"] }), someone("bb", { specialization: ["kafka"] })];
    const related = indexSessions(all, { "front-end work": ["react"], new: ["kafka"], "42": ["kafka"] });
    expect(related("new front-end work, 42").map((hit) => hit.session.id)).toEqual(["aa"]);
  });

  it("do not change the score of a session that the text finds", () => {
    fc.assert(
      fc.property(sessions, texts, (all, text) => {
        const withTaxonomy = indexSessions(all, DEFAULT_TAXONOMY)(text).filter((hit) => !hit.isRelated);
        expect(withTaxonomy).toEqual(indexSessions(all)(text));
      }),
    );
  });
});

describe("for any text and any sessions, the search", () => {
  it("gives finite scores above 0, best first", () => {
    fc.assert(
      fc.property(
        sessions,
        fc.oneof(texts, fc.constantFrom("react ai", "__proto__ constructor")),
        (all, text) => {
          const scores = indexSessions(all, DEFAULT_TAXONOMY)(text).map((hit) => hit.score);
          expect(scores.every((score) => Number.isFinite(score) && score > 0)).toBe(true);
          expect(scores).toEqual([...scores].sort((a, b) => b - a));
        },
      ),
    );
  });

  it("gives the same answer for any order of the sessions", () => {
    const shuffled = sessions.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(
        shuffled,
        fc.constantFrom("react deployment", "ai agents", "the frontend"),
        ([all, other], text) => {
          expect(indexSessions(other, DEFAULT_TAXONOMY)(text)).toEqual(
            indexSessions(all, DEFAULT_TAXONOMY)(text),
          );
        },
      ),
    );
  });

  it("finds every session by each of its meaningful tags", () => {
    const word = fc.constantFrom("react", "kafka", "postgres", "billing", "security");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), word, (own, extra) => {
        const all = [someone("aa", { specialization: own }), someone("bb", { specialization: [extra] })];
        for (const tag of own) expect(find(all, `something about ${tag}`)).toContain("aa");
      }),
    );
  });
});
