import type { Taxonomy } from "./taxonomy.ts";

const FRONTEND = ["dashboard", "frontend", "react", "ui", "visualization"];
const DEPLOYMENT = ["deployment", "devops", "automation", "infrastructure"];
const ORCHESTRATION = ["orchestration", "ai-agents", "autonomous", "crewai", "coordination"];

/** The taxonomy of a new hub: the keyword table of the tools that git-hive replaces. */
export const DEFAULT_TAXONOMY: Taxonomy = {
  ui: FRONTEND,
  dashboard: FRONTEND,
  frontend: FRONTEND,
  deploy: DEPLOYMENT,
  orchestration: ORCHESTRATION,
  ai: ORCHESTRATION,
  agent: ORCHESTRATION,
  analytics: ["analytics", "data", "prediction", "optimization"],
  database: ["backend", "infrastructure", "data"],
  api: ["backend", "orchestration", "integration"],
  architecture: ["architecture", "coordination", "system-design"],
  memory: ["architecture", "coordination", "memory-systems"],
};

/** The taxonomy as YAML, written without a YAML library because plain words need no quotes. */
export const TAXONOMY_TEXT = [
  "# Keyword -> the specializations that it stands for. Used by find-help, and by match for very short profiles.",
  ...Object.entries(DEFAULT_TAXONOMY).map(([keyword, words]) => `${keyword}: [${words.join(", ")}]`),
  "",
].join("\n");
