/** Who runs a workflow, which decides how it comes by git-hive. */
export interface Runner {
  /** The version that is run where git-hive is fetched. */
  readonly version: string;
  /**
   * `hub`: installed in a hub by `hive init --github`. `home`: git-hive's own repository, whose workflows run what is
   * built there, and which others may call.
   */
  readonly kind: "hub" | "home";
}

/** An expression of GitHub's; never one inside `run:`, where it would be pasted into a script. */
export const expression = (text: string) => `\${{ ${text} }}`;

const CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
const SETUP_NODE = "actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0";

/** The first lines of a file: what it is, and who wrote it. */
export function head({ kind, version }: Runner, what: string): string {
  const origin =
    kind === "hub"
      ? `# Made by git-hive ${version}; renew it with: hive init --github --overwrite`
      : "# The same as hive init --github makes, for this repository and for others that call it: generated, see src/domain/maintenance/workflows.";
  return `# ${what}\n${origin}\n`;
}

/** The `workflow_call` trigger, by which other repositories use git-hive's own files. */
export function callable({ kind, version }: Runner, secrets = ""): string {
  if (kind === "hub") return "";
  return `  workflow_call:
    inputs:
      version:
        description: which git-hive to run
        type: string
        default: "${version}"
${secrets}`;
}

export const TOKEN_SECRET = `    secrets:
      HIVE_GITHUB_TOKEN:
        description: a token that may see teams, to mention those in the settings
        required: false
`;

/** Nothing by default, and a shell that stops at the first failure, also within a pipe. */
export const DEFAULTS = `permissions: {}

defaults:
  run:
    shell: bash
`;

/** The steps that bring the repository, Node and git-hive. A hub needs its files only where they are looked at. */
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

/** How a step calls git-hive. */
export function hive({ kind, version }: Runner): string {
  return kind === "hub" ? `npx --yes git-hive@${version}` : "hive";
}

/** The hub is this repository, reached with the workflow's own token. */
export const HUB = `export HIVE_HUB="\${GITHUB_SERVER_URL%%:*}://x-access-token:$GITHUB_TOKEN@\${GITHUB_SERVER_URL#*//}/$GITHUB_REPOSITORY"`;

/** The step that brings GitHub's issues up to what the hub holds. */
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
