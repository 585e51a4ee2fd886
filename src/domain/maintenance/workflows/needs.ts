import {
  callable,
  DEFAULTS,
  expression,
  head,
  publishStep,
  type Runner,
  setUp,
  TOKEN_SECRET,
} from "./parts.ts";

/** The kinds of operation that change who waits for a person, and no file for which the other workflow runs. */
const KINDS = ["needs", "leave", "retire"];

/**
 * Shows who waits for a person. Sessions change their profiles often, so a push starts a runner only where one of its
 * commits is about that; an answer to a session is a message, for which the workflow of messages runs.
 */
export function needsWorkflow(runner: Runner): string {
  const isAbout = KINDS.map((kind) => `contains(toJSON(github.event.commits), 'Hive-Kind: ${kind}')`).join(
    " || ",
  );
  return `${head(runner, "Shows the sessions that wait for a person as an issue.")}
name: hive needs

on:
  push:
    branches: [main]
    paths:
      - "coordination/SESSIONS/**"
  workflow_dispatch:
${callable(runner, TOKEN_SECRET)}
${DEFAULTS}
# The group of broadcast.yml, because both post the same.
concurrency:
  group: hive-broadcast
  cancel-in-progress: false

jobs:
  publish:
    if: >-
      ${expression(`github.event_name != 'push' || ${isAbout}`)}
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
      issues: write
    steps:
${setUp(runner)}${publishStep(runner)}`;
}
