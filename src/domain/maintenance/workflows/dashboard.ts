import { callable, DEFAULTS, expression, HUB, head, hive, type Runner, setUp } from "./parts.ts";

const UPLOAD = "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0";
const UPLOAD_SITE = "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0";
const DEPLOY = "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0";

const SITE = `${expression("runner.temp")}/site`;

/** A request to GitHub's API with the workflow's own token. */
const ASK = `curl --silent --show-error --retry 3 --user-agent git-hive/dashboard --header "Authorization: Bearer $GITHUB_TOKEN"`;

/**
 * Publishes the dashboard. Strangers can read a site on Pages, so it is installed only where somebody asks for it, and has
 * no texts unless a variable of the repository says so: a change of the file would be lost when the file is renewed.
 */
export function dashboardWorkflow(runner: Runner): string {
  return `${head(runner, "Publishes the dashboard on GitHub Pages.", "--github --dashboard")}#
# Who sees it: anybody on the internet can open a site on GitHub Pages, also that of a private repository, unless GitHub
# Enterprise Cloud limits the site to those who may read the repository. So the page has no text of a message, request or
# note, and nobody's work. It has ids, states, skills, times, counts and claimed paths. To publish the texts, too: Settings,
# Secrets and variables, Actions, Variables: HIVE_DASHBOARD_TEXTS with the value published.
#
# A repository has one site: this one takes the place of another that it publishes by GitHub Actions.

name: hive dashboard

on:
${triggers(runner)}  workflow_dispatch:
${callable(runner)}
${DEFAULTS}
# One run at a time, and at most one that waits: GitHub cancels a waiting run for a newer one, which shows the same and more.
concurrency:
  group: hive-dashboard
  cancel-in-progress: false

jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read
      actions: read
      pages: read
    outputs:
      pages: ${expression("steps.pages.outputs.ready")}
    steps:
${setUp(runner)}      # A run that comes early waits and then shows the newest state. If it ended instead, the last change would not be
      # shown until the next one; and a schedule, which GitHub runs every five minutes at most, drops runs at busy times.
      - name: Wait until five minutes after the last run
        env:
          GITHUB_TOKEN: ${expression("github.token")}
        run: |
          file="\${GITHUB_WORKFLOW_REF%%@*}"
          runs="$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/actions/workflows/\${file##*/}/runs?status=success&per_page=1"
          rest="$(${ASK} --fail "$runs" | jq '[300, 300 - now + (.workflow_runs[0].updated_at // "1970-01-01T00:00:00Z" | fromdate)] | min | ceil')"
          if [ "$rest" -gt 0 ]; then sleep "$rest"; fi
      - name: See who can open the page
        id: pages
        env:
          GITHUB_TOKEN: ${expression("github.token")}
        run: |
          status="$(${ASK} --output "$RUNNER_TEMP/pages.json" --write-out '%{http_code}' "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/pages")"
          case "$status" in
            200) site="$(jq --raw-output '"\\(.build_type) \\(.public)"' "$RUNNER_TEMP/pages.json")" ;;
            404) site=none ;;
            *) echo "::error title=git-hive::GitHub answers $status when it is asked for the settings of Pages."; exit 1 ;;
          esac
          case "$site" in
            "workflow false") said="Whoever may read this repository can open the page." ;;
            workflow*) said="Anybody on the internet can open the page." ;;
            *) said="GitHub Pages does not publish this page, so it is only an artifact of this run. To publish it: Settings, Pages, Source: GitHub Actions." ;;
          esac
          case "$site" in
            workflow*) echo "ready=true" >> "$GITHUB_OUTPUT" ;;
            *) echo "::notice title=git-hive::$said" ;;
          esac
          echo "$said" >> "$GITHUB_STEP_SUMMARY"
          echo >> "$GITHUB_STEP_SUMMARY"
      - name: Make the page
        env:
          GITHUB_TOKEN: ${expression("github.token")}
          TEXTS: ${expression("vars.HIVE_DASHBOARD_TEXTS")}
        run: |
          ${HUB}
          export HIVE_STATE_DIR="$RUNNER_TEMP/hive-state"
          mkdir "$RUNNER_TEMP/site"
          words=(--redact)
          if [ "$TEXTS" = published ]; then words=(); fi
          ${hive(runner)} dashboard "\${words[@]}" --out "$RUNNER_TEMP/site/index.html" --badge "$RUNNER_TEMP/site/badge.svg" --markdown - >> "$GITHUB_STEP_SUMMARY"
      - uses: ${UPLOAD}
        with:
          name: dashboard
          path: ${SITE}
          if-no-files-found: error
          retention-days: 7
      - if: ${expression("steps.pages.outputs.ready == 'true'")}
        uses: ${UPLOAD_SITE}
        with:
          path: ${SITE}

  deploy:
    needs: build
    if: ${expression("needs.build.outputs.pages == 'true'")}
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${expression("steps.deploy.outputs.page_url")}
    steps:
      - id: deploy
        uses: ${DEPLOY}
`;
}

/**
 * In a hub, each change that is more than a sign of life, and each hour, because sessions fall silent without a change.
 * git-hive's own repository publishes nothing unasked.
 */
function triggers({ kind }: Runner): string {
  if (kind === "home") return "";
  return `  push:
    branches: [main]
    paths:
      - "coordination/**"
      - "!coordination/HEARTBEATS/**"
  schedule:
    - cron: "38 * * * *"
`;
}
