import { type TokenSource, type TokenSourceContext, TransportError } from "@infisical/core";
import { nodeTransport } from "@infisical/core/node";
import { createTestTokenIssuer } from "@infisical/test-server/clouds";
import { afterEach, beforeEach, expect, onTestFinished, vi } from "vitest";
import { failureOf, jumpingClock, printed, start } from "#test-kit";
import { oidcAuth } from "../src/index.ts";

const platforms =
  /^(?:ACTIONS|GITHUB|CI|GITLAB|CIRCLE|CIRCLECI|BITBUCKET|BUILDKITE|VERCEL|FLY|SYSTEM|TFC|GCE|METADATA|INFISICAL)(?:_|$)/;

/** Each test of the file starts with an environment that mentions no platform. */
export function emptyEnvironment(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) if (platforms.test(name)) vi.stubEnv(name, undefined);
  });
  afterEach(() => vi.unstubAllEnvs());
}

/** Sets variables until the test ends. */
export function setVariables(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** What a source gets from a login; waits end at once. */
export function contextOf(
  changes: Partial<Omit<TokenSourceContext, "clock">> = {},
): TokenSourceContext & { readonly clock: ReturnType<typeof jumpingClock> } {
  const clock = jumpingClock();
  return { transport: nodeTransport(), clock, signal: undefined, ...changes };
}

/** What a source fails with. */
export interface Failure extends Error {
  readonly code: string;
}

/** What a source fails with, whose text must be on one line and show none of these. */
export async function failureWithout(
  secrets: readonly string[],
  source: TokenSource,
  context: TokenSourceContext = contextOf(),
): Promise<Failure> {
  const failure = await failureOf<Failure>(Promise.resolve(source(context)));
  const text = printed(failure);
  for (const secret of secrets) expect(text).not.toContain(secret);
  return failure;
}

/** Shared by all tests of a process, since its keys take time; it listens during each test. */
const issuer = createTestTokenIssuer({ issuer: "https://issuer.test" });

/** An issuer that the test server trusts, and a login with its tokens. */
export async function startIssuer() {
  const { oidcDiscoveryUrl } = await issuer.listen();
  onTestFinished(() => issuer.close());
  return {
    issuer,
    logIn: (source: TokenSource, off?: { readonly hours: number }) => logIn(oidcDiscoveryUrl, source, off),
  };
}

/** Logs a client in with a source, over sockets. Its clock is off by a number of hours. */
async function logIn(
  oidcDiscoveryUrl: string,
  source: TokenSource,
  { hours }: { readonly hours: number } = { hours: 0 },
): Promise<void> {
  const identities = [{ name: "ci", oidcAuth: { oidcDiscoveryUrl } }];
  const { server, siteUrl, connect } = await start({ server: { identities } });
  const now = (): number => Date.now() + hours * 3_600_000;
  const clock = { now, sleep: () => Promise.reject(new Error("nothing is tried again")) };
  const auth = oidcAuth({ identityId: server.identities[0]?.identityId ?? "", token: source });
  const client = connect({ siteUrl, auth, clock });
  onTestFinished(() => client.close());
  await client.auth().login();
  expect(client.auth().getAccessToken()).toBeTruthy();
}

/** The claims of a JWT. */
export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

/** A transport on which nothing answers. */
export const silent: TokenSourceContext["transport"] = () =>
  Promise.reject(new TransportError("unexpected request", { sent: false }));
