import { targetNotes } from "../../app/target-notes.ts";
import { readTargets, refuseAmbiguous } from "../../app/targets.ts";
import type { ResultOf } from "../../domain/operations.ts";
import type { Command, CommandAnswer } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { endOptions, leaseOf } from "../input/times.ts";
import { noteOf } from "../input/words.ts";
import { CLAIM, writes } from "../prints.ts";
import { describeKinds, describeTargets } from "../render/claims.ts";
import { type Times, timesOf } from "../render/times.ts";
import { FORCE, optionText, submit } from "../submit.ts";

export const claim: Command = {
  usage: "<key|path...>",
  options: [
    ...endOptions("the claim ends, at most 7 days from now", "2 hours from now"),
    ["-m, --message <note>", "a note for other sessions; - reads it from stdin"],
    ["--project <name>", "the project of the paths (the current project)"],
    FORCE,
  ],
  notes: [
    "A key names work, such as issue-42. A path or a glob names files, such as 'src/**': relative to the current directory,",
    "or after :/ to the project's root. A folder means all files in it. A name with a dot, a slash or a capital letter is a",
    "path, and so is a well-known one such as Makefile. To undo it: hive release",
  ],
  examples: [
    'hive claim issue-42 -m "Rewriting the parser"',
    "hive claim 'src/api/**' package.json :/Makefile --for 4h",
    "hive claim issue-42 --until tomorrow",
  ],
  undo: "hive release <key|path>",
  prints: writes(`claim ${CLAIM}, taken_over[] ${CLAIM}`),
  async run(context, texts, options) {
    await refuseAmbiguous(context.world, texts);
    const named = await readTargets(context.world, texts, optionText(options.project));
    const input = {
      patterns: [...named.targets],
      project: named.project,
      repository: named.repository,
      ...(await leaseOf(context.world, options)),
      note: await noteOf(context, options),
    };
    const answer = await submit(context, await context.open(), "claim", input, (result) =>
      describe(result, timesOf(context)),
    );
    for (const note of await targetNotes(context.world, texts, named.targets)) context.io.note(note);
    return withWarning(answer);
  },
};

function describe(
  { claim: taken, taken_over }: ResultOf<"claim">,
  times: Times,
): { text: string; id: string } {
  const { key, until, session, patterns } = taken;
  const all = patterns.length > 1 && patterns.includes(key) ? " --all" : "";
  const over = taken_over
    .filter((each) => each.session !== session)
    .map(
      (each) =>
        `Taken over from ${each.session}, whose claim lapsed at ${times.at(each.until)}: ${describeTargets(each)}`,
    );
  return {
    text: [
      `Yours ${times.until(until)}: ${describeKinds(taken)}.`,
      ...over,
      `Next: hive renew ${key}, or hive release ${key}${all}`,
    ].join("\n"),
    id: key,
  };
}

/** Warns about a queued claim: it holds nothing until it lands, because another session may be first. */
export function withWarning(answer: CommandAnswer): CommandAnswer {
  if (answer.exit !== EXIT.queued) return answer;
  return { ...answer, text: [answer.text, "Not held until it has landed."].flat() };
}
