import type { ToolName } from "../../src/domain/coding-tools/table.ts";
import type { PinnedName } from "./install.ts";
import type { Call } from "./model/dialect.ts";
import type { Scene } from "./scene.ts";

/** How a prompt is given to a tool. */
export interface Manner {
  /** Continues the session that was last in the project, or a copy of it. */
  readonly continues?: "same" | "copy";
  /** The model may change files. A tool can offer some of its tools only to some models. */
  readonly edits?: boolean;
  /** More variables of the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How one real tool is driven without a screen. */
export interface Driver {
  readonly name: PinnedName;
  readonly title: string;
  /** What `hive setup` calls it. */
  readonly setUp: ToolName;
  /** The file with instructions that it reads in a project. */
  readonly notes: string;
  /** Whether it takes so long to start that continuous integration leaves it out. */
  readonly isSlow?: boolean;
  /** Points the tool at the scripted model, and answers what it would ask of a new user. */
  prepare(scene: Scene): void;
  /** The variables that it needs, such as a key that is none. */
  env(scene: Scene): Record<string, string>;
  /** The arguments that give it a prompt, let it use its tools, and end it after its answer. */
  argv(prompt: string, manner: Manner, scene: Scene): string[];
  /** How several prompts are given to one process of it, if it takes them without a screen. */
  readonly turns?: {
    argv(scene: Scene): string[];
    /** What it reads for a prompt. */
    line(prompt: string): string;
    /** What it prints at the end of each turn. */
    readonly end: string;
  };
  /** The calls by which a model runs a line in a shell, replaces a text in a file, and uses a tool of `hive mcp`. */
  shell(line: string): Call;
  edit(path: string, before: string, after: string): Call;
  read(path: string): Call;
  mcp(name: string, input: Readonly<Record<string, unknown>>): Call;
  /** The calls by which a model lets a subagent do a task, and waits for it. */
  subagent?(task: string): Call[];
  /** The rows that cannot be true for the tool, with the reason. */
  readonly cannot: Readonly<Record<string, string>>;
}
