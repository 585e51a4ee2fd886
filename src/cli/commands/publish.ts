import { type PublishReport, publish as publishHub } from "../../app/publishing/publish.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";
import { noteReading } from "../freshness.ts";
import { optionText } from "../submit.ts";

export const publish: Command = {
  usage: "",
  options: [
    ["--dry-run", "show what it would post and close, and change nothing"],
    ["--repo <owner/name>", "post to this repository (GITHUB_REPOSITORY, or the hub's repository)"],
  ],
  notes: [
    "Each broadcast and request is posted once, no matter how often the command runs. For each person whom the settings",
    "let act for a waiting session, and for the sessions of nobody, one issue shows who waits, as long as anybody does.",
  ],
  examples: ["hive publish --dry-run", "GITHUB_TOKEN=$(gh auth token) hive publish --repo team/hub"],
  undo: "none; close the issue on GitHub",
  doing: "Publishing",
  prints:
    "dry_run, repository, posted[] {id, title, issue?, url?, notified[]}, closed[], duplicates[], unreachable[], queues[] {login?, action, title, waiting, issue?, url?}",
  async run(context, _, options) {
    const { world, io, open } = context;
    const isDryRun = options.dryRun === true;
    const { hive } = await open();
    const report = await publishHub(world, hive, { repository: optionText(options.repo), isDryRun });
    noteReading(context, report);
    for (const team of report.unreachable)
      io.note(`Team ${team} was not notified. Set a HIVE_GITHUB_TOKEN that can read the team.`);
    const { outdated: _outdated, seenAt: _seenAt, findings: _findings, ...shown } = report;
    return { json: { dry_run: isDryRun, ...shown }, text: render(report, isDryRun) };
  },
};

function render(
  { repository, posted, closed, duplicates, queues }: PublishReport,
  isDryRun: boolean,
): string {
  const would = isDryRun ? "Would " : "";
  const verb = (word: string, past: string) => (isDryRun ? `${would}${word}` : past);
  const lines = [
    ...posted.map(({ title, url, notified }) =>
      [
        `${verb("post", "Posted")}: ${makeVisible(title)}`,
        ...(url === null ? [] : [`  ${url}`]),
        ...(notified.length === 0 ? [] : [`  notified: ${notified.join(", ")}`]),
      ].join("\n"),
    ),
    ...closed.map((issue) => `${verb("close", "Closed")}: ${repository}#${issue}, its request has ended`),
    ...queues.map(({ action, title, login, issue }) => {
      const done = isDryRun ? `Would be ${action}` : `${action.charAt(0).toUpperCase()}${action.slice(1)}`;
      const where = issue === null ? "" : ` (${repository}#${issue})`;
      return `${done}: ${title}${login === null ? "" : `, for ${login}`}${where}`;
    }),
    ...duplicates.map((issue) => `${verb("close", "Closed")}: ${repository}#${issue}, a duplicate`),
  ];
  return lines.join("\n") || `Nothing to post: ${repository} is up to date.`;
}
