import { quoteForShell } from "../values/shell-quote.ts";
import type { ToolHooks } from "./hook-entries.ts";
import { ownWords } from "./prompt.ts";
import { shellEdits } from "./shell-edits.ts";

/** What a coding tool asks its user, as an event tells. The texts are as the tool wrote them. */
export interface UserQuestion {
  /**
   * 1. permission: the tool asks whether it may use a tool;
   * 2. answer: the session asks, or a server does;
   * 3. prompt: the session has finished, and waits for the next prompt.
   */
  readonly about: "permission" | "answer" | "prompt";
  /** Empty where the event does not tell; then what it is about has to do. */
  readonly text: string;
  readonly options: readonly string[];
  /** The tool that it wants to use; empty where the event does not tell. */
  readonly tool: string;
}

/** An event in a session of a coding tool, in a form common to all tools. */
export interface HookEvent {
  /**
   * 1. start: the session starts, or continues after a pause, a compaction or a cleared conversation;
   * 2. prompt: the user has written;
   * 3. edit: the session is about to change files;
   * 4. beat: the session has used a tool;
   * 5. stop: the session has finished its turn;
   * 6. end: the session ends;
   * 7. wait: the session waits for its user.
   */
  readonly kind: "start" | "prompt" | "edit" | "beat" | "stop" | "end" | "wait";
  /** The tool's own id of the session. */
  readonly session: string;
  /** The session's working directory; undefined if the tool does not give it. */
  readonly directory: string | undefined;
  /** The event comes from a subagent of the session, which is not a session itself. */
  readonly isSubagent: boolean;
  /** Why the session starts or ends, as the tool names it. */
  readonly reason: string;
  /** What the user wrote. */
  readonly prompt: string;
  /** The files that the session is about to change. */
  readonly paths: readonly string[];
  /** The tool that the session used, or is about to use; empty where the event does not tell. */
  readonly tool: string;
  /** What the session waits for; undefined but for the kind wait. */
  readonly question: UserQuestion | undefined;
  /** A hook has already kept the session from stopping in this turn. */
  readonly isHeld: boolean;
}

/**
 * Whether a session starts that was there before. The event of a copy has the id of its original, so it does not show
 * that either of them runs: only what follows does.
 */
export function resumes({ kind, reason }: HookEvent): boolean {
  return kind === "start" && (reason === "resume" || reason === "fork");
}

/** The answer of a hook. Usually it is empty. */
export interface HookAnswer {
  /** Facts for the session. */
  readonly context?: string;
  /** Why the session may not do this now. It may do it when it tries again. */
  readonly deny?: string;
  /** Why the user should be asked before the session continues. */
  readonly ask?: string;
  /** Why the session should not stop yet. */
  readonly hold?: string;
}

/** The differences between coding tools. */
export interface CodingTool {
  /** The environment variable with the session's id, set for child processes of the tool. */
  readonly variable: string;
  /**
   * Reads an event; undefined if git-hive does not handle it. `name` is the event's name, for tools that give it only
   * in the call.
   */
  read(fields: Fields, name: string | undefined): HookEvent | undefined;
  /** Formats an answer for the tool; undefined if the tool has no format for this answer. */
  print(event: HookEvent, answer: HookAnswer): object | undefined;
  /** The hooks in the tool's settings that call git-hive. */
  readonly hooks: ToolHooks;
  /** The plugin that calls git-hive, for a tool that has plugins in the place of hooks. It is a file of our own. */
  readonly plugin?: string;
  /** Where the tool's configuration names servers, if set-up adds ours. */
  readonly server?: ToolServer;
  readonly files: ToolFiles;
}

/** Our server in a tool's configuration. */
export interface ToolServer {
  /** What a new file has beside it. */
  readonly root: Readonly<Record<string, unknown>>;
  readonly path: readonly [table: string, name: string];
  readonly value: Readonly<Record<string, unknown>>;
  /** The names that the file may have. The last one is that of a new file. */
  readonly names: readonly string[];
}

/**
 * The files from which a tool reads its hooks and its notes. Notes are instructions that the tool gives to its
 * sessions.
 */
interface ToolFiles {
  /** Relative to the project's root. */
  readonly project: {
    readonly settings: string;
    /** The settings of one user, which are not committed. */
    readonly local?: string;
    readonly notes: string;
    /** The file with notes that it reads where the other one does not exist. */
    readonly otherNotes?: string;
    /** The file to which an earlier version wrote the notes, which the tool does not read. */
    readonly formerNotes?: string;
    /** Whether the tool reads the settings also when it is started in a subfolder of the project. */
    readonly readsUpwards: boolean;
  };
  /** For all projects of the user. Undefined if the tool reads hooks only from a project. */
  readonly global?: {
    /** Relative to the user's home, unless the environment variable names another folder. */
    readonly folder: string;
    readonly variable?: string;
    readonly settings: string;
    readonly notes?: string;
  };
}

/** An unchecked JSON object from outside. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The first of these fields that holds a non-empty text; undefined if none does. */
export function textIn(fields: Fields, ...names: readonly string[]): string | undefined {
  return names.map((name) => fields[name]).find((value) => typeof value === "string" && value !== "") as
    | string
    | undefined;
}

/**
 * Reads an event from the fields that most tools name alike. `over` overrides them. Undefined without a kind or a
 * session.
 */
export function readEvent(
  kind: HookEvent["kind"] | undefined,
  fields: Fields,
  over: Partial<Omit<HookEvent, "session">> & { readonly session?: string | undefined } = {},
): HookEvent | undefined {
  const session = over.session ?? textIn(fields, "session_id");
  if (kind === undefined || session === undefined) return undefined;
  const prompt = over.prompt ?? textIn(fields, "prompt") ?? "";
  return {
    directory: textIn(fields, "cwd"),
    isSubagent: textIn(fields, "agent_id") !== undefined,
    reason: textIn(fields, "source", "reason") ?? "",
    paths: pathsIn(fields.tool_input, textIn(fields, "tool_name")),
    tool: textIn(fields, "tool_name", "toolName") ?? "",
    question: undefined,
    isHeld: fields.stop_hook_active === true,
    ...over,
    kind,
    session,
    prompt: ownWords(prompt),
  };
}

/** How many files of one event are looked at. */
const MAX_PATHS = 50;

/** Tools that run a line in a shell. */
const SHELL_TOOL = /^(?:bash|shell|powershell|exec_command|run_shell_command|run_terminal_cmd|terminal)$/i;

/** The files that a tool's arguments name, in any of the forms that tools have: as a field, in a patch, in a shell's line. */
export function pathsIn(input: unknown, tool = ""): string[] {
  const fields = typeof input === "string" ? { input } : fieldsOf(input);
  const texts = Object.values(fields).flatMap(textsIn);
  const paths = SHELL_TOOL.test(tool) ? shellPaths(fields) : [...namedIn(fields), ...listedIn(fields)];
  return [...new Set([...paths, ...texts.flatMap(patchedIn)])].slice(0, MAX_PATHS);
}

function namedIn(fields: Fields): string[] {
  const named = textIn(fields, "file_path", "notebook_path", "path", "target_file", "filePath");
  return named === undefined ? [] : [named];
}

/** The files of a list of edits, and those by which changes are keyed. */
function listedIn({ edits, files, changes }: Fields): string[] {
  const listed = [edits, files, changes].flatMap((each) => (Array.isArray(each) ? each : []));
  return [
    ...listed.flatMap((each) => (typeof each === "string" ? [each] : namedIn(fieldsOf(each)))),
    ...Object.keys(fieldsOf(changes)),
  ];
}

/** The files that a line for a shell changes, in the folder in which the tool runs it. */
function shellPaths(fields: Fields): string[] {
  const folder = textIn(fields, "workdir", "cwd", "directory", "dir_path");
  const [line, ...more] = [fields.command ?? fields.cmd].flatMap(textsIn);
  if (line === undefined) return [];
  return shellEdits(more.length === 0 ? line : [line, ...more].map(quoteForShell).join(" "), folder);
}

/** The files of a patch. */
function patchedIn(text: string): string[] {
  if (!text.includes("*** Begin Patch")) return [];
  const files = text.matchAll(/^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+)$/gm);
  return [...files].map(([, path = ""]) => path.trim());
}

/** The texts of a value that is a text, or a list of texts. */
function textsIn(value: unknown): string[] {
  return [value].flat().filter((each) => typeof each === "string");
}
