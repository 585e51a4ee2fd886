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
  "actions/upload-artifact": {
    commit: "bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
    release: "v7.0.0",
    inputs: [
      "name",
      "path",
      "if-no-files-found",
      "retention-days",
      "compression-level",
      "overwrite",
      "include-hidden-files",
      "archive",
    ],
  },
  "actions/upload-pages-artifact": {
    commit: "fc324d3547104276b827a68afc52ff2a11cc49c9",
    release: "v5.0.0",
    inputs: ["name", "path", "retention-days"],
  },
  "actions/deploy-pages": {
    commit: "cd2ce8fcbc39b97be8ca5fce6e763baed58fa128",
    release: "v5.0.0",
    inputs: ["token", "timeout", "error_count", "reporting_interval", "artifact_name", "preview"],
  },
};
