import { readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeMessage } from "../../src/domain/messages/write.ts";
import { isSessionId } from "../../src/domain/values/session-id.ts";
import { aHeartbeat, aMessage, aProfile } from "../support/builders.ts";
import { Console, type Ran } from "../support/console.ts";
import { commitByHand, type HandFile } from "../support/hand-commit.ts";
import { hostileId, hostileText, OWN_PATH } from "../support/hostile.ts";
import { Sandbox } from "../support/sandbox.ts";
import { times } from "../support/times.ts";
import { isSafeToShow } from "../support/unsafe.ts";

/* Tests of decisions and renderers alone, with thousands of runs, are in io-hostile.repeated.test.ts. */

const sandbox = new Sandbox();
const one = new Console(sandbox).with({ env: { HIVE_SESSION: "session-1" } });
let hub: string;

beforeAll(async () => {
  hub = await sandbox.bareHub();
  await one.print("init", "--remote", hub);
  for (const id of ["session-1", "session-2"]) await one.print("register", id, "--skill", "react");
});
afterAll(() => sandbox.close());

function expectHarmless({ code, out, err }: Ran, isJson: boolean): void {
  expect(isSafeToShow(`${out}\n${err}`)).toBe(true);
  expect(err).not.toMatch(/"bug"|This is a bug|\n\s+at /);
  expect([0, 1, 2, 3]).toContain(code);
  if (code !== 0) expect(out).toBe("");
  if (isJson && code === 0 && !/^(?:$|Usage: |0\.0\.0)/.test(out))
    expect(() => JSON.parse(out)).not.toThrow();
}

/** All files of the sandbox except those of the hub's repository and the state directory. */
function filesElsewhere(): string[] {
  const paths = readdirSync(sandbox.directory, { recursive: true }).map(String);
  return paths.filter((path) => !/^hubs\/hub\.git\/|^hosts\/a\//.test(path)).sort();
}

async function expectOwnPaths(repository: string): Promise<void> {
  const paths = (await sandbox.git(repository, "ls-tree", "-r", "-z", "--name-only", "main")).split("\0");
  expect(paths.filter((path) => path !== "" && !OWN_PATH.test(path))).toEqual([]);
}

describe("invalid ids", () => {
  const notId = hostileId.filter((id) => !isSessionId(id));
  const call = fc.oneof(
    notId.map((id) => ["register", "--", id]),
    notId.map((id) => ["request", "--", id, "Help"]),
    notId.map((id) => ["heartbeat", `--as=${id}`]),
    notId
      .filter((word) => !/^(?:normal|high|urgent)$/.test(word))
      .map((word) => ["broadcast", "--", "Help me", word]),
    notId.filter((id) => !/^[0-9a-z-]+$/i.test(id)).map((id) => ["log", `--request=${id}`]),
  );

  it("are refused before anything is read or written", async () => {
    const before = await sandbox.git(hub, "rev-parse", "main");
    await fc.assert(
      fc.asyncProperty(call, fc.boolean(), async (argv, isJson) => {
        const ran = await one.run(...(isJson ? ["--json"] : []), ...argv);
        expectHarmless(ran, isJson);
        expect(ran).toMatchObject({ code: 2, out: "" });
      }),
      { numRuns: times(2000) },
    );
    expect(await sandbox.git(hub, "rev-parse", "main")).toBe(before);
  });
});

describe("whole runs on a real hub", () => {
  const t = hostileText;
  const call = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(t).map(([text]) => ["broadcast", "--", text]) },
    fc.tuple(t, t).map(([text, priority]) => ["broadcast", text, priority]),
    { weight: 4, arbitrary: fc.tuple(t).map(([text]) => ["request", "--", "session-2", text]) },
    fc.tuple(hostileId, t).map(([id, text]) => ["request", id, text, "high"]),
    fc
      .tuple(hostileId, t, t, t)
      .map(([id, name, role, skill]) => [
        "register",
        id,
        `--name=${name}`,
        `--role=${role}`,
        `--skill=${skill}`,
      ]),
    fc.tuple(t, t).map(([role, work]) => ["register", "session-1", `--role=${role}`, `--work=${work}`]),
    fc.tuple(t).map(([work]) => ["heartbeat", `--work=${work}`]),
    fc.tuple(t, t).map(([request, note]) => ["accept", request, `-m${note}`]),
    fc.tuple(t).map(([note]) => ["cancel", "collab-1", `--message=${note}`]),
    fc.tuple(t, t).map(([skill, note]) => ["offer", `--note=${note}`, "--", skill]),
    fc.tuple(t).map(([skill]) => ["withdraw", "--", skill]),
    fc.tuple(t).map(([skill]) => ["skills", "--", skill]),
    fc.tuple(t).map(([capability]) => ["find-help", capability]),
    fc.tuple(t).map(([task]) => ["match", "--", task]),
    fc.tuple(t).map(([session]) => ["log", `--session=${session}`]),
    fc.tuple(t).map(([since]) => ["log", `--since=${since}`]),
    fc.tuple(t).map(([place]) => ["sync", `--hub=${place.toWellFormed()}`]),
    fc.tuple(t).map(([place]) => ["join", place.toWellFormed()]),
    fc.array(t, { maxLength: 3 }),
  );
  const environment = fc.record({
    TMUX_PANE: t.map((text) => text.toWellFormed()),
    HIVE_SESSION: fc.oneof({ weight: 5, arbitrary: fc.constant("session-1") }, { weight: 1, arbitrary: t }),
  });

  it("do not crash, write elsewhere or control the terminal, 600 times", async () => {
    const before = filesElsewhere();
    let done = 0;
    await fc.assert(
      fc.asyncProperty(call, environment, fc.boolean(), async (argv, env, isJson) => {
        fc.pre(argv[0] !== "init" && argv[0] !== "import");
        const ran = await one.with({ env }).run(...(isJson ? ["--json"] : []), ...argv);
        expectHarmless(ran, isJson);
        if (ran.code === 0) done++;
      }),
      { numRuns: times(600) },
    );
    expect(done).toBeGreaterThan(times(100));
    expect(filesElsewhere()).toEqual(before);
    await expectOwnPaths(hub);
    await sandbox.fsck(hub);
    for (const { subject } of await sandbox.history(hub)) expect(isSafeToShow(subject)).toBe(true);
  });
});

describe("a hub with hostile texts", () => {
  const READS = [
    ["sync"],
    ["find-help", "react"],
    ["match", "React"],
    ["skills"],
    ["inbox", "--limit", "1000"],
    ["log"],
    ["top"],
    ["metrics", "--by", "skill"],
  ];
  const short = hostileText.map((text) => text.slice(0, 4000));
  const person = fc.record({
    name: short,
    role: short,
    current_work: short,
    specialization: fc.array(
      hostileText.filter((tag) => tag !== "" && tag.length < 400),
      { maxLength: 3 },
    ),
  });
  const words = fc.record({
    messages: fc.array(fc.record({ body: hostileText, subject: short, extra: hostileText }), {
      minLength: 180,
      maxLength: 180,
    }),
    people: fc.array(person, { minLength: 20, maxLength: 20 }),
  });

  function filesOf({
    messages,
    people,
  }: typeof words extends fc.Arbitrary<infer Words> ? Words : never): HandFile[] {
    const inHub = (path: string, content: string) => ({ path: `coordination/${path}`, content });
    const profiles = people.map((fields, index) =>
      aProfile({ ...fields, id: `person-${index}`, specialization: ["react", ...fields.specialization] }),
    );
    return [
      ...messages.map((fields, index) => {
        const id = `01KG9M2V00000000000000${1000 + index}`;
        return inHub(
          `MESSAGES/2026/01/31/${id}.md`,
          encodeMessage(aMessage({ ...fields, id, from: "session-2" })),
        );
      }),
      ...profiles.map((profile) => inHub(`SESSIONS/${profile.id}.json`, JSON.stringify(profile))),
      ...profiles.map(({ id, name, current_work }) =>
        inHub(`HEARTBEATS/${id}.json`, JSON.stringify(aHeartbeat({ session_id: id, name, current_work }))),
      ),
    ];
  }

  it("is printed safely by every command, 10 hubs of 600 texts", async () => {
    const made = await sandbox.git(hub, "rev-parse", "main");
    const reset = () => sandbox.git(hub, "update-ref", "refs/heads/main", made);
    await fc.assert(
      fc
        .asyncProperty(words, async (drawn) => {
          await commitByHand(sandbox, hub, filesOf(drawn));
          for (const argv of READS.flatMap((read) => [read, ["--json", ...read]])) {
            const ran = await one.run(...argv);
            expectHarmless(ran, argv[0] === "--json");
            expect(ran.code).toBe(0);
          }
        })
        .afterEach(async () => void (await reset())),
      { numRuns: times(10), endOnFailure: true },
    );
  });
});

describe("a hostile directory to import", () => {
  const name = hostileText.map((text) =>
    Buffer.from(text.replaceAll(/[/\0]/g, "_")).subarray(0, 60).toString().toWellFormed(),
  );
  const path = fc.oneof(
    fc.constantFrom("REGISTRY.json", "MESSAGES.md", "session-1.json"),
    name.map((text) => `session-${text}.json`),
    name.map((text) => `HEARTBEATS/${text}.json`),
    name.map((text) => `messages/direct/${text}x/${text}.json`),
    name.map((text) => `ACTIVE/COLLABORATIONS/${text}.json`),
    name.map((text) => `${text}x`),
  );
  const key = fc.constantFrom(
    "id",
    "session_id",
    "name",
    "role",
    "from",
    "to",
    "message",
    "from_session",
    "to_session",
    "request",
    "request_id",
    "sessions",
    "timestamp",
  );
  const content = fc.oneof(
    hostileText,
    fc
      .dictionary(key, fc.oneof(hostileText, fc.dictionary(key, hostileText)))
      .map((object) => JSON.stringify(object)),
    fc.tuple(hostileText, hostileText).map(([from, text]) => `---\n\n**From:** ${from}\n\n${text}\n`),
  );
  const directory = fc.uniqueArray(fc.tuple(path, content), {
    minLength: 10,
    maxLength: 20,
    selector: ([at]) => at,
  });

  it("is imported or reported, file by file, 15 directories", async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(directory, async (files) => {
        const root = sandbox.folder("seeds", String(round++));
        for (const [at, text] of files) {
          await mkdir(join(root, dirname(at)), { recursive: true });
          await writeFile(join(root, at), text);
        }
        const before = filesElsewhere();
        expectHarmless(await one.run("import", root, "--dry-run"), false);
        const ran = await one.run("--json", "import", root);
        expectHarmless(ran, true);
        expect(ran).toMatchObject({ code: 0, err: "" });
        expectHarmless(await one.run("import", root), false);
        expect(filesElsewhere()).toEqual(before);
      }),
      { numRuns: times(15), endOnFailure: true },
    );
    await expectOwnPaths(hub);
  });
});
