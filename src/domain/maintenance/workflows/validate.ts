import { callable, DEFAULTS, expression, head, hive, type Runner, setUp } from "./parts.ts";

/** Flags broken files on their lines. It only reads, so it also works for pull requests from forks. */
export function validateWorkflow(runner: Runner): string {
  return `${head(runner, "Flags errors in the hub's files on their lines.")}
name: hive validate

on:
  push:
    branches: [main]
    paths: ["coordination/**"]
  pull_request:
    paths: ["coordination/**"]
${callable(runner)}
${DEFAULTS}
concurrency:
  group: hive-validate-${expression("github.ref")}
  cancel-in-progress: ${expression("github.event_name == 'pull_request'")}

jobs:
  validate:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
${setUp(runner, { depth: 0 })}      - name: Validate the hub and its changes
        env:
          BEFORE: ${expression("github.event.pull_request.base.sha || github.event.before")}
          FORCED: ${expression("github.event.forced")}
        run: |
          range=HEAD
          if git cat-file -e "$BEFORE^{commit}" 2> /dev/null; then range="$BEFORE..HEAD"; fi
          if [ "$FORCED" = true ]; then echo "::error title=git-hive::main was rewritten; its earlier content is at $BEFORE"; fi
          ${hive(runner)} validate "$range" --format github --summary "$GITHUB_STEP_SUMMARY"
          [ "$FORCED" != true ]
`;
}
