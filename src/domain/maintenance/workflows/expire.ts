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
 * Marks what has run out. Its push starts no other workflow, so it validates first and posts afterwards, in a job
 * that may write only issues.
 */
export function expireWorkflow(runner: Runner): string {
  return `${head(runner, "Marks what has run out: silent sessions, unanswered requests, lapsed claims.")}
name: hive expire

on:
  schedule:
    - cron: "17 * * * *"
  workflow_dispatch:
${callable(runner, TOKEN_SECRET)}
${DEFAULTS}
concurrency:
  group: hive-expire
  cancel-in-progress: false

jobs:
  expire:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: write
    steps:
${setUp(runner, { depth: 1 })}      - name: Validate before anything is pushed
        run: ${hive(runner)} validate HEAD --format github --summary "$GITHUB_STEP_SUMMARY"
      - name: Expire
        env:
          GITHUB_TOKEN: ${expression("github.token")}
        run: |
          ${HUB}
          ${hive(runner)} expire
          echo "In a public repository GitHub stops schedules after 60 days without activity; Actions, hive expire, Enable workflow starts them again." >> "$GITHUB_STEP_SUMMARY"

  publish:
    needs: expire
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
      issues: write
    steps:
${setUp(runner)}${publishStep(runner)}`;
}
