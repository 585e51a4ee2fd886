import { Command as Commander, CommanderError, type HelpConfiguration, Option } from "commander";
import type { Workplace } from "../app/workplace/workplace.ts";
import { type HiveError, wrongCall } from "../errors.ts";
import type { World } from "../world.ts";
import { adviceOn, calledElsewhere, flagElsewhere } from "./called-elsewhere.ts";
import type { Command, CommandAnswer, Context, Globals, Options } from "./command.ts";
import { readLine } from "./completion/line.ts";
import { EXIT, EXIT_MEANINGS } from "./exit-codes.ts";
import { noteUnchosen, noteUnkept, noteUnsent } from "./freshness.ts";
import type { HelpTopic } from "./help.ts";
import { hubOptionsOf } from "./input/hub-options.ts";
import { oldFlagsOf, withoutOldFlags } from "./input/old-flags.ts";
import { DESCRIPTION, GLOBAL_OPTIONS } from "./input/options.ts";
import { refuseBrokenWords } from "./input/utf8.ts";
import { Io } from "./io.ts";
import { type Page, plainText } from "./render/table.ts";
import { namingInput, reportFailure } from "./report.ts";
import { COMMANDS, commandNamed, GROUPS } from "./table.ts";

const FIRST_STEPS = `Create a hub:   hive init (in your own repository: --remote <url>)
Or join a hub:  hive join <url>
Then register:  hive register <session>`;

const MORE = "\nOptions and examples of a command: hive <command> --help";

const EXIT_CODES = `\nExit codes: ${Object.entries(EXIT_MEANINGS)
  .map(([code, meaning]) => `${code} ${meaning}`)
  .join(", ")}`;

/** Runs one command line and returns its exit code. Never throws: it reports failures. */
export async function runProgram(argv: readonly string[], world: World): Promise<number> {
  const asked = wordsOf(argv);
  const called = readLine(asked, GLOBAL_OPTIONS).command;
  const name = called === undefined ? undefined : commandNamed(called);
  const isUnknown = called !== undefined && name === undefined;
  // With the option, commander would show all help for a command that is none, and no error.
  const words = isUnknown ? asked.filter((word) => !isHelpFlag(word)) : asked;
  const io = new Io(world, { json: beforeSeparator(words).includes("--json") });
  const end = { code: EXIT.done as number };
  try {
    if (argv.length === 0 && !(await isHubKnown(world))) {
      io.lines(`${FIRST_STEPS} (all commands: hive --help)`);
      return EXIT.done;
    }
    refuseBrokenWords(name, words);
    const isHelpAsked = beforeSeparator(words).some(isHelpFlag);
    const help = isHelpAsked ? await import("./help.ts") : undefined;
    if (help && io.isJson && name === undefined) {
      io.json(help.describeProgram(GROUPS));
      return EXIT.done;
    }
    await buildProgram(world, words[0], end, help && { ...help, isJson: io.isJson }).parseAsync([...words], {
      from: "user",
    });
    return end.code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return reportFailure(io, error);
    if (error.exitCode === 0) return EXIT.done;
    return reportFailure(io, await usageError(error, called, name, words));
  }
}

function isHelpFlag(word: string): boolean {
  return word === "--help" || word === "-h";
}

/** What people ask help about, of which all help is that of hive itself. */
const NO_TOPICS: readonly string[] = ["help", "version"];

/** The words to parse. `hive help x` becomes `hive x --help`, because only the latter loads the command. */
function wordsOf(argv: readonly string[]): readonly string[] {
  const [first, second, ...more] = argv;
  if (first === undefined) return ["--help"];
  if (first === "help")
    return second === undefined || NO_TOPICS.includes(second) ? ["--help"] : [second, ...more, "--help"];
  return first === "-v" || first === "version" ? ["--version", ...argv.slice(1)] : argv;
}

async function isHubKnown(world: World): Promise<boolean> {
  return (await import("../app/workplace/locate.ts")).isHubKnown(world);
}

/** The exit code of a command that did not fail. */
interface End {
  code: number;
}

/** Returns the words before `--`, because no word after it is an option. */
function beforeSeparator(words: readonly string[]): readonly string[] {
  const end = words.indexOf("--");
  return end < 0 ? words : words.slice(0, end);
}

/** How help is shown, loaded only where it is asked for. */
interface Helper extends Pick<typeof import("./help.ts"), "renderHelp" | "describeHelp"> {
  readonly isJson: boolean;
}

/** Builds only the called command, or all commands where the first word is no command. */
function buildProgram(
  world: World,
  word: string | undefined,
  end: End,
  helper: Helper | undefined,
): Commander {
  const program = new Commander("hive")
    .addHelpText("before", `${DESCRIPTION}\n`)
    .description(FIRST_STEPS)
    .version(world.version, "-V, --version")
    // The list leaves out `help`, because the last lines tell how to get help.
    .configureHelp({
      visibleCommands: ({ commands }) => [...commands],
      subcommandTerm: (each) => each.name(),
    })
    .configureOutput({
      writeOut: (text) => world.out(text),
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .addHelpText("after", MORE)
    .addHelpText("after", EXIT_CODES)
    .exitOverride();
  for (const [flags, description] of GLOBAL_OPTIONS) program.option(flags, description);
  const called = word === undefined ? undefined : commandNamed(word);
  for (const { heading, commands } of GROUPS) {
    program.commandsGroup(`${heading}:`);
    for (const [name, { summary, aliases = [] }] of Object.entries(commands))
      if (called === undefined || name === called)
        program.command(name).aliases(aliases).description(summary);
  }
  return program.hook("preSubcommand", async (_, command) => {
    const name = command.name();
    const row = COMMANDS[name];
    if (row === undefined) return;
    const loaded = await row.load();
    defineCommand(command, loaded, world, end);
    if (helper) command.configureHelp(helpOf({ ...row, name, command: loaded }, helper));
  });
}

function helpOf(topic: HelpTopic, { isJson, renderHelp, describeHelp }: Helper): HelpConfiguration {
  return {
    formatHelp: (_, help) => (isJson ? `${JSON.stringify(describeHelp(topic))}\n` : renderHelp(topic, help)),
  };
}

function defineCommand(target: Commander, definition: Command, world: World, end: End): void {
  const { usage, options = [], lists = [], doing, run } = definition;
  if (usage !== "") target.arguments(usage);
  for (const [flags, description] of options) target.option(flags, description);
  for (const [flags, description] of lists) target.option(flags, description, collect);
  const olds = oldFlagsOf(target.name(), { options });
  for (const { old } of olds) target.addOption(new Option(old).hideHelp());
  target.action(async () => {
    const given: Options = target.optsWithGlobals();
    end.code = await runCommand(world, given, doing, async (context) => {
      const { options: renamed, notes: renames } = withoutOldFlags(given, olds);
      const say = () => {
        for (const note of renames) context.io.note(note);
      };
      // After the answer with --json, because an error is then the only thing on stderr.
      if (!context.io.isJson) say();
      const answer = await run(context, target.args, renamed);
      if (context.io.isJson) say();
      return answer;
    }).catch((error: unknown) => {
      throw namingInput(error, definition, `hive ${target.name()} --help`);
    });
  });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function runCommand(
  world: World,
  globals: Globals,
  doing: string | undefined,
  run: (context: Context) => ReturnType<Command["run"]>,
): Promise<number> {
  const opened: Workplace[] = [];
  const own = <W extends Workplace>(workplace: W): W => {
    opened.push(workplace);
    return workplace;
  };
  const options = hubOptionsOf(globals);
  const io = new Io(world, globals);
  io.busy(doing ?? "Asking the hub");
  try {
    const answer = await run({
      world,
      io,
      globals,
      commands: COMMANDS,
      run: runProgram,
      own,
      open: async () => {
        const { openWorkplace } = await import("../app/workplace/workplace.ts");
        const workplace = own(await openWorkplace(world, options));
        if (workplace.recognised !== undefined) io.note(workplace.recognised);
        return workplace;
      },
    });
    await print(io, answer, globals.quiet === true ? (answer.id ?? answer.text) : answer.text);
    for (const workplace of opened) {
      await workplace.fastForward();
      noteUnchosen(io, workplace.hive);
      noteUnkept(io, workplace.hive);
      if (answer.exit !== EXIT.queued && answer.isOutbox !== true) await noteUnsent(io, workplace.hive);
    }
    return answer.exit ?? EXIT.done;
  } finally {
    io.idle();
    for (const { hive } of opened) hive.close();
  }
}

async function print(
  io: Io,
  { json, isPrinted, isCommands, isRaw }: CommandAnswer,
  text: Page,
): Promise<void> {
  if (isPrinted === true) return;
  if (io.isJson) io.json(json);
  else if (isCommands === true) io.commands(plainText(text));
  else if (isRaw === true) io.lines(plainText(text));
  else await io.show(text);
}

/** The error for a command line that cannot be parsed. */
async function usageError(
  error: CommanderError,
  called: string | undefined,
  name: string | undefined,
  words: readonly string[],
): Promise<HiveError> {
  const message = error.code === "commander.help" ? "no command is given" : error.message;
  const [first = "", ...rest] = message
    .replace(/^error: /, "")
    .replace(/\.$/, "")
    .split("\n");
  const text = `${first.charAt(0).toUpperCase()}${first.slice(1)}.`;
  const isUnknown = called !== undefined && error.code === "commander.unknownCommand";
  const meant = isUnknown ? calledElsewhere(called).map((call) => `hive ${call}`) : [];
  if (meant.length > 0)
    return wrongCall(
      `${text} Here it is ${meant.join(", ").replace(/, ([^,]+)$/, " or $1")}.`,
      `See: ${meant.map((call) => `${call.split(" ").slice(0, 2).join(" ")} --help`).join(", ")}`,
    );
  const advice = name === undefined ? undefined : adviceFor(error, name, words);
  if (advice !== undefined) return wrongCall(text, advice);
  const flag = name === undefined ? undefined : await flagMeant(error, name);
  const said = flag === undefined ? rest : [`(Did you mean ${flag}?)`];
  return wrongCall(
    [text, ...said].join(" "),
    `See: ${name === undefined ? "hive --help" : `hive ${name} --help`}`,
  );
}

/** What to do instead of a word that the command does not take; undefined where nothing is known of it. */
function adviceFor(
  { code, message }: CommanderError,
  name: string,
  words: readonly string[],
): string | undefined {
  const flag = code === "commander.unknownOption" ? /'(--?[\w-]+)/.exec(message)?.[1] : undefined;
  const isExtra = (word: string, index: number) =>
    index > 0 && /^(?!-)|^-\d/.test(word) && !words[index - 1]?.startsWith("-");
  const extra = code === "commander.excessArguments" ? words.find(isExtra) : undefined;
  const word = flag ?? extra;
  return word === undefined ? undefined : adviceOn(name, word);
}

/** What to write for the unknown flag of a call; undefined for any other error. */
async function flagMeant({ code, message }: CommanderError, name: string): Promise<string | undefined> {
  const flag = code === "commander.unknownOption" ? /'(--?[\w-]+)/.exec(message)?.[1] : undefined;
  if (flag === undefined) return undefined;
  const { options = [], lists = [] } = (await COMMANDS[name]?.load()) ?? {};
  const own = [...options, ...lists].flatMap(([flags]) => /--[\w-]+/.exec(flags) ?? []);
  return flagElsewhere(flag, own);
}
