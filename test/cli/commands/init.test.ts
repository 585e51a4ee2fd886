import { describe, expect, it } from "vitest";
import { WORKFLOW_FILES } from "../../../src/domain/maintenance/workflows/table.ts";
import { Console, errorOf } from "../../support/console.ts";
import { openSandbox } from "../../support/git-sandbox.ts";
import { commitByHand } from "../../support/hand-commit.ts";
import { openHttpHub } from "../../support/http-hub.ts";
import { installHook } from "../../support/server-hook.ts";

const NAMES = Object.keys(WORKFLOW_FILES).filter((name) => name !== "dashboard.yml");

async function open() {
  const sandbox = openSandbox();
  const hub = await sandbox.bareHub();
  return { sandbox, hub, console: new Console(sandbox, { version: "1.2.3" }) };
}

describe("hive init --remote", () => {
  it("makes a clone show the hub where the repository names another branch that does not exist", async () => {
    const { console, hub, sandbox } = await open();
    await sandbox.git(hub, "symbolic-ref", "HEAD", "refs/heads/master");
    await console.print("init", "--remote", hub);
    expect(await sandbox.git(hub, "ls-tree", "--name-only", "HEAD")).toContain("coordination");
  });
});

describe("hive init --github", () => {
  it("creates a hub with the workflows of this version", async () => {
    const { console, hub, sandbox } = await open();
    expect(await console.print("init", "--remote", hub, "--github")).toContain(
      `Workflow files added: ${NAMES.join(", ")}\nGitHub runs workflows, and this hub is on this disk`,
    );
    const history = await sandbox.history(hub);
    expect(history.map(({ kind, session }) => [kind, session])).toEqual([
      ["init", "git-hive"],
      ["workflows", "git-hive"],
    ]);
    const paths = await sandbox.git(hub, "ls-tree", "-r", "--name-only", "main", ".github/");
    expect(paths.split("\n")).toEqual(
      [...NAMES, "README.md"].map((name) => `.github/workflows/${name}`).sort(),
    );
    const text = await sandbox.git(hub, "show", "main:.github/workflows/expire.yml");
    expect(text).toContain("npx --yes git-hive@1.2.3 expire");
  });

  it("installs them in an existing hub, keeps edited ones, and replaces them with --overwrite", async () => {
    const { console, hub, sandbox } = await open();
    await console.print("init", "--remote", hub);
    await commitByHand(sandbox, hub, [{ path: ".github/workflows/expire.yml", content: "mine" }]);
    const others = NAMES.filter((name) => name !== "expire.yml");
    expect(await console.json("init", "--remote", hub, "--github")).toMatchObject({
      created: false,
      workflows: { installed: others, kept: ["expire.yml"] },
    });
    expect(await sandbox.git(hub, "show", "main:.github/workflows/expire.yml")).toBe("mine");

    const before = (await sandbox.history(hub)).length;
    expect(await console.print("init", "--remote", hub, "--github")).toContain(
      `Workflows kept: ${NAMES.join(", ")}`,
    );
    expect(await sandbox.history(hub)).toHaveLength(before);

    const renewed = await console.json("init", "--remote", hub, "--github", "--overwrite");
    expect(renewed).toMatchObject({ workflows: { installed: NAMES, kept: [] } });
    expect(await sandbox.git(hub, "show", "main:.github/workflows/expire.yml")).toContain("git-hive@1.2.3");
  });

  it("installs the workflow that publishes the dashboard where it is asked for, and says who can see it", async () => {
    const { console, hub, sandbox } = await open();
    await console.print("init", "--remote", hub, "--github");
    const text = async () => sandbox.git(hub, "show", "main:.github/workflows/dashboard.yml");
    const said = await console.print("init", "--remote", hub, "--github", "--dashboard");
    expect(said).toContain("Workflow files added: dashboard.yml\nAnybody on the internet can open");
    expect(await text()).toContain("npx --yes git-hive@1.2.3 dashboard ");

    await commitByHand(sandbox, hub, [{ path: ".github/workflows/dashboard.yml", content: "mine" }]);
    await console.print("init", "--remote", hub, "--github", "--overwrite");
    expect(await text()).toBe("mine");
    expect(await console.json("init", "--remote", hub, "--github", "--dashboard")).toMatchObject({
      workflows: { installed: [], kept: [...NAMES, "dashboard.yml"] },
    });
    await console.print("init", "--remote", hub, "--github", "--dashboard", "--overwrite");
    expect(await text()).toContain("hive init --github --dashboard --overwrite");
  });

  it("makes no hub for --dashboard without --github", async () => {
    const { console, hub, sandbox } = await open();
    expect((await console.run("init", "--remote", hub, "--dashboard")).code).toBe(2);
    expect(await sandbox.git(hub, "for-each-ref")).toBe("");
  });

  it("names the missing scope when GitHub refuses workflows from a token", async () => {
    const { console, hub, sandbox } = await open();
    const git = await openHttpHub(sandbox);
    await console.print("init", "--remote", git.url());
    const words =
      "refusing to allow a Personal Access Token to create or update workflow without `workflow` scope";
    await installHook(hub, "pre-receive", `echo '${words}' >&2; exit 1`);
    const ran = await console.run("--json", "init", "--remote", git.url(), "--github");
    expect(ran.code).toBe(1);
    expect(errorOf(ran)).toMatchObject({
      code: "push_refused",
      hint: expect.stringContaining("the scope workflow"),
    });
    expect(await console.with({ env: { HIVE_HUB: git.url() } }).json("outbox")).toMatchObject({
      operations: [],
    });
  });

  it("installs no workflows without --github", async () => {
    const { console, hub, sandbox } = await open();
    expect(await console.json("init", "--remote", hub)).not.toHaveProperty("workflows");
    expect(await sandbox.git(hub, "ls-tree", "-r", "--name-only", "main", ".github/")).toBe("");
  });
});
