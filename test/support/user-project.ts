import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onPath } from "./agent.ts";
import { Console } from "./console.ts";
import { openSandbox } from "./git-sandbox.ts";

/** A project of a user whose PATH has git-hive, with a console in it and files that a test writes. */
export function openUserProject() {
  const sandbox = openSandbox();
  const project = sandbox.folder("project");
  mkdirSync(join(project, ".git"));
  const bin = onPath(sandbox, ["git-hive"], 'echo "git-hive 0.0.0"');
  const console = new Console(sandbox, { directory: project, env: { PATH: `${bin}:/usr/bin:/bin` } });
  const path = (name: string) => join(project, name);
  const write = (name: string, text: string | Uint8Array) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  };
  return { sandbox, project, console, path, write };
}
