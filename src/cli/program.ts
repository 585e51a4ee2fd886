import { Command as Commander, CommanderError, Option } from "commander";
import type { Workplace } from "../app/workplace/workplace.ts";
import { type HiveError, wrongCall } from "../errors.ts";
import type { World } from "../world.ts";
import type { Command, CommandAnswer, Context, Globals, Options } from "./command.ts";
import { EXIT, EXIT_MEANINGS } from "./exit-codes.ts";
import { noteUnchosen, noteUnkept, noteUnsent } from "./freshness.ts";
import { hubOptionsOf } from "./input/hub-options.ts";
import { oldFlagsOf, withoutOldFlags } from "./input/old-flags.ts";
import { DESCRIPTION, GLOBAL_OPTIONS } from "./input/options.ts";
import { Io } from "./io.ts";
import { reportFailure } from "./report.ts";
import { COMMANDS, GROUPS } from "./table.ts";

const FIRST_STEPS = `Create a hub:   hive init (in your own repository: --remote <url>)
Or join a hub:  hive join <url>
Then register:  hive register <session>`;

const MORE = "\nOptions, examples and JSON fields of a command: hive <command> --help";

const EXIT_CODES = `\nExit codes: ${Object.entries(EXIT_MEANINGS)
  .map(([code, meaning]) => `${code} ${meaning}`)
  .join(", ")}`;

/** Runs one command line and returns its exit code. Never throws: it reports failures. */
export async function runProgram(argv: readonly string[], world: World): Promise<number> {
  // `hive help x` becomes `hive x --help`, because only the latter loads the command.
  const asked = argv[0] === "help" ? [...argv.slice(1, 2), "--help"] : argv;
  const words = asked.length === 0 ? ["--help"] : asked;
  const io = new Io(world, { json: beforeSeparator(words).includes("--json") });
  const end = { code: EXIT.done as number };
  try {
    if (argv.length === 0 && !(await isHubKnown(world))) {
      io.lines(`${FIRST_STEPS} (all commands: hive --help)`);
      return EXIT.done;
    }
    await buildProgram(world, words[0], end).parseAsync([...words], { from: "user" });
    return end.code;
  } catch (error) {
    const isHelp = error instanceof CommanderError && error.exitCode === 0;
    return isHelp
      ? EXIT.done
      : reportFailure(io, error instanceof CommanderError ? usageError(error) : error);
  }
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

/** Builds only the called command, or all commands where the first word is no command. */
function buildProgram(world: World, word: string | undefined, end: End): Commander {
  const program = new Commander("hive")
    .addHelpText("before", `${DESCRIPTION}\n`)
    .description(FIRST_STEPS)
    .version(world.version, "-V, --version")
    // The list leaves out `help`, because the last lines tell how to get help.
    .configureHelp({ showGlobalOptions: true, visibleCommands: ({ commands }) => [...commands] })
    .configureOutput({
      writeOut: (text) => world.out(text),
      writeErr: () => undefined,
      outputError: () => undefined,
    })
    .addHelpText("after", MORE)
    .addHelpText("after", EXIT_CODES)
    .exitOverride();
  for (const [flags, description] of GLOBAL_OPTIONS) program.option(flags, description);
  const isCalled = word !== undefined && Object.hasOwn(COMMANDS, word);
  for (const { heading, commands } of GROUPS) {
    program.commandsGroup(`${heading}:`);
    for (const [name, { summary }] of Object.entries(commands))
      if (!isCalled || name === word) program.command(name).description(summary);
  }
  return program.hook("preSubcommand", async (_, command) => {
    const row = COMMANDS[command.name()];
    if (row) defineCommand(command, await row.load(), world, end);
  });
}

function defineCommand(
  target: Commander,
  { usage, options = [], lists = [], notes = [], examples, prints, run }: Command,
  world: World,
  end: End,
): void {
  if (usage !== "") target.arguments(usage);
  if (notes.length > 0) target.addHelpText("after", `\n${notes.join("\n")}`);
  target.addHelpText("after", `\nExamples:\n${examples.map((line) => `  ${line}`).join("\n")}`);
  target.addHelpText("after", `\nFields with --json: ${prints}`);
  for (const [flags, description] of options) target.option(flags, description);
  for (const [flags, description] of lists) target.option(flags, description, collect);
  const olds = oldFlagsOf(target.name(), { options });
  for (const { old } of olds) target.addOption(new Option(old).hideHelp());
  target.action(async () => {
    const given: Options = target.optsWithGlobals();
    end.code = await runCommand(world, given, async (context) => {
      const { options: renamed, notes: renames } = withoutOldFlags(given, olds);
      const say = () => {
        for (const note of renames) context.io.note(note);
      };
      // After the answer with --json, because an error is then the only thing on stderr.
      if (!context.io.isJson) say();
      const answer = await run(context, target.args, renamed);
      if (context.io.isJson) say();
      return answer;
    });
  });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function runCommand(
  world: World,
  globals: Globals,
  run: (context: Context) => ReturnType<Command["run"]>,
): Promise<number> {
  const opened: Workplace[] = [];
  const own = <W extends Workplace>(workplace: W): W => {
    opened.push(workplace);
    return workplace;
  };
  const options = hubOptionsOf(globals);
  const io = new Io(world, globals);
  try {
    const answer = await run({
      world,
      io,
      globals,
      commands: COMMANDS,
      own,
      open: async () => {
        const { openWorkplace } = await import("../app/workplace/workplace.ts");
        const workplace = own(await openWorkplace(world, options));
        if (workplace.recognised !== undefined) io.note(workplace.recognised);
        return workplace;
      },
    });
    const text = globals.quiet === true ? (answer.id ?? answer.text) : answer.text;
    print(io, answer, text);
    for (const workplace of opened) {
      await workplace.fastForward();
      noteUnchosen(io, workplace.hive);
      noteUnkept(io, workplace.hive);
      if (answer.exit !== EXIT.queued) await noteUnsent(io, workplace.hive);
    }
    return answer.exit ?? EXIT.done;
  } finally {
    for (const { hive } of opened) hive.close();
  }
}

function print(io: Io, { json, isPrinted, isCommands }: CommandAnswer, text: string): void {
  if (isPrinted === true) return;
  if (io.isJson) io.json(json);
  else if (isCommands === true) io.commands(text);
  else io.lines(text);
}

function usageError({ message: original, code }: CommanderError): HiveError {
  const message = code === "commander.help" ? "no command is given" : original;
  const [first = "", ...rest] = message
    .replace(/^error: /, "")
    .replace(/\.$/, "")
    .split("\n");
  const text = `${first.charAt(0).toUpperCase()}${first.slice(1)}.`;
  return wrongCall([text, ...rest].join(" "), "See: hive --help, or hive <command> --help");
}
