import type { ToolHooks } from "./hook-entries.ts";

/** Something that happened in a coding tool's session, whichever tool it is. */
export interface HookEvent {
  /**
   * 1. start: it starts, or goes on after a pause, a compaction or a cleared conversation;
   * 2. prompt: its user has written;
   * 3. edit: it is about to change files;
   * 4. beat: it has used a tool;
   * 5. stop: it has finished its turn;
   * 6. end: it ends.
   */
  readonly kind: "start" | "prompt" | "edit" | "beat" | "stop" | "end";
  /** The tool's own id of the session. */
  readonly session: string;
  /** Where it works; undefined where the tool does not say. */
  readonly directory: string | undefined;
  /** Inside a helper that the session started: it is no session of its own. */
  readonly isSubagent: boolean;
  /** Why it starts or ends, in the tool's words. */
  readonly reason: string;
  readonly prompt: string;
  /** The files it is about to change. */
  readonly paths: readonly string[];
  /** It goes on only because a hook held it back already. */
  readonly isHeld: boolean;
}

/** What a hook has to say; nothing at all is the usual answer. */
export interface HookAnswer {
  /** Facts for the session to know. */
  readonly context?: string;
  /** Why its user should be asked before it goes on. */
  readonly ask?: string;
  /** Why it should not stop yet. */
  readonly hold?: string;
}

/** What makes one coding tool different from another. */
export interface CodingTool {
  /** The environment variable by which what it starts knows the session. */
  readonly variable: string;
  /** Reads an event; undefined where it is none of ours. `name` is the event's, where only the call says it. */
  read(fields: Fields, name: string | undefined): HookEvent | undefined;
  /** An answer in the tool's own words; undefined where it has none for it. */
  print(event: HookEvent, answer: HookAnswer): object | undefined;
  /** The hooks that its settings hold, so that it calls us. */
  readonly hooks: ToolHooks;
  readonly files: ToolFiles;
}

/** Where a tool reads its hooks from, and its notes: instructions that it gives to its sessions. */
interface ToolFiles {
  /** Below a project's root. */
  readonly project: { readonly settings: string; readonly notes: string };
  /** For all projects of its user. Undefined where the tool reads hooks from a project only. */
  readonly global?: {
    /** In the user's home, unless the environment variable names another. */
    readonly folder: string;
    readonly variable?: string;
    readonly settings: string;
    readonly notes?: string;
  };
}

/** A JSON object from outside, of which nothing is known. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The first of some fields that holds a text. */
export function textIn(fields: Fields, ...names: readonly string[]): string | undefined {
  return names.map((name) => fields[name]).find((value) => typeof value === "string" && value !== "") as
    | string
    | undefined;
}

/** What every event comes to, from what most tools call the same. */
export function readEvent(
  kind: HookEvent["kind"] | undefined,
  fields: Fields,
  over: Partial<Omit<HookEvent, "session">> & { readonly session?: string | undefined } = {},
): HookEvent | undefined {
  const session = over.session ?? textIn(fields, "session_id");
  if (kind === undefined || session === undefined) return undefined;
  return {
    directory: textIn(fields, "cwd"),
    isSubagent: textIn(fields, "agent_id") !== undefined,
    reason: textIn(fields, "source", "reason") ?? "",
    prompt: textIn(fields, "prompt") ?? "",
    paths: pathsIn(fieldsOf(fields.tool_input)),
    isHeld: fields.stop_hook_active === true,
    ...over,
    kind,
    session,
  };
}

/** The files that a tool's own arguments name. */
export function pathsIn(input: Fields): string[] {
  const named = textIn(input, "file_path", "notebook_path", "path", "target_file", "filePath");
  const patch = textIn(input, "command", "patch", "input") ?? "";
  const patched = patch.includes("*** Begin Patch")
    ? [...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map(([, path = ""]) => path.trim())
    : [];
  return [...(named === undefined ? [] : [named]), ...patched].slice(0, 50);
}
