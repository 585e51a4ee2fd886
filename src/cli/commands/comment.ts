import { answerComment, type CommentReport } from "../../app/publishing/answer-comment.ts";
import { makeVisible } from "../../domain/values/visible.ts";
import type { Command } from "../command.ts";

export const comment: Command = {
  usage: "",
  examples: [
    "hive comment --json",
    "GITHUB_EVENT_PATH=event.json GITHUB_TOKEN=$(gh auth token) hive comment",
  ],
  prints: "outcome, request?, session?, move?, to?, code?, message?",
  async run({ world, open }) {
    const { hive } = await open();
    const report = await answerComment(world, hive);
    return { json: report, text: render(report) };
  },
};

function render(report: CommentReport): string {
  switch (report.outcome) {
    case "talk":
      return "The comment has no command. Nothing was changed.";
    case "stranger":
      return "The settings map the commenter to no session. A reply says so.";
    case "refused":
      return `Refused. A reply says why: ${makeVisible(report.message)}`;
    case "told":
      return `${report.session} told ${report.to}`;
    case "done":
      return `${report.session}: ${report.move} ${report.request}`;
  }
}
