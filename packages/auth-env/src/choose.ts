import { InfisicalSDKError } from "@infisical/core";
import { optionError } from "@infisical/core/authoring";
import { platformRow } from "./ci.ts";
import { awsRow, azureRow, gcpIdTokenRow, gcpKeyRow, ociRow } from "./clouds.ts";
import { jwtTokenRow, oidcTokenRow, spiffeTokenRow } from "./jwts.ts";
import { kubernetesVariableRow, podRow } from "./kubernetes.ts";
import { nothingFits } from "./nothing-fits.ts";
import { alicloudRow, ldapRow, universalRow } from "./pairs.ts";
import type { Place } from "./place.ts";
import type { EnvironmentAuthMethod, Found, Row, View } from "./row.ts";
import { tokenRow } from "./tokens.ts";

/** A method that was not chosen, and why. */
export interface SkippedMethod {
  /** The method, in the server's words, such as `universal-auth`. */
  readonly method: EnvironmentAuthMethod;
  /** Why it was not chosen, such as `no INFISICAL_UNIVERSAL_AUTH_CLIENT_ID`. */
  readonly because: string;
}

/** What the environment comes to. */
export interface Choice {
  readonly chosen: (Found & { readonly method: EnvironmentAuthMethod }) | undefined;
  readonly skipped: readonly SkippedMethod[];
}

/** The order. The first that is there is chosen. */
const order: readonly Row[] = [
  tokenRow,
  universalRow,
  oidcTokenRow,
  ldapRow,
  gcpKeyRow,
  kubernetesVariableRow,
  platformRow,
];

/**
 * Several of them can be there at once, in a pod: the one whose identity variable is set is chosen, else the first. That variable
 * alone shows a method only where nothing else shows another one.
 */
const hosts: readonly Row[] = [awsRow, azureRow, gcpIdTokenRow, podRow, alicloudRow, ociRow];

/** Chosen only by their name, since a JWT does not tell what it is for. */
const byName: readonly Row[] = [jwtTokenRow, spiffeTokenRow];

const all: readonly Row[] = [...order, ...hosts, ...byName];

const pinVariable = "INFISICAL_AUTH_METHOD";

/** The names of methods: the server's, the CLI's and the Terraform provider's. */
export const methodNames: readonly string[] = [...new Set(all.flatMap(({ pins }) => pins))];

/**
 * Chooses a method by variables and files alone.
 *
 * @param method - The option `method`, which replaces `INFISICAL_AUTH_METHOD`.
 * @throws {InfisicalSDKError} `INVALID_OPTION`: the variables contradict each other, or a named method lacks something.
 */
export async function choose(place: Place, method?: string): Promise<Choice> {
  const name = method ?? place.read(pinVariable);
  if (name !== undefined) return chooseNamed(place, method === undefined ? pinVariable : "method", name);
  const view: View = { ...place, pin: undefined };
  const skipped: SkippedMethod[] = [];
  for (const row of order) {
    const found = await row.look(view);
    if (!("missing" in found)) return { chosen: { ...found, method: row.method }, skipped };
    skipped.push({ method: row.method, because: found.missing });
  }
  return chooseHost(view, skipped);
}

async function chooseHost(view: View, before: readonly SkippedMethod[]): Promise<Choice> {
  const looked = await Promise.all(hosts.map(async (row) => ({ row, found: await row.look(view) })));
  const present = looked.flatMap(({ row: { method }, found }) =>
    "missing" in found ? [] : [{ ...found, method }],
  );
  const shown = present.filter(({ isOnlyNamed }) => !isOnlyNamed);
  const candidates = shown.length > 0 ? shown : present;
  const chosen = candidates.find(({ isNamed }) => isNamed) ?? candidates[0];
  const skipped = looked.flatMap(({ row: { method }, found }) => {
    if ("missing" in found) return [{ method, because: found.missing }];
    if (method === chosen?.method) return [];
    const why = found.isOnlyNamed
      ? "nothing else shows it"
      : chosen?.isNamed
        ? "the identity variable of the chosen one is set"
        : "the cloud's identity comes first";
    return [{ method, because: `${found.because}, but ${why}` }];
  });
  return { chosen, skipped: [...before, ...skipped] };
}

async function chooseNamed(place: Place, source: string, name: string): Promise<Choice> {
  const rows = all.filter(({ pins }) => pins.includes(name));
  if (rows.length === 0) throw unknownMethod(source, name);
  const reasons: string[] = [];
  for (const row of rows) {
    const found = await row.look({ ...place, pin: source });
    if (!("missing" in found)) return { chosen: { ...found, method: row.method }, skipped: [] };
    reasons.push(found.missing);
  }
  throw optionError(source, `names ${name}, which lacks something: ${reasons.join("; ")}`);
}

/** The error of a method that nobody knows, or that has no variables. */
export function unknownMethod(source: string, name: string): InfisicalSDKError {
  if (name === "tls-cert-auth") {
    return optionError(
      source,
      "must not be tls-cert-auth, which has no variables: use tlsCertAuth({ cert, key })",
    );
  }
  // What does not look like a method may be a credential in the wrong variable.
  const isLikeOne =
    /^[a-z_-]{1,30}$/i.test(name) && /auth|iam|token|jwt|oidc|kube|aws|gcp|azure|cert|ldap/i.test(name);
  const shown = isLikeOne ? name : undefined;
  return optionError(source, `must be one of ${methodNames.join(", ")}`, shown);
}

/**
 * Chooses a method, as {@link choose} does.
 *
 * @throws {InfisicalSDKError} `NOT_AUTHENTICATED`: nothing is there to choose.
 */
export async function chooseOne(
  place: Place,
  method?: string,
): Promise<Choice & { readonly chosen: NonNullable<Choice["chosen"]> }> {
  const { chosen, skipped } = await choose(place, method);
  if (chosen) return { chosen, skipped };
  throw new InfisicalSDKError(nothingFits(place, skipped), { code: "NOT_AUTHENTICATED" });
}
