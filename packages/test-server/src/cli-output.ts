import type { LoggedRequest } from "./engine/responder.ts";
import type { TestServerOptions } from "./options.ts";
import type { TestServer } from "./test-server.ts";

/** How a server describes itself to a person. `uiUrl` is the address of its page, if it has one. */
export function banner(server: TestServer, siteUrl: string, uiUrl?: string): string {
  const lines = [
    "Infisical test server: for tests, never for real secrets. Its data is lost when it stops.",
    "",
    `siteUrl       ${siteUrl}`,
    ...(uiUrl === undefined ? [] : [`page          ${uiUrl}`]),
    ...server.identities.flatMap(({ name, identityId, clientId, clientSecret }, index) => {
      const suffix = index === 0 ? "" : `   (${name})`;
      if (clientId === undefined) return [`identityId    ${identityId}   (${name})`];
      return [`clientId      ${clientId}${suffix}`, `clientSecret  ${clientSecret}${suffix}`];
    }),
    ...server.projects.map(({ id, slug }) => `projectId     ${id}   (${slug})`),
    "",
    "Press Ctrl-C to stop.",
  ];
  return `${lines.join("\n")}\n`;
}

/** How a server describes itself to a program. */
export function jsonLine({ projects, identities }: TestServer, siteUrl: string, uiUrl?: string): string {
  return `${JSON.stringify({ siteUrl, uiUrl, projects, identities })}\n`;
}

/**
 * The variables with which clients find a server, for a shell or an `.env` file: those of its first client id and its first
 * project.
 */
export function variableLines(
  { projects, identities }: TestServer,
  siteUrl: string,
  { projects: [seeded] = [] }: TestServerOptions,
): string {
  const identity = identities.find(({ clientId }) => clientId !== undefined);
  const variables = {
    INFISICAL_SITE_URL: siteUrl,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_ID: identity?.clientId,
    INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET: identity?.clientSecret,
    INFISICAL_PROJECT_ID: projects[0]?.id,
    INFISICAL_ENVIRONMENT: seeded?.environments?.[0]?.slug ?? "dev",
  };
  return Object.entries(variables)
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${quoted(value)}\n`]))
    .join("");
}

/** A request without query, headers and body, which contain credentials and values. */
export function requestLine({ method, path, status }: LoggedRequest): string {
  return `${method} ${path} ${status ?? "(no response)"}\n`;
}

/** In quotes where a shell would read something else. */
function quoted(text: string): string {
  return /^[\w:/.@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
