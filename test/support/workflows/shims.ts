import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { MAIN } from "../processes.ts";

/* A registry is not there, so npx and npm stand in for what they would fetch: the program that is built here. They
   know the calls the workflows make and fail at any other. No test waits, so sleep does not. */

const NPX = (version: string) => `#!/bin/bash
if [ "$1" = --yes ] && [ "$2" = "git-hive@${version}" ]; then exec "${process.execPath}" "${MAIN}" "\${@:3}"; fi
echo "not modelled: npx $*" >&2; exit 97
`;

const NPM = (folder: string, version: string) => `#!/bin/bash
case "$*" in
  ci) [ -f .git/HEAD ] && exit 0 ;;
  "install --global ."|"install --global git-hive@${version}")
    printf '#!/bin/bash\\nexec "%s" "%s" "$@"\\n' "${process.execPath}" "${MAIN}" > "${folder}/hive"
    chmod +x "${folder}/hive"; exit 0 ;;
esac
echo "not modelled: npm $*" >&2; exit 97
`;

/** Says how long it would have slept. */
const SLEEP = `#!/bin/bash
echo "slept $1"
`;

/** Puts the stand-ins into a folder that comes first on the PATH. */
export function installShims(folder: string, version: string): void {
  const programs = { npx: NPX(version), npm: NPM(folder, version), sleep: SLEEP };
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), script);
    chmodSync(join(folder, name), 0o755);
  }
}
