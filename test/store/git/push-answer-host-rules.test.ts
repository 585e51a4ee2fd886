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

/** An answer about the branch, and the server's other messages. */
function rejected(why: string, ...said: string[]): GitResult {
  return {
    code: 1,
    stdout: `To ${URL}\n!\t${OURS}:${BRANCH}\t[remote rejected] (${why})\nDone\n`,
    stderr: `${remote(...said)}error: failed to push some refs to '${URL}'\n`,
    timedOut: false,
  };
}

function remote(...lines: string[]): string {
  return lines.map((line) => `remote: ${line}        \n`).join("");
}

const HOOK = "pre-receive hook declined";

describe("a push is refused by a host's rule", () => {
  it.each([
    [
      "GitHub's protected branch, foundry-rs/block-explorers#110",
      rejected(
        "protected branch hook declined",
        "error: GH006: Protected branch update failed for refs/heads/main.",
        "",
        "- Changes must be made through a pull request.",
      ),
    ],
    [
      "GitHub's required checks, RFD-FHEM/RFFHEM#1144",
      rejected(
        "protected branch hook declined",
        "error: GH006: Protected branch update failed for refs/heads/main.",
        "error: 4 of 6 required status checks are expected.",
      ),
    ],
    [
      "GitHub's rule sets, gleam-lang/gleam#6080",
      rejected(
        "push declined due to repository rule violations",
        "error: GH013: Repository rule violations found for refs/heads/main.",
        "Review all repository rules at https://github.com/gleam-lang/gleam/rules?ref=refs%2Fheads%2Fmain",
        "",
        "- Changes must be made through a pull request.",
        "- Code scanning is waiting for results from CodeQL for the commit cfbb5c1.",
      ),
    ],
    [
      "GitHub's push protection, palxiao/poster-design#140",
      rejected(
        "push declined due to repository rule violations",
        "error: GH013: Repository rule violations found for refs/heads/main.",
        "- GITHUB PUSH PROTECTION",
        "  —————————————————————————————————————————",
        "    Resolve the following violations before pushing again",
        "    - Push cannot contain secrets",
      ),
    ],
    [
      "GitHub's limit for a file, upleveled/notion-backup#359",
      rejected(
        HOOK,
        "error: File exports/abc/def.mov is 117.80 MB; this exceeds GitHub's file size limit of 100.00 MB",
        "error: GH001: Large files detected. You may want to try Git Large File Storage - https://git-lfs.github.com.",
      ),
    ],
    [
      "GitHub's limit for a push, rtyley/bfg-repo-cleaner#403",
      rejected("failed", "fatal: pack exceeds maximum allowed size"),
    ],
    [
      "GitHub's check of objects, saltstack/salt#45693",
      rejected(
        "failed",
        `error: object ${OURS}: fullPathname: contains full pathnames`,
        "fatal: Error in object",
      ),
    ],
    [
      "GitHub's ban on rewinds, renovatebot/renovate#9802",
      rejected(HOOK, "error: GH003: Sorry, force-pushing to main is not allowed."),
    ],
    [
      "GitHub's e-mail privacy, AlexandreMeslin/ENG4021#14",
      rejected(
        "push declined due to email privacy restrictions",
        "error: GH007: Your push would publish a private email address.",
      ),
    ],
    [
      "GitHub's missing LFS objects, go-gitea/gitea#31162",
      rejected(HOOK, "error: GH008: Your push referenced at least 1 unknown Git LFS object:"),
    ],
    [
      "GitHub's scope of a token, domdomegg in kbrashears5/github-action-file-sync#18",
      rejected(
        "refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yaml` without `workflow` scope",
      ),
    ],
    ["GitHub's own refs, ad-m/github-push-action#143", rejected("deny updating a hidden ref")],
    [
      "GitHub's name that is part of another one, desktop/desktop#13665",
      rejected(
        "cannot lock ref 'refs/heads/main': 'refs/heads/main/x' exists; cannot create 'refs/heads/main'",
      ),
    ],
    ["a shallow clone on GitHub, metamath/set.mm#1754", rejected("shallow update not allowed")],
    [
      "no permission to release to Jenkins' GitHub, jenkins-infra/repository-permissions-updater#166",
      rejected("permission denied"),
    ],
    [
      "GitLab's protected branch, gitlabhq/gitlabhq#10405",
      rejected(HOOK, "GitLab: You are not allowed to force push code to a protected branch on this project."),
    ],
    [
      "GitLab's refs, gitlabhq/gitlabhq#8361",
      rejected(HOOK, "GitLab: You are not allowed to access some of the refs!"),
    ],
    [
      "GitLab 6's update hook, gitlabhq/gitlabhq#7968",
      rejected("hook declined", "GitLab: You are not allowed to access main!"),
    ],
    [
      "GitLab's locked files, lib/gitlab/checks/diff_check.rb",
      rejected(HOOK, "GitLab: 'a.png' is locked in Git LFS by @ada"),
    ],
    [
      "GitLab's limit for a repository, lib/gitlab/repository_size_error_message.rb",
      rejected(
        HOOK,
        "GitLab: Your push has been rejected, because this repository has exceeded its size limit of 10 Bytes by 45 Bytes.",
      ),
    ],
    [
      "Gitea's protected branch, routers/private/hook_pre_receive.go",
      rejected(HOOK, "Gitea: Not allowed to push to protected branch main"),
    ],
    ["Gitea's rights, go-gitea/gitea#31525", rejected(HOOK, "Gitea: User permission denied for writing.")],
    [
      "Bitbucket's branch permissions, Atlassian community 2249496",
      rejected(HOOK, "Permission denied to update branch main."),
    ],
    [
      "Bitbucket's limit for a repository, mathieudutour/git-sketch-plugin#146",
      rejected(HOOK, "repository is in read only mode (over 2 GB size limit)."),
    ],
    [
      "Gitee's limit for a repository, wildfirechat/android-chat#435",
      rejected(HOOK, "Push rejected for repository size exceeds limit."),
    ],
    [
      "Harness' limit for a file, harness/harness#3527",
      rejected(
        HOOK,
        "pre-receive: error: Changes blocked by files exceeding the file size limit, try --help",
      ),
    ],
    [
      "Azure's branch policy, microsoft/win-net-test#45",
      rejected(
        "TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.",
      ),
    ],
    [
      "Azure's limit for a wiki, microsoft/vsts-wikiTools#7",
      rejected(
        `The blob object ${THEIRS} was rejected: The object will increase this repository size by 7772458 bytes (the limit is 4194304 bytes).`,
      ),
    ],
    ["Gerrit's rights, Gerrit's PushPermissionsIT", rejected("prohibited by Gerrit: not permitted: update")],
    ["Gerrit's older words for it, civiccc/gerrit#3", rejected("prohibited by Gerrit")],
    [
      "Gerrit's ban on merges, TritonDataCenter/smartos-live#691",
      rejected("you are not allowed to upload merges"),
    ],
    ["JGit's ban on new branches, ReceivePack.java", rejected("creation prohibited")],
    ["JGit's unspecified reason, ReceivePack.java", rejected("unspecified reason")],
    [
      "gitolite's permissions, Bioconductor/bioc_git_transition#19",
      rejected("hook declined", "FATAL: W refs/heads/main packages/BiocStyle a.oles DENIED by fallthru"),
    ],
  ])("%s", (_, result) => {
    expect(readPushOutcome(result, BRANCH).kind).toBe("refused");
  });

  it("GitBucket's limit for an object, gitbucket/gitbucket#2515", () => {
    const result = rejected("n/a (unpacker error)");
    const why =
      "error: remote unpack failed: error Object too large (2,577,619,487 bytes), rejecting the pack.\n";
    expect(readPushOutcome({ ...result, stderr: why + result.stderr }, BRANCH).kind).toBe("refused");
  });
});
