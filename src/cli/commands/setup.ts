import { type Answering, answering } from "../../app/coding-tools/answering.ts";
import { trustOfCodex } from "../../app/coding-tools/codex-config.ts";
import {
  checkTool,
  fileWithoutHooks,
  removeFromTool,
  type SettingsChange,
  setUpTool,
} from "../../app/coding-tools/setup.ts";
import { type SetupScope, startFolder } from "../../app/coding-tools/tool-files.ts";
import { isHubChosen } from "../../app/workplace/locate.ts";
import type { CodexTrust } from "../../domain/coding-tools/codex-trust.ts";
import { NOTES } from "../../domain/coding-tools/notes.ts";
import { TOOL_NAMES, type ToolName } from "../../domain/coding-tools/table.ts";
import { TOOLS } from "../../domain/coding-tools/tools.ts";
import { wrongCall } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { Command, CommandAnswer } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

export const setup: Command = {
  usage: "<tool>",
  options: [
    ["--check", "show whether the tool is set up, and change nothing"],
    ["--remove", "remove the hooks and notes"],
    ["--print", "print the hooks and notes, to add them by hand"],
    ["--global", "for all your projects, not only this one"],
    ["--local", "for you alone in this project: writes nothing that is committed"],
  ],
  examples: [
    "hive setup claude",
    "hive setup codex --global",
    "hive setup claude --local",
    "hive setup claude --check",
    "hive setup claude --remove",
  ],
  undo: "hive setup <tool> --remove",
  prints:
    "tool, reach, files[] {path, change}, start?, answers?, hub_chosen?; or of --check: tool, reach, files[] {path, state}, start?, off?, answers, trust?, next?, hub_chosen; or of --print: tool, settings, plugin?, notes",
  async run({ world }, [name = ""], options) {
    const tool = TOOL_NAMES.find((each) => each === name);
    if (tool === undefined)
      throw wrongCall(
        `hive setup does not know the tool ${JSON.stringify(name)}.`,
        `The tools are: ${TOOL_NAMES.join(", ")}`,
      );
    const actions = ["check", "remove", "print"].filter((action) => options[action] === true);
    if (actions.length > 1)
      throw wrongCall(`--${actions[0]} and --${actions[1]} exclude each other.`, "Give one of them.");
    if (options.global === true && options.local === true)
      throw wrongCall("--global and --local exclude each other.", "Give one of them.");
    const scope: SetupScope =
      options.global === true ? "global" : options.local === true ? "local" : "project";
    const start = startFolder(world, tool, scope);
    if (options.check === true)
      return check(tool, scope, checkTool(world, tool, scope), {
        start,
        off: fileWithoutHooks(world, tool),
        answers: answering(world, tool),
        trust: trustIn(world, tool, scope),
        isHubKnown: isHubChosen(world),
      });
    if (options.print === true) return print(tool);
    const isRemoval = options.remove === true;
    const files = isRemoval ? removeFromTool(world, tool, scope) : setUpTool(world, tool, scope);
    const trust = trustIn(world, tool, scope);
    return done(
      tool,
      scope,
      files,
      isRemoval
        ? "removal"
        : { start, answers: answering(world, tool), trust, isHubKnown: isHubChosen(world) },
    );
  },
};

function optionOf(scope: SetupScope): string {
  return scope === "project" ? "" : ` --${scope}`;
}

/** What --check looks at beside the files. */
interface Surroundings {
  readonly start: string | undefined;
  readonly off: string | undefined;
  readonly answers: Answering;
  /** What Codex says about the project; undefined for other tools. */
  readonly trust: CodexTrust | undefined;
  readonly isHubKnown: boolean;
}

function trustIn(world: World, tool: ToolName, scope: SetupScope): CodexTrust | undefined {
  const [hooks] = tool === "codex" ? checkTool(world, tool, scope) : [];
  return hooks && trustOfCodex(world, hooks.path);
}

/** Says what Codex still asks before it runs the hooks. */
function describeTrust(trust: CodexTrust | undefined): string[] {
  if (trust === undefined) return [];
  if (trust.isOff) return ["Codex runs no hooks: its config.toml turns them off ([features] hooks = false)."];
  const folder = trust.project
    ? "Codex trusts this folder."
    : "Codex does not trust this folder yet: start it here, and trust the folder when it asks.";
  const hooks = {
    all: "You have trusted these hooks; Codex asks again for each that has changed since.",
    some: "You have not trusted all of these hooks yet: /hooks in Codex shows them.",
    none: "You have not trusted these hooks yet: /hooks in Codex shows them.",
  }[trust.hooks];
  return [`${folder} ${hooks}`];
}

const INSTALL = "npm ci && npm install --global . (in a clone of git-hive)";

const NO_HUB =
  "No hub was chosen for this project yet, so the hooks do nothing here. To join one: hive join <url>. To make one: hive init";

const AUTOMATIC =
  "From the next start on, a session registers itself, and the start of its newest prompt becomes its current work. To turn that off: HIVE_HOOK_OFF=work";

/** Says why no hook would run, where something else than git-hive answers its call. */
function describeAnswer(answers: Answering): string[] {
  if (answers === "git-hive") return [];
  const what =
    answers === "nothing"
      ? "The hooks call git-hive, and nothing of that name is on the PATH of this shell."
      : "The hooks call git-hive, and another program of that name, or an older version, comes first on the PATH of this shell.";
  return [`${what} Until git-hive answers, they do nothing.`];
}

function check(
  tool: ToolName,
  scope: SetupScope,
  files: ReturnType<typeof checkTool>,
  { start, off, answers, trust, isHubKnown }: Surroundings,
): CommandAnswer {
  const isWritten = files.every(({ state }) => state === "set up");
  const isDone = isWritten && off === undefined && answers === "git-hive";
  const call = `hive setup ${tool}${optionOf(scope)}`;
  const next = isDone ? undefined : isWritten && off === undefined ? INSTALL : call;
  const lines = files.map(({ path, state }) => `${state}: ${path}`);
  return {
    json: {
      tool,
      reach: scope,
      files,
      start,
      off,
      answers,
      trust,
      next,
      hub_chosen: isHubKnown,
    },
    text: [
      ...lines,
      ...(off === undefined
        ? []
        : [`${off} turns off all hooks, so none of them runs. Take that setting out.`]),
      ...describeStart(tool, start),
      ...describeAnswer(answers),
      ...describeTrust(trust),
      ...(next === undefined ? [] : [`Next: ${next}`]),
      ...(isHubKnown ? [] : [NO_HUB]),
    ].join("\n"),
    ...(isDone ? {} : { exit: EXIT.failed }),
  };
}

/** Says where to start a tool that reads hooks only in the folder in which it is started. */
function describeStart(tool: ToolName, start: string | undefined): string[] {
  return start === undefined
    ? []
    : [
        `${tool} reads these hooks only when it is started in ${start}, not in this folder. For every folder: hive setup ${tool} --global`,
      ];
}

function print(tool: ToolName): CommandAnswer {
  const { plugin, server } = TOOLS[tool];
  const settings =
    server === undefined ? hooksOf(tool) : { [server.path[0]]: { [server.path[1]]: server.value } };
  const parts = [...(plugin === undefined ? [] : [plugin]), JSON.stringify(settings, null, 2), NOTES];
  return {
    json: { tool, settings, ...(plugin === undefined ? {} : { plugin }), notes: NOTES },
    text: parts.join("\n\n"),
    isRaw: true,
  };
}

function hooksOf(tool: ToolName): object {
  const { root, events } = TOOLS[tool].hooks;
  const hooks = Object.fromEntries(Object.entries(events).map(([event, entry]) => [event, [entry]]));
  return { ...root, hooks };
}

function done(
  tool: ToolName,
  scope: SetupScope,
  files: readonly SettingsChange[],
  doing: "removal" | Omit<Surroundings, "off">,
): CommandAnswer {
  const lines = files.map(({ path, change }) => `${change}: ${path}`);
  const start = doing === "removal" ? undefined : doing.start;
  const next =
    doing === "removal"
      ? []
      : [
          ...describeStart(tool, start),
          ...describeAnswer(doing.answers),
          ...describeTrust(doing.trust),
          doing.isHubKnown ? AUTOMATIC : NO_HUB,
          `To remove it: hive setup ${tool}${optionOf(scope)} --remove`,
        ];
  const known = doing === "removal" ? {} : { answers: doing.answers, hub_chosen: doing.isHubKnown };
  return {
    json: { tool, reach: scope, files, start, ...known },
    text: [...lines, ...next].join("\n"),
  };
}
