import { change, nothing, putText } from "../../decision.ts";
import { WORKFLOWS } from "../../hub/layout.ts";
import { defineOperation } from "../../operation.ts";
import * as z from "../../values/z.ts";
import { WORKFLOWS_README } from "../readme.ts";
import { PUBLISHING, WORKFLOW_FILES, type WorkflowFile } from "../workflows/table.ts";

const Input = z.object({
  version: z.string().check(z.regex(/^\d+\.\d+\.\d+(?:-[a-z0-9.]+)?$/, "expected a version such as 1.2.3")),
  overwrite: z.boolean(),
  /** Also the workflow that publishes. Operations of older versions do not say. */
  dashboard: z._default(z.boolean(), false),
});

/** Installs GitHub workflows in a hub. Existing files of the same names are kept unless `overwrite` is set. */
export const workflows = defineOperation({
  kind: "workflows",
  by: "anyone",
  reads: ["paths"],
  input: Input,
  decide({ paths }, { version, overwrite, dashboard }) {
    const all = Object.keys(WORKFLOW_FILES) as WorkflowFile[];
    const names = all.filter((name) => dashboard || name !== PUBLISHING);
    const kept = names.filter((name) => !overwrite && paths.has(`${WORKFLOWS}/${name}`));
    const installed = names.filter((name) => !kept.includes(name));
    if (installed.length === 0) return nothing({ installed, kept });
    const readme = `${WORKFLOWS}/README.md`;
    const files = [
      ...(paths.has(readme) ? [] : [putText(readme, WORKFLOWS_README)]),
      ...installed.map((name) =>
        putText(`${WORKFLOWS}/${name}`, WORKFLOW_FILES[name]({ version, kind: "hub" })),
      ),
    ];
    return change(`workflows: git-hive ${version} looks after this hub`, files, { installed, kept });
  },
});
