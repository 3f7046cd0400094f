import { optionError } from "@infisical/core/authoring";
import { hasVariable, processVariables, setVariable } from "./environment.ts";
import { mergeImports } from "./merge-imports.ts";
import type { AttachOptions } from "./options/read-options.ts";
import type { Secret, SecretImport } from "./secret.ts";

/** Puts the secrets of a list into `process.env` and gives the names of those that it cannot hold. */
type Attach = (secrets: readonly Secret[], imports?: readonly SecretImport[]) => string[];

/** Checks `attachToProcessEnv` before anything is sent; `undefined` if nothing is to be attached. */
export function attacher(option: boolean | AttachOptions | undefined): Attach | undefined {
  if (option === undefined || option === false) return undefined;
  const { override = false } = option === true ? {} : checkOptions(option);
  const variables = processVariables();
  return (secrets, imports) => {
    const seen = new Set<string>();
    const skipped: string[] = [];
    for (const secret of mergeImports(byPrecedence(secrets), imports)) {
      const { secretKey, secretValue, secretValueHidden } = secret;
      if (seen.has(secretKey)) continue;
      seen.add(secretKey);
      if (!override && hasVariable(variables, secretKey)) continue;
      if (secretValueHidden || !setVariable(variables, secretKey, secretValue)) skipped.push(secretKey);
    }
    return skipped;
  };
}

function checkOptions(option: AttachOptions): AttachOptions {
  const override: unknown = (option as AttachOptions | null)?.override;
  const valid = typeof option === "object" && ["boolean", "undefined"].includes(typeof override);
  if (valid && option !== null) return option;
  throw optionError("attachToProcessEnv", "must be true, false or { override: true }", option);
}

/** The ones that win over others of the same name first: personal ones, then those nearest to the listed folder. */
function byPrecedence(secrets: readonly Secret[]): Secret[] {
  const rank = ({ type, secretPath = "/" }: Secret): number =>
    type === "personal" ? 0 : secretPath.split("/").filter((part) => part !== "").length + 1;
  return [...secrets].sort((left, right) => rank(left) - rank(right));
}
