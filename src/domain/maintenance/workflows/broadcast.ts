import { callable, DEFAULTS, head, publishStep, type Runner, setUp, TOKEN_SECRET } from "./parts.ts";

/**
 * Posts broadcasts and urgent requests as issues. Each run posts everything that is not posted yet, so nothing is
 * lost when GitHub cancels a waiting run for a newer one.
 */
export function broadcastWorkflow(runner: Runner): string {
  return `${head(runner, "Posts broadcasts and urgent requests as issues.")}
name: hive broadcast

on:
  push:
    branches: [main]
    paths:
      - "coordination/MESSAGES/**"
      - "coordination/ACTIVE/COLLABORATIONS/**"
      - "coordination/ARCHIVE/COLLABORATIONS/**"
      - "coordination/hive.yaml"
  workflow_dispatch:
${callable(runner, TOKEN_SECRET)}
${DEFAULTS}
# One run at a time, never interrupted. GitHub cancels a waiting run for a newer one, which posts the same and more.
concurrency:
  group: hive-broadcast
  cancel-in-progress: false

jobs:
  publish:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
      issues: write
    steps:
${setUp(runner)}${publishStep(runner)}`;
}
