import { writeFileSync } from "node:fs";
import type { Reporter, TestCase, TestModule, TestSuite } from "vitest/node";
import { PINNED } from "./install.ts";

const FILE = new URL("../../docs/tools.md", import.meta.url);

interface Cell {
  readonly row: string;
  readonly tool: string;
  readonly state: "yes" | "no" | "FAILS";
  readonly reason: string;
}

/** Writes docs/tools.md from a run of the tests in this folder: which tool does what. */
export default class Matrix implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const suites = modules.flatMap(({ children }) => [...children.suites()]);
    writeFileSync(FILE, pageOf(suites.toSorted((a, b) => orderOf(a) - orderOf(b))));
  }
}

/** The tool with the fewest reasons to be left out comes first. */
function orderOf(suite: TestSuite): number {
  return cellsOf(suite).filter(({ state }) => state !== "yes").length;
}

function cellsOf(suite: TestSuite): Cell[] {
  return [...suite.children.allTests()].map((test) => {
    const { state, reason } = resultOf(test);
    return { row: test.name, tool: suite.name, state, reason };
  });
}

function resultOf(test: TestCase): Pick<Cell, "state" | "reason"> {
  const result = test.result();
  if (result.state === "passed") return { state: "yes", reason: "" };
  return result.state === "skipped"
    ? { state: "no", reason: result.note ?? "it was not run" }
    : { state: "FAILS", reason: "the last run failed" };
}

function pageOf(suites: readonly TestSuite[]): string {
  const cells = suites.flatMap(cellsOf);
  const tools = [...new Set(suites.map(({ name }) => name))];
  const rows = [...new Set(cells.map(({ row }) => row))];
  const isCommon = (row: string) => cells.filter((cell) => cell.row === row).length > 1;
  const notes: string[] = [];
  const show = (row: string) => (tool: string) => {
    const cell = cells.find((each) => each.row === row && each.tool === tool);
    if (cell === undefined) return "–";
    if (cell.state === "yes") return "yes";
    const note = `${tool}: ${cell.reason}.`;
    if (!notes.includes(note)) notes.push(note);
    return `${cell.state} (${notes.indexOf(note) + 1})`;
  };
  const common = rows.filter(isCommon);
  const columns = tools.filter((tool) => cells.some((cell) => cell.tool === tool && isCommon(cell.row)));
  const lines = [
    line(["git-hive in the tool", ...columns]),
    line(["", ...columns].map(() => "---")),
    ...common.map((row) => line([row, ...columns.map(show(row))])),
  ];
  const single = cells.filter(({ row }) => !isCommon(row));
  const own = [
    line(["tool", "what", "does it"]),
    line(["---", "---", "---"]),
    ...single.map(({ row, tool }) => line([tool, row, show(row)(tool)])),
  ];
  const tried = Object.values(PINNED).filter((pin) => !("isAid" in pin));
  const versions = tried.map((pin) => `${pin.package} ${pin.version}`);
  return `${[
    "# What each coding tool does with git-hive",
    "",
    `\`npm run test:tools\` wrote this page on ${new Date().toISOString().slice(0, 10)}. It ran the real tools without a screen, in a`,
    "clean home, against a scripted model on this host, each as `hive setup` had set it up. Tried were:",
    `${versions.join(", ")}.`,
    "Cursor and Windsurf cannot be installed this way, so they are untried.",
    "",
    ...lines,
    "",
    ...(own.length > 2 ? [...own, ""] : []),
    ...notes.map((note, index) => `${index + 1}. ${note}`),
  ]
    .join("\n")
    .trimEnd()}\n`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
