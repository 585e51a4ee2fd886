import { devNull } from "node:os";

/**
 * Settings that rule out prompts, hooks, filters, gc and transports that run any program, whatever the user or the hub
 * configured. They count more than all of the user's, also than those in variables.
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
  // An address of a hub names none of the other transports, but the user's settings may replace an address.
  "protocol.allow=user",
  "protocol.ext.allow=never",
  "protocol.git.allow=always",
  "protocol.file.allow=always",
  "protocol.http.allow=always",
  "protocol.https.allow=always",
  "protocol.ssh.allow=always",
  "http.lowSpeedLimit=1",
  "http.lowSpeedTime=30",
].flatMap((setting) => ["-c", setting]);
