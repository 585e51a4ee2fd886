import { describe, expect, it } from "vitest";
import type { GitResult } from "../../../src/store/git/git.ts";
import { readPushOutcome } from "../../../src/store/git/push-answer.ts";

/*
 * Messages that only hosts print, as their users report them in the source that each title names, or from the host's
 * source.
 */

const BRANCH = "refs/heads/main";
const OURS = "c182b9942473b42a3fdba00e03662ec05525d198";
const THEIRS = "d63394ec869988e32b540517fc3a5c4a96a65394";
const URL = "https://git.example.org/team/hub.git";
const NO_ACCESS =
  "fatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n";

/** An answer about the branch, and the server's other messages. */
function rejected(why: string, ...said: string[]): GitResult {
  return {
    code: 1,
    stdout: `To ${URL}\n!\t${OURS}:${BRANCH}\t[remote rejected] (${why})\nDone\n`,
    stderr: `${remote(...said)}error: failed to push some refs to '${URL}'\n`,
    timedOut: false,
  };
}

/** The server rejects git's request for the refs, with an HTTP status and a message. */
function turnedAway(status: number, ...said: string[]): GitResult {
  const stderr = `${remote(...said)}fatal: unable to access '${URL}/': The requested URL returned error: ${status}\n`;
  return { code: 128, stdout: "", stderr, timedOut: false };
}

function notFound(...said: string[]): GitResult {
  const stderr = `${remote(...said)}fatal: repository '${URL}/' not found\n`;
  return { code: 128, stdout: "", stderr, timedOut: false };
}

/** The same through ssh, where the server's messages are ssh's stderr. */
function hungUpOn(...said: string[]): GitResult {
  return { code: 128, stdout: "", stderr: `${said.join("\n")}\n${NO_ACCESS}`, timedOut: false };
}

function remote(...lines: string[]): string {
  return lines.map((line) => `remote: ${line}        \n`).join("");
}

const HOOK = "pre-receive hook declined";

describe("a push is stale when a host reports a race", () => {
  it.each([
    [
      "GitHub, rustic-rs/rustic#236",
      `cannot lock ref 'refs/heads/main': is at ${THEIRS} but expected ${OURS}`,
    ],
    ["GitHub for a new branch", "cannot lock ref 'refs/heads/main': reference already exists"],
    ["GitHub and its newer git, Mudlet/mudlet-package-repository#819", "incorrect old value provided"],
    [
      "Azure, rfennell/AzurePipelines#808",
      "TF401028: The reference 'refs/heads/main' has already been updated by another client, so you cannot update it. Please try again.",
    ],
    ["JGit, ReceivePack.java", "non-fast forward"],
    ["JGit's lock, ReceivePack.java", "failed to lock"],
  ])("%s", (_, why) => {
    expect(readPushOutcome(rejected(why), BRANCH)).toEqual({ kind: "stale" });
  });
});

describe("a push is unknown when a host failed while it updated the branch", () => {
  it.each([
    ["GitHub, desktop/desktop#21250", rejected("Internal Server Error", "Internal Server Error")],
    ["GitHub moving the branch, microsoft/vscode#182679", rejected("failure", "fatal error in commit_refs")],
    ["JGit, ReceivePack.java", rejected("server bug; ref not processed")],
  ])("%s", (_, result) => {
    expect(readPushOutcome(result, BRANCH).kind).toBe("unknown");
  });
});

describe("a push is unreachable when a host fails before it updates the branch", () => {
  it.each([
    [
      "GitHub lacks an object, epicweb-dev/full-stack-foundations#97",
      rejected("failed", `fatal: did not receive expected object ${THEIRS}`),
    ],
    [
      "GitHub's spokes-receive-pack, internal/spokes/spokes.go",
      rejected("error processing packfiles: exit status 128"),
    ],
    [
      "the same with the objects, internal/spokes/spokes.go",
      rejected("missing required objects: running 'rev-list': exit status 128"),
    ],
    [
      "OpenNeuro's full disk, OpenNeuroOrg/openneuro#3509",
      rejected("unpacker error", "fatal: write error: No space left on device"),
    ],
    [
      "Gerrit lacks an object, ingeniousmalarkey.com 2011/10",
      rejected("n/a (unpacker error)", "fatal: Unpack error, check server log"),
    ],
    ["JGit lacks an object, ReceivePack.java", rejected(`object ${THEIRS} missing`)],
    ["JGit lacks more, ReceivePack.java", rejected("missing object(s)")],
    [
      "GitLab's hook does not reach GitLab, gitlabhq/gitlabhq#8660",
      rejected(HOOK, "GitLab: API is not accessible"),
    ],
    [
      "GitLab's hook does not reach GitLab, gitlabhq/gitlabhq#9575",
      rejected(HOOK, "GitLab: Failed to authorize your Git request: internal API unreachable"),
    ],
    [
      "GitLab's hook finds GitLab broken, NixOS/nixpkgs#120947",
      rejected(HOOK, "GitLab: 500 Internal Server Error"),
    ],
    [
      "GitLab moves the repository, lib/gitlab/git_access.rb",
      rejected(HOOK, "GitLab: The repository is temporarily read-only. Please try again later."),
    ],
    [
      "Gitea's hook does not reach Gitea, go-gitea/gitea#10698",
      rejected(
        HOOK,
        "Gitea: Internal Server Error",
        "Unable to contact gitea: Post http://localhost:10080/api/internal",
      ),
    ],
    [
      "Gitea's hook finds Gitea broken, go-gitea/gitea#22293",
      rejected(HOOK, "", "Gitea: Internal Server Error"),
    ],
    [
      "Bitbucket's hook does not reach Bitbucket, christiangalsterer/stash-filehooks-plugin#27",
      rejected(HOOK, "Communication breakdown with Bitbucket."),
    ],
    ["GitHub's front is broken, desktop/desktop#21282", turnedAway(500, "Internal Server Error")],
    ["GitHub's limit of requests, sider/runners#1233", turnedAway(429)],
    [
      "GitHub's secondary limit, in its API's message: octokit/plugin-throttling.js#437",
      turnedAway(
        403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
      ),
    ],
    [
      "GitHub's same limit, in an older message of its API: carrot/ship#79",
      turnedAway(
        403,
        "You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.",
      ),
    ],
    [
      "GitLab moves the repository, lib/gitlab/git_access.rb",
      turnedAway(403, "The repository is temporarily read-only. Please try again later."),
    ],
    [
      "GitLab's shell does not reach GitLab, gitlabhq/gitlabhq#9992",
      hungUpOn("GitLab: Failed to authorize your Git request: internal API unreachable"),
    ],
  ])("%s", (_, result) => {
    expect(readPushOutcome(result, BRANCH).kind).toBe("unreachable");
  });
});

describe("a push is denied by a host, and its message is kept", () => {
  it.each([
    [
      "GitHub's rights, ad-m/github-push-action#55",
      turnedAway(403, "Permission to ada/hub.git denied to github-actions[bot]."),
    ],
    ["GitHub's rights, IIC3253/2026#73", turnedAway(403, "Write access to repository not granted.")],
    [
      "GitHub's archive, agliber/banqdrop's README",
      turnedAway(403, "This repository was archived so it is read-only."),
    ],
    [
      "GitHub's suspension, github/site-policy#1258",
      turnedAway(
        403,
        "Your account is suspended. Please visit https://support.github.com for more information.",
      ),
    ],
    [
      "GitHub's disabled account, desktop/dugite#264",
      turnedAway(403, "Your account is disabled. Please see https://github.com/account/billing"),
    ],
    [
      "GitHub's staff, as programs that check for this message have it",
      turnedAway(403, "Access to this repository has been disabled by GitHub staff."),
    ],
    [
      "GitHub's disabled repository, Comfy-Org/ComfyUI#11686",
      hungUpOn(
        "ERROR: Repository 'Comfy-Org/ComfyUI' is disabled.",
        "Please ask the owner to check their account.",
        "",
      ),
    ],
    [
      "GitHub's single sign-on, NOAA-FIMS/FIMS#598",
      turnedAway(403, "The 'NOAA-FIMS' organization has enabled or enforced SAML SSO."),
    ],
    [
      "GitLab's rights, rht-labs/enablement-docs#342",
      turnedAway(403, "You are not allowed to push code to this project."),
    ],
    [
      "GitLab's read-only replica, lib/gitlab/git_access.rb",
      turnedAway(403, "You can't push code to a read-only GitLab instance."),
    ],
    ["Gitea's mirror, RayLabsHQ/gitea-mirror#59", turnedAway(403, "mirror repository is read-only")],
    [
      "Azure's rights, Azure/AzOps#299",
      turnedAway(403, "TF401027: You need the Git 'GenericContribute' permission to perform this action."),
    ],
    [
      "GitHub's rights, Shopify/eng-intern-assessment-rails#109",
      hungUpOn("ERROR: Permission to ada/hub.git denied to ragizaki."),
    ],
    [
      "GitHub's deploy key, OpenCPN/plugins#1206",
      hungUpOn("ERROR: Permission to ada/hub denied to deploy key"),
    ],
    [
      "GitHub's read-only key, haskell-jp/blog#221",
      hungUpOn("ERROR: The key you are authenticating with has been marked as read only."),
    ],
    [
      "GitHub's archive, nextcloud/docker-ci#859",
      hungUpOn("ERROR: This repository was archived so it is read-only."),
    ],
    [
      "GitHub's suspension, gitextensions/gitextensions#3339",
      hungUpOn("ERROR: Your account is suspended. Please check with your installation administrator."),
    ],
    [
      "GitLab's rights, niexia/niexia.github.io#53",
      hungUpOn("GitLab: You are not allowed to push code to this project."),
    ],
    [
      "GitLab's blocked account, lib/gitlab/git_access.rb",
      hungUpOn("GitLab: Your account has been blocked."),
    ],
    ["GitLab's rights, gitlabhq/gitlabhq#8106", hungUpOn("Access denied.")],
    ["Gogs' deploy key, gogs/gogs#2882", hungUpOn("Gogs: Key permission denied")],
    [
      "gitolite's rights, sitaramc/gitolite#85",
      hungUpOn("FATAL: R any gitolite-admin git DENIED by fallthru"),
    ],
  ])("%s", (_, result) => {
    const said = /^(?:remote: )?(.*?)\s*$/m.exec(result.stderr)?.[1];
    expect(readPushOutcome(result, BRANCH)).toEqual({
      kind: "denied",
      reason: expect.stringMatching(/^access was denied \| /),
    });
    expect(readPushOutcome(result, BRANCH)).toMatchObject({ reason: expect.stringContaining(`${said}`) });
  });

  it.each([
    ["GitHub, shikakun/tips#28", hungUpOn("ERROR: Repository not found.")],
    [
      "GitLab, Shippable/support#4131",
      hungUpOn("GitLab: The project you were looking for could not be found."),
    ],
    [
      "GitLab, keptn/keptn#6615",
      notFound(
        "The project you were looking for could not be found or you don't have permission to view it.",
      ),
    ],
    ["GitHub, sisoputnfrba/foro#2340", notFound("Repository not found.")],
    [
      "Azure, MicrosoftDocs/azure-devops-docs",
      notFound(
        "TF401019: The Git repository with name or identifier hub does not exist or you do not have permissions for the operation you are attempting.",
      ),
    ],
    ["Bitbucket, from memory", hungUpOn("conq: repository does not exist.")],
    ["Gerrit, openbmc/openbmc#3747", hungUpOn("fatal: project openbmc/daytona5 not found")],
    [
      "Bitbucket, chef-boneyard/delivery-cli#30",
      {
        ...hungUpOn(),
        stderr:
          "fatal: remote error: Repository not found\nThe requested repository does not exist, or you do not have permission to\naccess it.\n",
      },
    ],
  ])("there is no such repository: %s", (_, result) => {
    expect(readPushOutcome(result, BRANCH)).toEqual({
      kind: "denied",
      reason: "there is no such repository",
    });
  });
});
