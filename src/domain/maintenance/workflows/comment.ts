import {
  callable,
  DEFAULTS,
  expression,
  HUB,
  head,
  hive,
  publishStep,
  type Runner,
  setUp,
  TOKEN_SECRET,
} from "./parts.ts";

/**
 * Carries out commands in comments. Any GitHub user can start it, so it runs only git-hive, which checks who may
 * answer.
 */
export function commentWorkflow(runner: Runner): string {
  return `${head(runner, "Carries out /accept, /start, /complete, /decline and /tell in comments on git-hive's issues.")}
name: hive comment

on:
  issue_comment:
    types: [created]
${callable(runner, TOKEN_SECRET)}
${DEFAULTS}
# One group for each comment: GitHub cancels waiting runs of a group, and a cancelled run would lose its comment.
concurrency:
  group: hive-comment-${expression("github.event.comment.id")}
  cancel-in-progress: false

jobs:
  comment:
    if: ${expression("!github.event.issue.pull_request && startsWith(github.event.comment.body, '/')")}
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: write
      issues: write
    steps:
${setUp(runner)}      - name: Carry out the comment
        env:
          GITHUB_TOKEN: ${expression("github.token")}
        run: |
          ${HUB}
          ${hive(runner)} comment
${publishStep(runner)}`;
}
