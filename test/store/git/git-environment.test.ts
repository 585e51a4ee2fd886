import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { gitEnvironment, WITHHELD } from "../../../src/store/git/git-environment.ts";
import { HARMFUL_VARIABLES } from "../../support/harmful-variables.ts";

/** What git gets of these variables of the caller. */
function passed(variables: Record<string, string>): Record<string, string> {
  const given = Object.entries(gitEnvironment(variables));
  return Object.fromEntries(given.filter(([name, value]) => variables[name] === value));
}

describe("the environment of git", () => {
  it("has what a user's git needs to reach a server, whatever it is called", () => {
    const variables = {
      PATH: "/bin",
      GIT_ASKPASS: "/editor/askpass",
      VSCODE_GIT_ASKPASS_NODE: "/editor/node",
      SSH_ASKPASS: "/bin/askpass",
      SSH_AUTH_SOCK: "/run/agent",
      GIT_SSH: "/bin/ssh",
      GIT_SSH_VARIANT: "simple",
      GIT_CONFIG_COUNT: "0",
      GIT_CONFIG_PARAMETERS: "'a.b'='c'",
      GIT_CONFIG_SYSTEM: "/etc/other",
      GIT_SSL_NO_VERIFY: "1",
      GIT_PROXY_SSL_CAINFO: "/ca",
      GIT_EXEC_PATH: "/opt/git",
      https_proxy: "http://proxy",
      MY_TOKEN: "secret",
    };
    expect(passed(variables)).toEqual(variables);
  });

  it("has nothing that would redirect or reshape what git does", () => {
    expect(passed(HARMFUL_VARIABLES)).toEqual({});
  });

  it("leaves out no name for which no harm is known", () => {
    const harmful = Object.keys(HARMFUL_VARIABLES);
    const unknown = WITHHELD.flatMap(({ names }) => names).filter(
      (name) => !harmful.some((each) => new RegExp(`^${name.replaceAll("*", "\\w*")}$`).test(each)),
    );
    expect(unknown).toEqual([]);
  });

  it("is described, with the reason for each variable that is left out", () => {
    const page = readFileSync(new URL("../../../docs/environments.md", import.meta.url), "utf8");
    for (const { because, names } of WITHHELD)
      expect(page).toContain(`| ${names.map((name) => `\`${name}\``).join(", ")} | ${because} |`);
  });

  it("has nothing that no process can be given", () => {
    expect(gitEnvironment({ TOKEN: "a\0b" })).not.toHaveProperty("TOKEN");
  });

  it("never lets git ask in a terminal, whatever the caller says", () => {
    expect(gitEnvironment({ GIT_TERMINAL_PROMPT: "1", LC_ALL: "de_DE.UTF-8" })).toMatchObject({
      GIT_TERMINAL_PROMPT: "0",
      LC_ALL: "C",
    });
  });
});
