import type { HandFile } from "../support/hand-commit.ts";
import { type HarmedHub, json, ME, OTHER, requestId, ulid } from "./hub.ts";

type Harm = (hub: HarmedHub) => Promise<unknown>;

/** Git takes no earlier date in seconds. */
const LONG_AGO = Date.parse("1973-06-01T00:00:00Z");
const BOM = "\ufeff";
/** Escape sequences, an overwritten line, text that reads from right to left, a hidden word, a workflow's command. */
const SLY =
  "\u001b]52;c;aGk=\u0007\u001b[2J\u009b2Ja\rb\u202egpj.exe\u{e0068}ad\u200dmin\n::error::x\u2028\ud800";
const DEEP = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
const DEEP_OBJECT = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
const GLOB = `${"**/".repeat(60)}{a,b}${"{c,d}".repeat(40)}*?${"*a".repeat(200)}`;
const ALIASES = ["a: &a [x, x, x, x, x, x, x, x, x]"]
  .concat(
    [..."bcdefghij"].map((name, index) => `${name}: &${name} [${`*${"abcdefghi"[index]}, `.repeat(9)}]`),
  )
  .join("\n");
const CONFLICT = "<<<<<<< HEAD\n{}\n=======\n[]\n>>>>>>> other\n";

/** One file of each kind, at the places where a hub has them. */
function everywhere(hub: HarmedHub, content: string | Uint8Array): HandFile[] {
  const records = [hub.profile("zz-9"), hub.heartbeat("zz-9"), hub.request(9), hub.claim(9), hub.letter(9)];
  const single = ["hive.yaml", "taxonomy.yaml", "REGISTRY.json", "MESSAGES.md"];
  const archived = `ARCHIVE/COLLABORATIONS/2026/01/${requestId(8)}.json`;
  return [...records.map(({ path }) => path), ...single, archived].map((path) => ({ path, content }));
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** All texts of all nouns are this one. */
function sayEverywhere(hub: HarmedHub, text: string): HandFile[] {
  const step = { status: "pending", session: OTHER, at: hub.now, note: text };
  const texts = { name: text, current_work: text, capabilities_offered: [text] };
  const offers = [{ skill: text, note: text, since: hub.now }];
  return [
    hub.profile(OTHER, {
      ...texts,
      role: text,
      specialization: [text],
      offers,
      availability: { hours: text },
    }),
    hub.heartbeat(OTHER, texts),
    hub.request(1, { request: text, history: [step], evidence: text, handoff: { done: [text], next: text } }),
    hub.request(2, { to_session: null, to_capability: text, request: text }),
    hub.claim(1, { note: text, patterns: [text, "issue-1"], project: text }),
    hub.letter(1, { subject: text, to: text }, text),
    hub.letter(2, { subject: text }, text),
    { path: "MESSAGES.md", content: text },
    { path: "README.md", content: text },
    json("taxonomy.yaml", { ui: [text], [text]: [text] }),
  ];
}

/** Hostile hubs by name: what somebody with push access may do to a hub that was in order. */
export const FIXTURES: Readonly<Record<string, Harm>> = {
  "a registry that is not JSON": (hub) => hub.write("REGISTRY.json", "{'sessions': undefined,}"),

  "JSON of 100,000 levels in each file": (hub) => hub.put(...everywhere(hub, DEEP)),

  "objects of 50,000 levels in each file": (hub) => hub.put(...everywhere(hub, DEEP_OBJECT)),

  "wrong types everywhere": (hub) =>
    hub.put(
      ...everywhere(hub, '[null, 1e999, {"id": 7}]'),
      hub.profile("zz-1", {
        name: 7,
        status: [],
        specialization: {},
        registered_at: null,
        read: "x",
        offers: 1,
      }),
      hub.heartbeat("zz-1", { last_heartbeat: {}, capabilities_offered: "x" }),
      hub.request(1, { history: {}, urgency: 9, from_session: null, handoff: [], to_session: {} }),
      hub.claim(1, { patterns: "x", until: 5, session: [] }),
      hub.letter(1, { from: {}, to: [], priority: null, sent_at: 1e20, thread: {} }),
      {
        path: "hive.yaml",
        content: "heartbeat: 7\nrequests: [x]\nlimits: {file_bytes: -1}\ngithub: {users: []}\n",
      },
      { path: "taxonomy.yaml", content: "ui: {a: b}\n7: 8\n? [x]\n: [y]\n" },
    ),

  "prototype keys and names": (hub) =>
    hub.put(
      ...["constructor", "hasownproperty", "tostring"].flatMap((id) => [hub.profile(id), hub.heartbeat(id)]),
      ...["__proto__", "constructor"].map((name) => json(`SESSIONS/${name}.json`, { id: name })),
      {
        path: "REGISTRY.json",
        content:
          '{"registry_version": "1.0", "__proto__": {"id": "x"}, "sessions": {"__proto__": {"id": "x"}}}',
      },
      { path: "taxonomy.yaml", content: "__proto__: [ui]\nconstructor: [toString]\nui: [__proto__]\n" },
      { path: "hive.yaml", content: "__proto__: {format: 9}\nconstructor: {prototype: {a: 1}}\n" },
      hub.request(1, { to_session: null, to_capability: "__proto__", constructor: { a: 1 } }),
      hub.letter(1, { to: "constructor", ["__proto__"]: { a: 1 } }),
    ),

  "keys given twice, and byte order marks": (hub) =>
    hub.put(
      { path: `SESSIONS/${OTHER}.json`, content: `${BOM}{"id": "session-2", "id": "session-1", "name": 1}` },
      {
        path: "REGISTRY.json",
        content: `${BOM}{"sessions": {}, "sessions": {"session-1": {}, "session-1": 7}}`,
      },
      { path: "hive.yaml", content: `${BOM}format: 1\nformat: 2\nheartbeat: {}\nheartbeat: {}\n` },
      { path: "taxonomy.yaml", content: `${BOM}${BOM}ui: [a]\nui: [b]\n` },
      { path: hub.letter(1).path, content: `${BOM}${hub.letter(1, { id: ulid(1) }).content}` },
    ),

  "bytes that are not UTF-8": (hub) =>
    hub.put(
      ...everywhere(hub, Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0x22, 0x7d)),
    ),

  "NUL bytes": (hub) =>
    hub.put(...everywhere(hub, "\0".repeat(5000)), ...sayEverywhere(hub, "a\0b"), {
      path: `SESSIONS/${OTHER}.json`,
      content: `${hub.profile(OTHER).content}\0`,
    }),

  "escape sequences and bidirectional text everywhere": (hub) => hub.put(...sayEverywhere(hub, SLY)),

  "names of other places and of devices": (hub) =>
    hub.put(
      ...["con", "nul", "aux", "com1", "lpt9"].flatMap((id) => [hub.profile(id), hub.heartbeat(id)]),
      ...["..%2f..%2fx", "C:x", "..\\..\\x", "-rf", "--upload-pack=x", "a b", "$(touch x)", ".git ", "~"].map(
        (name) => json(`SESSIONS/${name}.json`, { ...hub.profile("zz-1"), id: "../../x" }),
      ),
      hub.profile("zz-2", { id: "../../../.git/hooks/post-commit" }),
      hub.request(1, { request_id: "../../x", message_id: "../x", from_session: "../x" }),
      hub.claim(1, { key: "../../x", patterns: ["../../x", "/etc/passwd", "C:\\x"], project: "../x" }),
      hub.letter(1, { id: "../../x", reply_to: "../x", thread: "/etc/passwd" }),
    ),

  "symbolic links in place of files": (hub) =>
    hub.put(
      ...everywhere(hub, "/etc/passwd").map((file) => ({ ...file, mode: "120000" as const })),
      { path: `SESSIONS/${OTHER}.json`, mode: "120000", content: `${ME}.json` },
      { path: "SESSIONS/self-1.json", mode: "120000", content: "self-1.json" },
    ),

  "symbolic links in place of folders": (hub) =>
    hub.put(
      ...["SESSIONS", "HEARTBEATS", "ACTIVE", "MESSAGES"].map((path) => ({
        ...{ path, mode: "120000" as const, content: "../../../.." },
      })),
    ),

  "submodules in place of files and folders": (hub) =>
    hub.put(
      ...everywhere(hub, "").map(({ path }) => ({ path, mode: "160000" as const })),
      ...["HEARTBEATS", "ACTIVE/CLAIMS"].map((path) => ({ path, mode: "160000" as const })),
    ),

  "a session's file of 20 MB": (hub) =>
    hub.put(
      hub.profile(OTHER, { current_work: "x".repeat(20_000_000) }),
      hub.profile("zz-1", { specialization: numbers(1_000_000).map(String) }),
    ),

  "20,000 small files": (hub) =>
    hub.put(...numbers(10_000).map((n) => hub.letter(n)), ...numbers(10_000).map((n) => hub.request(n))),

  "aliases that multiply in each YAML": (hub) =>
    hub.put(
      { path: "hive.yaml", content: `${ALIASES}\n` },
      { path: "taxonomy.yaml", content: `${ALIASES}\nui: *j\n` },
      { path: hub.letter(1).path, content: `---\n${ALIASES}\nid: *j\n---\nHello\n` },
    ),

  "front matter of another language, tags and cycles": (hub) =>
    hub.put(
      { path: hub.letter(1).path, content: "---js\nprocess.exit(7)\n---\nHello\n" },
      { path: hub.letter(2).path, content: "---\nid: !!js/function 'function(){}'\nfrom: &a [*a]\n---\n" },
      { path: hub.letter(3).path, content: `---\n${"- ".repeat(20_000)}x\n---\n` },
      { path: hub.letter(4).path, content: "---\n" },
      { path: "taxonomy.yaml", content: `ui: &a [*a]\n<<: *a\n${"? ".repeat(5000)}x\n` },
      { path: "hive.yaml", content: "!!binary |\n  AAAA\n--- \nformat: 1\n...\n%YAML 9.9\n" },
    ),

  "settings of a newer format": (hub) =>
    hub.write("hive.yaml", "format: 99\nheartbeat: {throttle: 1y}\nnew: {}\n"),

  "dates in the years 1 and 9999": async (hub) => {
    const dates = ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"];
    for (const [index, at] of dates.entries()) {
      const id = `zz-${index}`;
      const step = { status: "pending", session: OTHER, at };
      const times = { created_at: at, updated_at: at, deadline: at, history: [step] };
      await hub.put(
        hub.profile(id, { registered_at: at, updated_at: at, status: "paused", status_until: at }),
        hub.heartbeat(id, { last_heartbeat: at, status_until: at }),
        hub.request(index, times),
        hub.claim(index, { claimed_at: at, until: at }),
        { ...hub.letter(index, { sent_at: at }), path: `MESSAGES/${at.slice(0, 4)}/01/01/${ulid(index)}.md` },
        json(`ARCHIVE/COLLABORATIONS/${at.slice(0, 4)}/12/${requestId(index + 5)}.json`, {
          ...JSON.parse(String(hub.request(index + 5, times).content)),
          status: "completed",
        }),
      );
    }
  },

  "ids used twice": (hub) =>
    hub.put(
      hub.letter(1),
      { ...hub.letter(1), path: `MESSAGES/2026/01/01/${ulid(1)}.md` },
      { ...hub.letter(1), path: `MESSAGES/2026/01/02/${ulid(2)}.md` },
      hub.request(1),
      { ...hub.request(1), path: `ACTIVE/COLLABORATIONS/${requestId(2)}.json` },
      {
        ...hub.request(1, { status: "completed" }),
        path: `ARCHIVE/COLLABORATIONS/2026/01/${requestId(1)}.json`,
      },
      {
        ...hub.request(1, { status: "declined" }),
        path: `ARCHIVE/COLLABORATIONS/2026/02/${requestId(1)}.json`,
      },
      { ...hub.profile(ME), path: "SESSIONS/zz-9.json" },
      { ...hub.heartbeat(ME), path: "HEARTBEATS/zz-9.json" },
      { ...hub.claim(1), path: "ACTIVE/CLAIMS/issue-2.json" },
    ),

  "messages that break Markdown": (hub) => {
    const bodies = [
      ".".repeat(4000),
      "<!--",
      "[x]: y\n[x][x][x]",
      "`".repeat(4000),
      "# ".repeat(2000),
      "-->\n---\n",
    ];
    const nested = [
      "> ".repeat(2000),
      "[".repeat(4000),
      "![](".repeat(1000),
      "* ".repeat(2000),
      "|".repeat(4000),
    ];
    const all = [...bodies, ...nested];
    return hub.put(
      ...all.map((body, index) => hub.letter(index, { to: "all", subject: body.slice(0, 100) }, body)),
      ...all.map((body, index) => hub.request(index, { request: body })),
    );
  },

  "conversations in circles": (hub) =>
    hub.put(
      ...numbers(200).map((n) =>
        hub.letter(n, { reply_to: ulid((n % 200) + 1), thread: ulid((n % 200) + 1) }),
      ),
      hub.letter(300, { reply_to: ulid(300), thread: ulid(300), request_id: requestId(1) }),
    ),

  "claims of pathological patterns": (hub) =>
    hub.put(
      ...numbers(64).map((n) => hub.claim(n, { patterns: [`${n}/${GLOB}`, GLOB, "**"], project: "work" })),
      hub.claim(99, { patterns: numbers(64).map((n) => `${"*".repeat(n)}a`.repeat(5)), project: "work" }),
    ),

  "handovers in circles": (hub) =>
    hub.put(
      ...numbers(30).map((n) => {
        const next = requestId((n % 30) + 1);
        const step = { status: "accepted", session: ME, at: hub.now, taken_from: OTHER, handoff: next };
        return hub.request(n, {
          handoff: { request: next, done: ["x"] },
          history: [step],
          status: "accepted",
        });
      }),
      hub.request(50, {
        handoff: { request: requestId(50), open: true },
        to_session: null,
        to_capability: "ui",
      }),
    ),

  "marks of a merge conflict": (hub) => hub.put(...everywhere(hub, CONFLICT)),

  "outboxes of garbage": async (hub) => {
    const operation = { op: ulid(1), kind: "__proto__", session: ME, at: hub.now, input: { text: SLY } };
    const waiting = JSON.stringify({ waiting: [{ operation, since: "x" }, { operation }, null] });
    await hub.publish("deep", `{"waiting":${DEEP_OBJECT.slice(0, 200_000)}`);
    await hub.publish("level", DEEP);
    await hub.publish("kind", waiting);
    await hub.publish("large", "x".repeat(1_000_000));
    await hub.publish("bytes", "\u0001\ufffd{");
    for (const n of numbers(40)) await hub.publish(`host${n}`, waiting);
    await hub.git(
      "update-ref",
      "refs/hive/outbox/blob",
      await hub.git("rev-parse", "main:coordination/REGISTRY.json"),
    );
    await hub.git("update-ref", "refs/hive/outbox/tree", await hub.git("rev-parse", "main^{tree}"));
    await hub.git("update-ref", "refs/hive/outbox/a/b/c", await hub.git("rev-parse", "main"));
  },

  "a merge, a second root, and dates of 1973 and 2099": async (hub) => {
    const root = await hub.commit("another root", [], LONG_AGO);
    const later = await hub.commit("later", [root], Date.parse("2099-01-01T00:00:00Z"));
    const other = await hub.commit("other", [root], LONG_AGO);
    await hub.commit("octopus", [later, other, root]);
  },

  "trailers by the thousand, and of operations that exist": async (hub) => {
    const ops = (await hub.git("log", "--format=%(trailers:key=Hive-Op)", "main"))
      .split("\n")
      .filter(Boolean);
    const many = numbers(5000).map(
      (n) => `Hive-Op: ${ulid(n)}\nHive-Session: ${SLY.length}\nHive-Kind: request`,
    );
    const tip = await hub.commit(`many\n\n${many.join("\n")}\n`, [await hub.git("rev-parse", "main")]);
    const again = await hub.commit(`again\n\n${ops.join("\n")}\nHive-Session: ${ME}\nHive-Kind: send\n`, [
      tip,
    ]);
    await hub.commit(
      `${SLY.replaceAll("\ud800", "")}\n\nHive-Op: ../../x\nHive-Session: \nHive-Kind: x y\n`,
      [again],
    );
  },

  "no files at all": (hub) => hub.put({ path: "/coordination" }, { path: "/.github" }),

  "a file in place of the hub's folder": (hub) =>
    hub.put({ path: "/coordination" }, { path: "/coordination", content: "x" }),

  "files in place of folders, and folders in place of files": (hub) =>
    hub.put(
      ...["SESSIONS", "HEARTBEATS", "ACTIVE", "MESSAGES", "ARCHIVE"].map((path) => ({ path, content: "{}" })),
      ...["hive.yaml", "taxonomy.yaml", "REGISTRY.json", "MESSAGES.md"].flatMap((path) => [
        { path },
        { path: `${path}/x.json`, content: "{}" },
      ]),
    ),

  "paths of 3,000 characters": (hub) => {
    const long = Array.from({ length: 15 }, () => "x".repeat(199)).join("/");
    return hub.put(
      ...["SESSIONS", "MESSAGES", "ACTIVE/CLAIMS", "ARCHIVE/COLLABORATIONS"].map((path) =>
        json(`${path}/${long}.json`, {}),
      ),
      hub.profile("x".repeat(250)),
      hub.claim(1, { patterns: [long], project: "work" }),
    );
  },

  "500 skills and topics of 4,000 characters": (hub) => {
    const words = numbers(500).map((n) => `${n}${"é".repeat(3995)}`);
    return hub.put(
      hub.profile(OTHER, {
        specialization: words,
        capabilities_offered: words,
        follows: words,
        mutes: words,
      }),
      hub.profile("zz-1", { capabilities_offered: words.slice(0, 256).map((word) => word.slice(0, 400)) }),
      json("taxonomy.yaml", Object.fromEntries(words.map((word) => [word, words.slice(0, 5)]))),
      ...words.slice(0, 50).map((word, index) => hub.letter(index, { to: word, subject: word })),
    );
  },

  "an archive at odd depths": (hub) =>
    hub.put(
      ...["", "2026/", "2026/01/01/", "9999/99/", "x/y/", "2026/1/", "0000/00/"].map((folder, index) =>
        json(`ARCHIVE/COLLABORATIONS/${folder}${requestId(index)}.json`, {}),
      ),
      ...["", "2026/", "2026/13/45/", "2026/01/01/x/", "x/y/z/"].map((folder, index) => ({
        ...{ path: `MESSAGES/${folder}${ulid(index)}.md`, content: String(hub.letter(index).content) },
      })),
    ),

  "attributes with filters": (hub) => {
    const content =
      "* filter=evil merge=evil diff=evil text eol=crlf working-tree-encoding=UTF-16 ident export-ignore\n";
    return hub.put(
      { path: ".gitattributes", content },
      { path: "/.gitattributes", content },
      { path: "/.gitmodules", content: '[submodule "x"]\n\tpath = -x\n\turl = ext::sh -c "touch y"\n' },
    );
  },

  "calendars of broken zones": (hub) => {
    const texts = [
      "Mon-Fri 09:00-17:00 Mars/Olympus",
      "Mon 25:99-99:00 UTC",
      "Mon-Mon-Mon",
      "Sun 23:59-00:00 Etc/GMT+99",
    ];
    const hours = [
      ...texts,
      "Mon-Fri 09:00-17:00 ../../etc/passwd",
      `${"Mon 01:00-02:00, ".repeat(200)}UTC`,
      "",
      SLY,
    ];
    return hub.put(
      ...hours.map((text, index) => hub.profile(`zz-${index}`, { availability: { hours: text } })),
      ...hours.map((_, index) => hub.heartbeat(`zz-${index}`)),
      hub.profile("zz-90", { availability: { hours: 7 } }),
      hub.profile("zz-91", { availability: [], status: "paused", status_until: "tomorrow" }),
    );
  },
};
