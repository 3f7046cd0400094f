import type { ClientEvent } from "@infisical/core";
import type { Attributes } from "@opentelemetry/api";

/** What ended, of a call or a login. */
type End = Extract<ClientEvent, { readonly type: "call-ended" | "login-ended" }>;

/** The server that a client talks to. */
export function serverAttributes(siteUrl: string): Attributes {
  const { hostname, port, protocol } = new URL(siteUrl);
  const usual = protocol === "http:" ? 80 : 443;
  // Without the brackets of an IPv6 address.
  return {
    "server.address": hostname.replace(/^\[(.*)\]$/, "$1"),
    "server.port": port === "" ? usual : Number(port),
  };
}

/** Why something failed; none if it did not. */
export function failureAttributes({ outcome, code }: Pick<End, "outcome" | "code">): Attributes {
  // What is not an error of the SDK has no code.
  return outcome === "failed" ? { "error.type": code ?? "_OTHER" } : {};
}

/** How a call or a login ended. */
export function outcomeAttributes({ outcome, code, statusCode, requestId }: End): Attributes {
  return defined({
    "infisical.outcome": outcome,
    ...failureAttributes({ outcome, code }),
    "http.response.status_code": statusCode,
    "infisical.request.id": requestId,
  });
}

/** How a login ended, in the words of the server's own metrics; none if it was given up. */
export function authResult(outcome: End["outcome"]): Attributes {
  if (outcome === "aborted") return {};
  return { "infisical.identity.auth_result": outcome === "succeeded" ? "success" : "failure" };
}

/** Who has logged in, and how; without what the token does not say. */
export function ownerAttributes({
  strategy,
  identityId,
  organizationId,
}: Extract<ClientEvent, { readonly type: "login-ended" }>): Attributes {
  return defined({
    "infisical.identity.auth_method": strategy,
    "infisical.identity.id": identityId,
    "infisical.organization.id": organizationId,
  });
}

/** What a login is called in metrics and spans, as the events of its requests call it. */
export function loginOperation(kind: "login" | "renewal"): string {
  return kind === "login" ? "auth.login" : "auth.renew";
}

/** What the names of a call's target are called, where that is not the name in lower case. */
const targetNames: Readonly<Record<string, string>> = {
  environment: "infisical.environment.slug",
  path: "infisical.secret.path",
  name: "infisical.resource.name",
};

/** The names that a call is about. Events have them only if the client shows names. */
export function targetAttributes(target: Readonly<Record<string, string>> = {}): Attributes {
  const named = Object.entries(target).map(([name, value]) => [targetName(name), value]);
  return Object.fromEntries(named);
}

/** `projectId` is `infisical.project.id`, and `dynamicSecretName` is `infisical.dynamic_secret.name`. */
function targetName(name: string): string {
  const known = Object.hasOwn(targetNames, name) ? targetNames[name] : undefined;
  if (known !== undefined) return known;
  const words = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return `infisical.${words.replace(/_([^_]+)$/, ".$1")}`;
}

/** Without those that are unknown. */
export function defined(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

/** Durations are in seconds, as everywhere in OpenTelemetry. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
