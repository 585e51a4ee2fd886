import { devNull } from "node:os";
import type { Environment } from "../host/environment.ts";

/**
 * The environment variables that git and its credential helpers get. Others could redirect git: for example,
 * `GIT_DIR` is set inside every git hook.
 */
const PASSED_VARIABLES = [
  ...["PATH", "HOME", "USERPROFILE", "XDG_CONFIG_HOME", "TMPDIR", "TEMP", "SYSTEMROOT"],
  ...[
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_ASKPASS",
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "SSH_AUTH_SOCK",
  ],
  ...["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY", "WAYLAND_DISPLAY", "APPDATA", "LOCALAPPDATA"],
  ...["GH_TOKEN", "GITHUB_TOKEN"],
  ...["GIT_SSL_CAINFO", "SSL_CERT_FILE", "SSL_CERT_DIR"],
  ...[
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "all_proxy",
    "no_proxy",
  ],
];

/**
 * Settings that rule out prompts, hooks, filters, gc and all other transports, whatever the user or the hub
 * configured.
 */
export const HARDENING = [
  `core.hooksPath=${devNull}`,
  "core.fsmonitor=false",
  `core.attributesFile=${devNull}`,
  "core.symlinks=false",
  "gc.auto=0",
  "maintenance.auto=false",
  "safe.bareRepository=explicit",
  "submodule.recurse=false",
  // One object that fsck minds, in a history that is older or was reverted, would cut every host off from the hub.
  // Objects that hive reads are judged by its own reader: mode, size, then the schema.
  "transfer.fsckObjects=false",
  "fetch.fsckObjects=false",
  // One pack for each fetch, however small: a replica of many loose objects would be slow to read.
  "fetch.unpackLimit=1",
  // Also one pack for each write. Git keeps it until a ref points to it, so no gc in the same repository deletes it;
  // loose objects could not be kept.
  "fastimport.unpackLimit=0",
  "push.gpgSign=false",
  // No remote hub must take options. An empty value removes those of the user.
  "push.pushOption=",
  // What git prints is read by git-hive, so it does not follow a user's taste.
  "color.ui=never",
  "i18n.logOutputEncoding=UTF-8",
  "log.showSignature=false",
  "log.follow=false",
  "grep.patternType=default",
  "trailer.separators=:",
  "core.commentChar=#",
  `diff.orderFile=${devNull}`,
  "diff.relative=false",
  "protocol.allow=never",
  "protocol.file.allow=always",
  "protocol.http.allow=always",
  "protocol.https.allow=always",
  "protocol.ssh.allow=always",
  "http.lowSpeedLimit=1",
  "http.lowSpeedTime=30",
].flatMap((setting) => ["-c", setting]);

/** The environment of every git process. */
export function gitEnvironment(environment: Environment): Record<string, string> {
  const passed = PASSED_VARIABLES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(passed),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_REPLACE_OBJECTS: "1",
  };
}
