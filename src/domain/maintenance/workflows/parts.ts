/** The repository that runs a workflow. It decides how the workflow gets git-hive. */
export interface Runner {
  /** The version of git-hive to run, if it is downloaded. */
  readonly version: string;
  /**
   * `hub`: a hub, where `hive init --github` installed the workflow. `home`: git-hive's own repository; its workflows
   * run the version built there, and other repositories may call them.
   */
  readonly kind: "hub" | "home";
}

/** A GitHub expression. Never use one inside `run:`, where it would become part of the script. */
export const expression = (text: string) => `\${{ ${text} }}`;

const CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const SETUP_NODE = "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0";

/** The first lines of a workflow file: its purpose and its origin. */
export function head({ kind, version }: Runner, what: string, options = "--github"): string {
  const origin =
    kind === "hub"
      ? `# Made by git-hive ${version}; renew it with: hive init ${options} --overwrite`
      : `# Generated from src/domain/maintenance/workflows, for this repository and for others that call it. hive init ${options} installs the same in a hub.`;
  return `# ${what}\n${origin}\n`;
}

/** The `workflow_call` trigger, so that other repositories can use git-hive's own files. */
export function callable({ kind, version }: Runner, secrets = ""): string {
  if (kind === "hub") return "";
  return `  workflow_call:
    inputs:
      version:
        description: the version of git-hive to run
        type: string
        default: "${version}"
${secrets}`;
}

export const TOKEN_SECRET = `    secrets:
      HIVE_GITHUB_TOKEN:
        description: a token that may see teams, to mention the teams in the settings
        required: false
`;

/** No permissions by default, and a shell that stops at the first failure, also within a pipe. */
export const DEFAULTS = `permissions: {}

defaults:
  run:
    shell: bash
`;

/**
 * The steps that set up the repository, Node and git-hive. A hub checks out its files only for workflows that read
 * them.
 */
export function setUp({ kind }: Runner, checkout?: { readonly depth: number }): string {
  const depth = checkout?.depth ?? 1;
  const files = `      - uses: ${CHECKOUT}
        with:
          fetch-depth: ${depth}
          persist-credentials: false
`;
  const node = `      - uses: ${SETUP_NODE}
        with:
          node-version: 24
          package-manager-cache: false
`;
  return `${kind === "home" || checkout ? files : ""}${node}${kind === "home" ? GET_HIVE : ""}`;
}

const GET_HIVE = `      - name: Get hive
        env:
          VERSION: ${expression("inputs.version")}
        run: |
          if [ -n "$VERSION" ]; then npm install --global "git-hive@$VERSION"; else npm ci && npm install --global .; fi
`;

/** The command by which a step calls git-hive. */
export function hive({ kind, version }: Runner): string {
  return kind === "hub" ? `npx --yes git-hive@${version}` : "hive";
}

/** Sets the hub to this repository, with the workflow's own token. */
export const HUB = `export HIVE_HUB="\${GITHUB_SERVER_URL%%:*}://x-access-token:$GITHUB_TOKEN@\${GITHUB_SERVER_URL#*//}/$GITHUB_REPOSITORY"`;

/** The step that updates GitHub's issues from the hub. */
export function publishStep(runner: Runner): string {
  return `      - name: Post what is not posted yet
        env:
          GITHUB_TOKEN: ${expression("github.token")}
          HIVE_GITHUB_TOKEN: ${expression("secrets.HIVE_GITHUB_TOKEN")}
        run: |
          ${HUB}
          ${hive(runner)} publish
`;
}
