import { appendFileSync } from "node:fs";
import { resolve } from "node:path";
import { isInHubCheckout, type Validated, validateCheckout, validateHub } from "../../app/validate.ts";
import { count } from "../../domain/values/count.ts";
import { wrongCall } from "../../errors.ts";
import type { Command, CommandAnswer, Context, Options } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { noteReading } from "../freshness.ts";
import { OUTPUT_FORMATS } from "../input/options.ts";
import { encodeJson } from "../io.ts";
import { renderAnnotations } from "../render/annotations.ts";
import { renderFinding, renderSummary } from "../render/findings.ts";
import { optionText } from "../submit.ts";

type OutputFormat = (typeof OUTPUT_FORMATS)[number];

export const validate: Command = {
  usage: "[commit|A..B]",
  options: [
    ["--format <format>", "text, json, or github for annotations in a workflow run (text)"],
    ["--summary <file>", "append all findings to this file as Markdown"],
  ],
  examples: [
    "hive validate",
    "hive validate HEAD",
    "hive validate origin/main...HEAD --format github",
    "hive validate --hub git@github.com:team/hub.git",
  ],
  doing: "Validating",
  prints:
    "subject, files, findings[] {path, line, column, rule, message}, warnings[] {path, line, column, rule, message}",
  async run(context, [revision], options) {
    const format = formatOf(options);
    const validated = await validateChosen(context, revision);
    noteReading(context, { outdated: validated.outdated, seenAt: validated.seenAt });
    const summary = optionText(options.summary);
    if (summary !== undefined)
      appendFileSync(
        resolve(context.world.directory, summary),
        renderSummary(headlineOf(validated), [...validated.findings, ...validated.warnings]),
      );
    return answerOf(validated, format);
  },
};

/** Validates the enclosing checkout of a hub, unless `--hub` names a hub; else the hub of every command. */
async function validateChosen(context: Context, revision: string | undefined): Promise<Validated> {
  if (context.globals.hub === undefined && isInHubCheckout(context.world))
    return validateCheckout(context.world, revision);
  return validateHub((await context.open()).hive, revision);
}

function formatOf({ format, json }: Options): OutputFormat {
  const known = OUTPUT_FORMATS.find((each) => each === (format ?? (json === true ? "json" : "text")));
  if (known === undefined)
    throw wrongCall(`${JSON.stringify(format)} is not a format.`, "The formats are: text, json, github");
  if (json === true && known !== "json")
    throw wrongCall(`--json and --format ${known} exclude each other.`, "Give one of them.");
  return known;
}

function answerOf(validated: Validated, format: OutputFormat): CommandAnswer {
  const { files, findings, warnings, subject } = validated;
  const json = { files, findings, warnings, subject };
  const lines =
    format === "github"
      ? renderAnnotations(findings, warnings)
      : [...findings.map(renderFinding), ...warnings.map((warning) => `warning: ${renderFinding(warning)}`)];
  const text = [...lines, headlineOf(validated)].join("\n");
  return {
    json,
    text: format === "json" ? encodeJson(json) : text,
    // Programs read findings by their lines.
    isRaw: true,
    isCommands: format === "github",
    id: format === "json" ? encodeJson(json) : lines.join("\n"),
    exit: findings.length === 0 ? EXIT.done : EXIT.invalid,
  };
}

function headlineOf({ files, findings, warnings, subject }: Validated): string {
  const found = findings.length === 0 ? "no findings" : count(findings.length, "finding");
  const doubts = warnings.length === 0 ? "" : `, ${count(warnings.length, "warning")}`;
  return `${found}${doubts} in ${count(files, "file")}: ${subject}`;
}
