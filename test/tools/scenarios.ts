import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { TOOLS } from "../../src/domain/coding-tools/tools.ts";
import { Bench, type Listed, type Run } from "./bench.ts";
import { CLEARED, COMPACTED, FORK, MCP, SUBAGENT_SHELL } from "./row-names.ts";

/** Something that a tool goes through once, and what has to be true of it, each a row of the matrix. */
export interface Scenario<Record = unknown> {
  readonly play: (bench: Bench) => Promise<Record>;
  readonly rows: Readonly<{ [row: string]: (record: Record) => void }>;
}

function scenario<Record>(play: Scenario<Record>["play"], rows: Scenario<Record>["rows"]): Scenario {
  return { play, rows } as Scenario;
}

/** How often a text stands in the last request: a conversation is sent whole. */
function timesIn({ requests }: Run, text: string): number {
  return (requests.at(-1)?.text ?? "").split(text).length - 1;
}

function namesOf(sessions: readonly Listed[]): string[] {
  return sessions.map(({ id }) => id);
}

const COMPLAINTS = /clamp|invalid hook|hook[^\n"]{0,40}\b(?:invalid|error|failed|unknown|ignored)\b/i;

/** Uses of a shell in one turn. Hooks after the first ones may run before the first of them has ended. */
const USES = 12;

const workingTurn = scenario(
  async (bench) => {
    const { driver, scene } = bench;
    const news = Bench.mark();
    const notes = join(scene.project, driver.notes);
    writeFileSync(notes, "Our own notes.\n");
    const setUp = await scene.hive("setup", driver.setUp);
    await scene.peer.print("claim", "src/orders.txt", "--as", "boss");
    const work = "Please mend the table of orders";
    const first = await bench.ask(work, [
      driver.shell("hive whoami"),
      driver.read(join(scene.project, "src/orders.txt")),
      driver.mcp("sync", {}),
      ...Array.from({ length: USES }, (_, index) => driver.shell(`echo use ${index}; sleep 0.1`)),
      driver.shell(scene.peerLine("send", "session-1", news, "--as", "boss")),
    ]);
    const atRest = await bench.sessionsAtRest();
    const second = await bench.ask("Then go on with the prices", [], { continues: "same" });
    const after = await bench.sessions();
    await scene.hive("setup", driver.setUp, "--remove");
    return { driver, scene, setUp, work, news, first, atRest, second, after, notes };
  },
  {
    "takes the hooks without a warning": ({ first }) => {
      expect(first.hooks.length).toBeGreaterThan(0);
      expect(`${first.out}${first.err}`).not.toMatch(COMPLAINTS);
    },
    "registers a session at its start; its briefing reaches the model": ({ first, atRest }) => {
      expect(namesOf(atRest)).toEqual(["session-1"]);
      expect(first.requests[0]?.text).toContain("git-hive: this session is session-1");
      expect(timesIn(first, "git-hive: this session is session-1 on the hub")).toBe(1);
    },
    "reads the notes that set-up writes": ({ first }) =>
      expect(first.requests[0]?.text).toContain("Other coding sessions work here too"),
    "gets no escaped text of ours": ({ first }) =>
      expect(first.requests[0]?.text).not.toMatch(/hive [^\n]{0,80}&[lg]t;/),
    "takes the first prompt for the current work": ({ atRest, work }) =>
      expect(atRest.map(({ current_work }) => current_work)).toEqual([work]),
    "shows a message that came meanwhile with the next prompt, once": ({ second, news }) =>
      expect(timesIn(second, `«${news}»`)).toBe(1),
    "reads a claimed file without a warning": ({ first }) =>
      expect(timesIn(first, "has claimed src/orders.txt")).toBe(0),
    "does not start Node after each use of a tool": ({ first }) => {
      const beats = first.hooks.filter(({ event, words }) =>
        /post_?tool_?use|after_?tool|\bbeat\b/i.test(`${words} ${event.hook_event_name}`),
      );
      expect(beats.length).toBeGreaterThan(0);
      expect(beats.length).toBeLessThan(USES);
      const late = Array.from({ length: USES / 3 }, (_, index) => `echo use ${USES - 1 - index}`);
      expect(beats.filter(({ event }) => late.some((line) => JSON.stringify(event).includes(line)))).toEqual(
        [],
      );
    },
    "knows in a shell who acts": ({ first }) =>
      expect(timesIn(first, "session-1 (this tool's session)")).toBe(1),
    [MCP]: ({ first }) => {
      for (const name of ["sync", "inbox", "match", "request", "respond", "claim", "send"])
        expect(first.requests[0]?.tools).toMatch(new RegExp(`"(?:\\w+[_-])?${name}"`));
      expect(timesIn(first, "presence")).toBeGreaterThan(0);
    },
    "knows in `hive mcp` who acts": ({ first }) =>
      expect(first.requests.at(-1)?.text).toMatch(/you\W+session-1\b/),
    "tells the hub of the end of a session": ({ atRest }) =>
      expect(atRest.map(({ presence }) => presence)).toEqual(["offline"]),
    "keeps the name of a resumed session": ({ second, after }) => {
      expect(namesOf(after)).toEqual(["session-1"]);
      expect(second.requests.at(-1)?.text).toContain("Then go on with the prices");
    },
    "gives all files back with `hive setup --remove`": ({ setUp, notes }) => {
      const paths = [...setUp.matchAll(/^written: (.+)$/gm)].map(([, path = ""]) => path);
      expect(paths).toContain(notes);
      expect(readFileSync(notes, "utf8")).toBe("Our own notes.\n");
      expect(paths.filter((path) => path !== notes && existsSync(path))).toEqual([]);
    },
  },
);

const claimedFile = scenario(
  async (bench) => {
    const { driver, scene } = bench;
    await scene.hive("setup", driver.setUp);
    await scene.peer.print("claim", "src/prices.txt", "--as", "boss");
    const path = join(scene.project, "src/prices.txt");
    const alarm = Bench.mark();
    const work = "Please raise all the prices";
    const edit = driver.edit(path, "one price", "two prices");
    const calls = [
      driver.read(path),
      edit,
      driver.shell(`cat '${path}' && echo that was after the first`),
      edit,
      driver.shell(scene.peerLine("broadcast", alarm, "urgent", "--as", "boss")),
    ];
    const run = await bench.ask(work, calls, { edits: true });
    return { run, alarm, work, text: readFileSync(path, "utf8"), sessions: await bench.sessions() };
  },
  {
    "is told of another session's claim before it edits": ({ run, text }) => {
      expect(timesIn(run, "has claimed src/prices.txt")).toBe(1);
      expect(run.requests.at(-1)?.text).toMatch(/one price(?:\\+n|\s)+that was after the first/);
      expect(text).toBe("two prices\n");
    },
    "is held at the end by an urgent message, once": ({ run, alarm }) =>
      expect(timesIn(run, `«${alarm}»`)).toBe(1),
    "shows no error when it is held": ({ run }) =>
      expect(`${run.out}${run.err}`).not.toMatch(/hook[ -]error/i),
    "does not take a text of ours for a prompt": ({ sessions, work }) =>
      expect(sessions.map(({ current_work }) => current_work)).toEqual([work]),
  },
);

const strict = scenario(
  async (bench) => {
    const { driver, scene } = bench;
    await scene.hive("setup", driver.setUp);
    await scene.peer.print("claim", "src/prices.txt", "--as", "boss");
    const path = join(scene.project, "src/prices.txt");
    const edit = driver.edit(path, "one price", "two prices");
    const calls = [driver.read(path), edit, edit];
    const run = await bench.ask("Please raise all the prices", calls, {
      edits: true,
      env: { HIVE_STRICT: "1" },
    });
    return { run, text: readFileSync(path, "utf8") };
  },
  {
    "does not edit a claimed file with HIVE_STRICT=1": ({ run, text }) => {
      expect(text).toBe("one price\n");
      expect(timesIn(run, "has claimed src/prices.txt")).toBeGreaterThan(0);
    },
  },
);

const fork = scenario(
  async (bench) => {
    await bench.scene.hive("setup", bench.driver.setUp);
    await bench.ask("Please count all the orders", []);
    await bench.sessionsAtRest();
    const run = await bench.ask("Now count the prices instead", [], { continues: "copy" });
    return { run, sessions: await bench.sessions() };
  },
  {
    [FORK]: ({ run, sessions }) => {
      expect(namesOf(sessions)).toEqual(["session-1", "session-2"]);
      expect(run.requests.at(-1)?.text).toContain("this session is session-2");
    },
  },
);

const subagent = scenario(
  async (bench) => {
    const { driver, scene } = bench;
    await scene.hive("setup", driver.setUp);
    const task = "Look for the orders of May";
    const found = join(scene.home, "found");
    scene.model.script(task, [
      driver.shell(`hive whoami > '${found}.draft' 2>&1; mv '${found}.draft' '${found}'`),
    ]);
    const run = await bench.ask("Please find what was ordered", [
      ...(driver.subagent?.(task) ?? []),
      // Some tools do not wait for their subagents.
      driver.shell(
        `sh ${scene.write("wait.sh", `for i in $(seq 100); do [ -e ${found} ] && break; sleep 0.1; done`)}`,
      ),
    ]);
    const who = existsSync(found) ? readFileSync(found, "utf8") : "";
    return { run, who, sessions: await bench.sessionsAtRest() };
  },
  {
    "takes a subagent for no session of its own": ({ who, sessions }) => {
      expect(who).not.toBe("");
      expect(namesOf(sessions)).toEqual(["session-1"]);
    },
    [SUBAGENT_SHELL]: ({ who }) => expect(who).toContain("session-1 "),
  },
);

const sharedTree = scenario(
  async (bench) => {
    const { driver, scene } = bench;
    await scene.hive("setup", driver.setUp);
    const gate = join(scene.home, "gate");
    // In a file, because some tools refuse a line that is a program.
    const waiting = `touch '${gate}.here'; for i in $(seq 300); do [ -e '${gate}' ] && break; sleep 0.2; done`;
    const script = scene.write("wait.sh", waiting);
    const first = bench.ask("Please sort the orders", [driver.shell(`sh ${script}`)]);
    first.catch(() => undefined);
    const until = Date.now() + 60_000;
    while (!existsSync(`${gate}.here`)) {
      if (Date.now() > until) throw new Error("The first session did not run its line within a minute.");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const second = await bench.ask("Please sort the prices", []);
    writeFileSync(gate, "");
    await first;
    const texts = second.requests.map(({ text }) => text).filter((text) => text.includes("sort the prices"));
    return { text: texts.at(-1) ?? "", sessions: await bench.sessions() };
  },
  {
    "tells a second session in a checkout of the first": ({ text, sessions }) => {
      expect(namesOf(sessions)).toEqual(["session-1", "session-2"]);
      expect(text).toContain("this session is session-2");
      expect(text).toMatch(/session-1 also works in this work tree/);
      expect(text).toContain("git worktree add");
    },
  },
);

const compacted = scenario(
  async (bench) => {
    await bench.scene.hive("setup", bench.driver.setUp);
    await bench.ask("Please list all the orders", [bench.driver.shell("seq 500")]);
    const compaction = await bench.ask("/compact", [], { continues: "same" });
    await bench.ask("Now list the prices", [], { continues: "same" });
    return { compaction, sessions: await bench.sessions() };
  },
  {
    [COMPACTED]: ({ compaction, sessions }) => {
      expect(compaction.hooks.map(({ event }) => event.source)).toContain("compact");
      expect(namesOf(sessions)).toEqual(["session-1"]);
    },
  },
);

const cleared = scenario(
  async (bench) => {
    const { driver, scene } = bench;
    await scene.hive("setup", driver.setUp);
    scene.model.script("Please count all the orders", [driver.mcp("sync", {})]);
    const calls = [driver.shell("hive whoami"), driver.mcp("sync", {})];
    scene.model.script("Now count the prices", calls);
    const run = await bench.converse(["Please count all the orders", "/clear", "Now count the prices"]);
    return { run, sessions: await bench.sessionsAtRest() };
  },
  {
    [CLEARED]: ({ run, sessions }) => {
      const last = run.requests.findLast(({ text }) => text.includes("Now count the prices"))?.text ?? "";
      expect(run.hooks.map(({ event }) => event.source)).toContain("clear");
      expect(last).not.toContain("Please count all the orders");
      expect(last).toContain("session-1 (this tool's session)");
      expect(last).toMatch(/you\W+session-1\b/);
      expect(namesOf(sessions)).toEqual(["session-1"]);
    },
  },
);

const commented = scenario(
  async (bench) => {
    const { driver, scene } = bench;
    const name = driver.setUp;
    const path = join("shop", TOOLS[name].server?.names.at(-1) ?? TOOLS[name].files.project.settings);
    const before = "// mine\n{}\n";
    scene.write(path, before);
    const refusal = await scene.hive("setup", name).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    const run = refusal === undefined ? await bench.ask("Please count", []) : undefined;
    return { before, refusal, run, after: scene.read(path) };
  },
  {
    "takes settings with comments, or set-up refuses to change them": ({ before, refusal, run, after }) => {
      if (run === undefined) {
        expect(refusal).toContain("has comments, so the tool ignores all of it");
        expect(after).toBe(before);
      } else expect(run.hooks.length).toBeGreaterThan(0);
    },
  },
);

/** What a tool goes through, the shortest proof of all first. */
export const SCENARIOS: readonly Scenario[] = [
  workingTurn,
  claimedFile,
  strict,
  fork,
  subagent,
  sharedTree,
  compacted,
  cleared,
  commented,
];
