import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gitAt } from "../../../src/store/git/git.ts";
import { ObjectReader, Tree } from "../../../src/store/git/objects.ts";
import { openSandbox } from "../../support/git-sandbox.ts";

/** A reader of an empty repository, and a function that stores a blob there. */
async function open() {
  const sandbox = openSandbox();
  const path = sandbox.folder("repository.git");
  await sandbox.git(path, "init", "--quiet", "--bare", ".");
  const git = gitAt(path, sandbox.env);
  const store = async (...args: Parameters<typeof git.run>) => (await git.run(...args)).stdout.trim();
  return { objects: new ObjectReader(git), store };
}

const HASH = ["hash-object", "-w", "--stdin"];

describe("a reader of objects", () => {
  it("answers many questions of one moment in order, large and small, found and not", async () => {
    const { objects, store } = await open();
    const texts = ["", "small", "x".repeat(3_000_000), "\n", "y".repeat(70_000), "last"];
    const oids = await Promise.all(texts.map((input) => store(HASH, { input })));
    const missing = "0".repeat(40);
    const asked = oids.flatMap((oid) => [objects.inspect(oid), objects.read(missing), objects.read(oid)]);
    const expected = texts.flatMap((text) => [[text.length, ""], undefined, [text.length, text]]);
    const answers = await Promise.all(asked);
    expect(answers.map((answer) => answer && [answer.size, answer.bytes.toString()])).toEqual(expected);
    objects.close();
  });

  it("answers a question that was asked just before it was closed", async () => {
    const { objects, store } = await open();
    const oid = await store(HASH, { input: "text" });
    const asked = objects.read(oid);
    objects.close();
    expect((await asked)?.bytes.toString()).toBe("text");
  });

  it("answers each question, whatever was asked and closed before and meanwhile", async () => {
    const { objects, store } = await open();
    const texts = ["one", "x".repeat(300_000), ""];
    const oids = await Promise.all(texts.map((input) => store(HASH, { input })));
    const ask = fc.nat(oids.length - 1);
    const steps = fc.array(fc.oneof(ask, fc.constantFrom("close", "wait")), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const asked: Promise<string | undefined>[] = [];
        const expected: (string | undefined)[] = [];
        for (const step of taken) {
          if (step === "close") objects.close();
          else if (step === "wait") await asked.at(-1);
          else {
            asked.push(objects.read(oids[Number(step)] ?? "").then((answer) => answer?.bytes.toString()));
            expected.push(texts[Number(step)]);
          }
        }
        expect(await Promise.all(asked)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
    objects.close();
  });
});

describe("a tree", () => {
  it("has the entries that git lists, and tells plain files by their ends", async () => {
    const { objects, store } = await open();
    const blob = await store(HASH, { input: "text" });
    const lines = [
      ...["a.json", "b.txt", "json", ".json", "\u00fc.json"].map((name) => `100644 blob ${blob}\t${name}`),
      ...["100755 blob ", "120000 blob "].map((kind, index) => `${kind}${blob}\tx${index}.json`),
    ];
    const oid = await store(["mktree"], { input: `${lines.join("\n")}\n` });
    const object = await objects.read(oid);
    objects.close();
    if (!object) throw new Error("the tree is missing");
    const tree = new Tree(object);
    const listed = await store(["ls-tree", "-z", oid]);
    const entries = [...tree];
    expect(entries.map(({ mode, name }) => `${mode} ${name}`)).toEqual(
      listed
        .split("\0")
        .flatMap((line) => (line === "" ? [] : [`${line.slice(0, 6)} ${line.split("\t")[1]}`])),
    );
    expect(entries.filter((_, index) => tree.isFile(index, ".json")).map(({ name }) => name)).toEqual([
      ".json",
      "a.json",
      "x0.json",
      "\u00fc.json",
    ]);
    expect(new Set(entries.map((entry) => entry.oid))).toEqual(new Set([blob]));
  });
});
