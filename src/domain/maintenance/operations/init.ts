import { change, nothing, putJson, putText } from "../../decision.ts";
import { ATTRIBUTES_TEXT } from "../../hub/attributes.ts";
import { settingsText } from "../../hub/default-settings.ts";
import { TAXONOMY_TEXT } from "../../hub/default-taxonomy.ts";
import {
  ATTRIBUTES_PATH,
  BOARD_PATH,
  FOLDER,
  REGISTRY_PATH,
  SETTINGS_PATH,
  TAXONOMY_PATH,
} from "../../hub/layout.ts";
import { renderBoard } from "../../messages/board.ts";
import { defineOperation } from "../../operation.ts";
import { indexProfiles } from "../../sessions/registry.ts";
import * as z from "../../values/z.ts";
import { HUB_README } from "../readme.ts";
import { jsonSchemas } from "../schemas.ts";

/**
 * Makes a repository a hub: writes settings, taxonomy, schemas, empty generated files and their Git attributes. On a
 * hub it changes nothing.
 */
export const init = defineOperation({
  kind: "init",
  by: "anyone",
  reads: ["paths", "registry"],
  input: z.object({}),
  decide({ paths, registry }, _, by) {
    if (paths.has(SETTINGS_PATH)) return nothing({ created: false });
    const files = [
      putText(SETTINGS_PATH, settingsText(by.op)),
      putText(TAXONOMY_PATH, TAXONOMY_TEXT),
      putText(`${FOLDER}/README.md`, HUB_README),
      putText(ATTRIBUTES_PATH, ATTRIBUTES_TEXT),
      putJson(REGISTRY_PATH, indexProfiles([], registry)),
      putText(BOARD_PATH, renderBoard([])),
      ...Object.entries(jsonSchemas()).map(([name, schema]) =>
        putJson(`${FOLDER}/schema/${name}.json`, schema),
      ),
    ];
    return change(
      "init: make this repository a hub",
      files.filter(({ path }) => !paths.has(path)),
      { created: true },
    );
  },
});
