import { broadcastWorkflow } from "./broadcast.ts";
import { commentWorkflow } from "./comment.ts";
import { dashboardWorkflow } from "./dashboard.ts";
import { expireWorkflow } from "./expire.ts";
import { needsWorkflow } from "./needs.ts";
import type { Runner } from "./parts.ts";
import { validateWorkflow } from "./validate.ts";

/** The workflows of a hub, by file name. */
export const WORKFLOW_FILES = {
  "validate.yml": validateWorkflow,
  "expire.yml": expireWorkflow,
  "broadcast.yml": broadcastWorkflow,
  "needs.yml": needsWorkflow,
  "comment.yml": commentWorkflow,
  "dashboard.yml": dashboardWorkflow,
} as const satisfies Record<string, (runner: Runner) => string>;
export type WorkflowFile = keyof typeof WORKFLOW_FILES;

/** Publishes what a hub has, so it is installed only where somebody asks for it. */
export const PUBLISHING: WorkflowFile = "dashboard.yml";
