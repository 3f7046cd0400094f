import { optionError } from "@infisical/core/authoring";
import { load } from "./load.ts";
import { areSet, isOfProcess, listed, oneOfVariables, type Place, setAmong } from "./place.ts";
import { type Row, type Shared, withIdentity } from "./row.ts";

const jwtVariables = ["INFISICAL_JWT", "INFISICAL_OIDC_AUTH_JWT", "INFISICAL_AUTH_JWT"] as const;
const nameVariable = "INFISICAL_OIDC_AUTH_TOKEN_NAME";

/** A JWT in a variable. It does not tell for which method it is: OIDC Auth, by default. */
function jwtRow(
  method: "oidc-auth" | "jwt-auth" | "spiffe-auth",
  strategy: "oidcAuth" | "jwtAuth" | "spiffeAuth",
  pins: readonly string[],
): Row {
  return {
    method,
    pins,
    look: (place) => {
      const variable = oneOfVariables(place, [...jwtVariables, ...namedVariable(place)]);
      if (variable === undefined) return { missing: `no ${listed([...jwtVariables, nameVariable], "or")}` };
      const own = method === "oidc-auth" ? ["INFISICAL_OIDC_AUTH_IDENTITY_ID"] : [];
      const because = areSet([...(variable === place.read(nameVariable) ? [nameVariable] : []), variable]);
      return withIdentity(place, own, because, async (shared: Shared) => {
        const token = isOfProcess(place, [variable])
          ? (await load("@infisical/auth-oidc/variable")).fromVariable(variable)
          : () => place.read(variable) ?? "";
        return (await load("@infisical/auth-oidc"))[strategy]({ ...shared, token });
      });
    },
  };
}

export const oidcTokenRow: Row = jwtRow("oidc-auth", "oidcAuth", ["oidc-auth", "oidc"]);
export const jwtTokenRow: Row = jwtRow("jwt-auth", "jwtAuth", ["jwt-auth"]);
export const spiffeTokenRow: Row = jwtRow("spiffe-auth", "spiffeAuth", ["spiffe-auth"]);

/** The variable that another variable names, which must then be set. */
function namedVariable(place: Place): readonly string[] {
  const name = place.read(nameVariable);
  if (name === undefined) return [];
  // It is not repeated: it may be the token itself.
  if (!/^[A-Za-z_]\w{0,99}$/.test(name)) throw optionError(nameVariable, "must be the name of a variable");
  if (setAmong(place, [name]).length > 0) return [name];
  const shown = /^[A-Z][A-Z_]*$/.test(name) ? `, got ${name}` : "";
  throw optionError(nameVariable, `must name a variable that is set${shown}`);
}
