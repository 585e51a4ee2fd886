import { broadcastWorkflow } from "./broadcast.ts";
import { commentWorkflow } from "./comment.ts";
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
} as const satisfies Record<string, (runner: Runner) => string>;
export type WorkflowFile = keyof typeof WORKFLOW_FILES;
