import type { McpTool } from "./tool.ts";
import { claim } from "./tools/claim.ts";
import { handoff } from "./tools/handoff.ts";
import { inbox } from "./tools/inbox.ts";
import { match } from "./tools/match.ts";
import { request } from "./tools/request.ts";
import { respond } from "./tools/respond.ts";
import { send } from "./tools/send.ts";
import { status } from "./tools/status.ts";
import { sync } from "./tools/sync.ts";

/** Every tool, in the order in which a session needs them. At most nine tools and 700 tokens, because a client shows all of them to its model. */
export const TOOLS: readonly McpTool[] = [sync, inbox, match, request, respond, claim, status, send, handoff];
