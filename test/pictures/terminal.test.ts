import { expect, it } from "vitest";
import { Console } from "../support/console.ts";
import { openSandbox } from "../support/git-sandbox.ts";
import { drawTerminal } from "./terminal.ts";

const FILE = "../../docs/pictures/terminal.svg";

it("the picture of a terminal is what the commands print", async () => {
  const sandbox = openSandbox();
  const screen = { isTerminal: true, columns: () => 100, env: { TZ: "UTC", TERM: "xterm-256color" } };
  const as = (session: string) =>
    new Console(sandbox).with({ ...screen, env: { ...screen.env, HIVE_SESSION: session } });
  const [ada, bob] = [as("session-ada"), as("session-bob")];
  await ada.print("init", "--remote", await sandbox.bareHub());
  await ada.print("register", "session-ada", "--role", "Frontend", "--skill", "react", "--work", "Charts");
  await bob.print("register", "session-bob", "--role", "Storage", "--skill", "postgres", "--work", "Indexes");
  let shown = "";
  const show = async (who: Console, ...words: string[]) => {
    const typed = words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(" ");
    const out = await who.print(...words);
    shown += `\u001b[90m$\u001b[0m \u001b[1mhive ${typed}\u001b[0m\n${out}\n`;
    sandbox.clock.now += 40_000;
  };
  await show(ada, "sync");
  await show(ada, "request", "session-bob", "Which index will you keep?", "--priority", "high");
  await show(bob, "claim", "src/db/**", "--for", "2h");
  await show(bob, "inbox");
  await show(ada, "claims");
  await expect(
    drawTerminal(shown, "hive sync, request, claim, inbox and claims in a terminal"),
  ).toMatchFileSnapshot(FILE);
});
