import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { LandedOperations } from "../../../src/store/landing/landed-operations.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import type { Sandbox } from "../../support/sandbox.ts";

const ABSENT = "1".repeat(40);

/** A bare repository whose commits name the operations that they carry. */
class Commits {
  readonly directory: string;
  readonly git;
  readonly #sandbox: Sandbox;
  #tree: Promise<string> | undefined;
  #count = 0;

  constructor(sandbox: Sandbox, directory: string) {
    this.directory = directory;
    this.git = gitAt(directory, sandbox.env);
    this.#sandbox = sandbox;
  }

  static async open(): Promise<Commits> {
    const sandbox = openSandbox();
    return new Commits(sandbox, await sandbox.bareHub());
  }

  /** Makes a commit after another, or the first one; returns its id. */
  async after(parent: string | null, ...ops: string[]): Promise<string> {
    this.#tree ??= this.#sandbox.git(this.directory, "mktree");
    const trailers = ops.map((op) => `Hive-Op: ${op}\n`).join("");
    const message = `commit ${this.#count++}\n\nHive-Op is a word here: not one of ours\n\n${trailers}`;
    const parents = parent === null ? [] : ["-p", parent];
    const args = ["commit-tree", await this.#tree, ...parents];
    return this.#sandbox.gitWith(message, this.directory, ...args);
  }

  /** Makes a chain of commits, each with its operations; returns their ids. */
  async row(parent: string | null, ...opsOfEach: string[][]): Promise<string[]> {
    const made: string[] = [];
    for (const ops of opsOfEach) made.push(await this.after(made.at(-1) ?? parent, ...ops));
    return made;
  }

  /** A repository that has only the newest commit, and those that come later. */
  async shallowAt(tip: string, name = "shallow"): Promise<Commits> {
    const shallow = new Commits(this.#sandbox, await this.#sandbox.bareHub(name));
    await shallow.fetch(this, tip, "--depth=1");
    return shallow;
  }

  async fetch(from: Commits, tip: string, ...options: string[]): Promise<void> {
    await this.#sandbox.git(from.directory, "update-ref", "refs/heads/main", tip);
    const url = `file://${from.directory}`;
    await this.#sandbox.git(
      this.directory,
      "fetch",
      "--quiet",
      ...options,
      url,
      "+refs/heads/main:refs/heads/main",
    );
  }
}

/** The ids of the commits that name an operation. */
function commitsOf(found: ReturnType<LandedOperations["find"]>): readonly string[] | "unknown" {
  return found === "unknown" ? found : found.map(({ commit }) => commit);
}

/** The landed operations of a chain of commits, and the expected position; -1 is before the first commit. */
class Walk {
  readonly #landed: LandedOperations;
  readonly #row: readonly string[];
  readonly #ops: readonly string[][];
  #tip: number;

  constructor({ git }: Commits, row: readonly string[], ops: readonly string[][], start: number) {
    this.#landed = new LandedOperations(git, row[start] ?? null);
    [this.#row, this.#ops, this.#tip] = [row, ops, start];
  }

  ask(op: string, since: number): void {
    const writer = this.#ops.findIndex((inside) => inside.includes(op));
    const isFound = writer > since && writer <= this.#tip;
    const found = commitsOf(this.#landed.find(op, this.#row[since] ?? null));
    expect(found).toEqual(isFound ? [this.#row[writer]] : []);
  }

  advance(by: number, isOurs: boolean): void {
    const next = Math.min(this.#tip + by, this.#row.length - 1);
    const came = this.#row.map((commit, index) => ({ commit, ops: this.#ops[index] ?? [], refused: [] }));
    const steps = came.slice(this.#tip + 1, next + 1);
    if (isOurs && steps.length > 0) this.#landed.add(steps, this.#row[next] ?? "");
    else expect(this.#landed.follow(this.#row[next] ?? null)).toEqual(steps);
    this.#tip = next;
  }
}

describe("on a linear branch", () => {
  it("an operation is found in the commit that carries it, whatever other heartbeats are in it", async () => {
    const commits = await Commits.open();
    const [first = "", second = "", third = ""] = await commits.row(null, ["A"], ["B", "C", "D"], []);
    const landed = new LandedOperations(commits.git, third);
    expect(["A", "B", "C", "D", "E"].map((op) => commitsOf(landed.find(op, null)))).toEqual([
      [first],
      [second],
      [second],
      [second],
      [],
    ]);
    expect(commitsOf(landed.find("B", first))).toEqual([second]);
    expect(commitsOf(landed.find("B", second))).toEqual([]);
  });

  it("for any questions in any order after any updates, the answer is that of the history", async () => {
    const commits = await Commits.open();
    const ops = Array.from({ length: 9 }, (_, index) => (index % 3 === 2 ? [] : [`${index}a`, `${index}b`]));
    const row = await commits.row(null, ...ops);
    const place = fc.integer({ min: -1, max: row.length - 1 });
    const question = fc.record({ op: fc.constantFrom(...ops.flat(), "other"), since: place });
    const advance = fc.record({ by: fc.integer({ min: 0, max: 3 }), isOurs: fc.boolean() });
    return fc.assert(
      fc.property(place, fc.array(fc.oneof(question, advance), { maxLength: 12 }), (start, acts) => {
        const walk = new Walk(commits, row, ops, start);
        for (const act of acts) {
          if ("op" in act) walk.ask(act.op, act.since);
          else walk.advance(act.by, act.isOurs);
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it("no operation is found when there is no commit yet, and every one from the first commit on", async () => {
    const commits = await Commits.open();
    const landed = new LandedOperations(commits.git, null);
    expect([
      commitsOf(landed.find("A", null)),
      commitsOf(landed.findAnywhere("A")),
      landed.follow(null),
    ]).toEqual([[], [], []]);
    const first = await commits.after(null, "A");
    expect(landed.follow(first)).toEqual([{ commit: first, ops: ["A"], refused: [] }]);
    expect([commitsOf(landed.find("A", null)), commitsOf(landed.findAnywhere("A"))]).toEqual([
      [first],
      [first],
    ]);
  });

  it("operations after a missing commit are unknown", async () => {
    const commits = await Commits.open();
    const landed = new LandedOperations(commits.git, await commits.after(null, "A"));
    expect(commitsOf(landed.find("A", ABSENT))).toBe("unknown");
    expect(commitsOf(landed.find("B", ABSENT))).toBe("unknown");
  });
});

describe("on a branch that was rewritten", () => {
  it("operations of the old history only have not landed, those of the new one have", async () => {
    const commits = await Commits.open();
    const [base = "", old = ""] = await commits.row(null, [], ["A"]);
    const landed = new LandedOperations(commits.git, base);
    landed.follow(old);
    expect(commitsOf(landed.find("A", base))).toEqual([old]);
    const anew = await commits.after(base, "B");
    landed.follow(anew);
    expect([commitsOf(landed.find("A", base)), commitsOf(landed.find("B", base))]).toEqual([[], [anew]]);
    expect(commitsOf(landed.find("B", old))).toEqual([anew]);
  });

  it("and set back, removed operations have not landed", async () => {
    const commits = await Commits.open();
    const [base = "", old = ""] = await commits.row(null, [], ["A"]);
    const landed = new LandedOperations(commits.git, base);
    landed.follow(old);
    landed.follow(base);
    expect(commitsOf(landed.find("A", null))).toEqual([]);
    expect(commitsOf(landed.find("A", base))).toEqual([]);
  });
});

describe("in a repository that has only the newest part of the history", () => {
  it("operations after the newest commit are known, and those before it are not", async () => {
    const commits = await Commits.open();
    const [first = "", second = ""] = await commits.row(null, ["A"], ["B"]);
    const shallow = await commits.shallowAt(second);
    const landed = new LandedOperations(shallow.git, second);
    expect([first, null].map((since) => commitsOf(landed.find("A", since)))).toEqual(["unknown", "unknown"]);
    expect(commitsOf(landed.findAnywhere("A"))).toEqual([]);
    const third = await commits.after(second, "C");
    await shallow.fetch(commits, third);
    expect(landed.follow(third)).toEqual([{ commit: third, ops: ["C"], refused: [] }]);
    expect(commitsOf(landed.find("C", second))).toEqual([third]);
  });

  it("operations between two present commits are unknown when the commits between them are missing", async () => {
    const commits = await Commits.open();
    const [first = "", , third = ""] = await commits.row(null, [], ["A"], ["B"]);
    const shallow = await commits.shallowAt(first);
    await shallow.fetch(commits, third, "--depth=1");
    for (const start of [first, third, null]) {
      const landed = new LandedOperations(shallow.git, start);
      landed.follow(third);
      expect(commitsOf(landed.find("A", first))).toBe("unknown");
    }
  });
});
