import type { AuthStrategy } from "@infisical/core";
import { listed, oneOfVariables, type Place, setAmong } from "./place.ts";

/** The methods that the environment can choose, in the server's words. */
export type EnvironmentAuthMethod =
  | "alicloud-auth"
  | "aws-auth"
  | "azure-auth"
  | "gcp-auth"
  | "jwt-auth"
  | "kubernetes-auth"
  | "ldap-auth"
  | "oci-auth"
  | "oidc-auth"
  | "spiffe-auth"
  | "token-auth"
  | "universal-auth";

/** A method all of whose pieces are there. */
export interface Found {
  /** Why, as a sentence without its full stop. */
  readonly because: string;
  /** Creates the strategy, from the package that this loads. */
  readonly create: () => Promise<AuthStrategy>;
  /** The variables that the package reads in the process, whatever the record of variables is. */
  readonly readInProcess?: readonly string[];
  /** Whether the method's own identity variable is set. */
  readonly isNamed?: boolean;
  /** Whether nothing but that variable shows the method. */
  readonly isOnlyNamed?: boolean;
}

/** A method that is not there. */
export interface Missing {
  /** What is missing, such as `no INFISICAL_JWT`. */
  readonly missing: string;
}

/** Where a row looks, and whether its method was named by the option or by `INFISICAL_AUTH_METHOD`. */
export interface View extends Place {
  /** The method that was named; `undefined` if the order decides. */
  readonly pin: string | undefined;
}

/** One row of the order. */
export interface Row {
  /** What the row comes to. */
  readonly method: EnvironmentAuthMethod;
  /** The names by which `INFISICAL_AUTH_METHOD` and the option mean this row. */
  readonly pins: readonly string[];
  /** Finds out whether the method is there. A contradiction throws. */
  readonly look: (view: View) => Found | Missing | Promise<Found | Missing>;
}

/** What every strategy of an identity is given. */
export interface Shared {
  readonly identityId: string;
  readonly organizationSlug: string | undefined;
}

const identityVariable = "INFISICAL_MACHINE_IDENTITY_ID";
const slugVariable = "INFISICAL_AUTH_ORGANIZATION_SLUG";

/** Reads the slug of the sub-organization. */
export function organizationSlug({ read }: Place): string | undefined {
  return read(slugVariable);
}

/**
 * Completes a method whose other pieces are there with the identity's id.
 *
 * @param own - The method's own variables for the id.
 * @param because - Why the method is there.
 */
export function withIdentity(
  place: Place,
  own: readonly string[],
  because: string,
  create: (shared: Shared) => Promise<AuthStrategy>,
  readInProcess: readonly string[] = [],
): Found | Missing {
  const names = [identityVariable, ...own];
  const variable = oneOfVariables(place, names);
  const identityId = variable && place.read(variable);
  if (!identityId) return { missing: `${because}, but no ${listed(names, "or")}` };
  return {
    because,
    create: () => create({ identityId, organizationSlug: organizationSlug(place) }),
    readInProcess,
    isNamed: setAmong(place, own).length > 0,
  };
}

/** Why a method is there that nothing but its name shows: its own identity variable, or that it was named. */
export function nameOf(view: View, own: string): string | undefined {
  if (view.pin !== undefined) return `${view.pin} names it`;
  return view.read(own) === undefined ? undefined : `${own} is set`;
}
