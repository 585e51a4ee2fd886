/** What is known of an action at one commit: its release, and the inputs it takes. */
export interface Pin {
  readonly commit: string;
  readonly release: string;
  readonly inputs: readonly string[];
}

/** Every action of others that ours may use. Read from the actions' own repositories, 2026-08. */
export const PINS: Readonly<Record<string, Pin>> = {
  "actions/checkout": {
    commit: "3d3c42e5aac5ba805825da76410c181273ba90b1",
    release: "v7.0.1",
    inputs: [
      "repository",
      "ref",
      "token",
      "persist-credentials",
      "path",
      "clean",
      "fetch-depth",
      "fetch-tags",
    ],
  },
  "actions/setup-node": {
    commit: "820762786026740c76f36085b0efc47a31fe5020",
    release: "v7.0.0",
    inputs: ["node-version", "node-version-file", "cache", "package-manager-cache", "registry-url"],
  },
};
