import { type AuthStrategy, createClient, type LoginContext } from "@infisical/core";
import { afterEach, beforeEach, expect, onTestFinished, vi } from "vitest";
import { type Answer, failureOf, jumpingClock, loginContext, printed, startAnswering } from "#test-kit";

export const identityId = "8f1a1d0e-0000-4000-8000-000000000001";
export const accessKeyId = "LTAI5tExampleKeyId";
export const accessKeySecret = "hunter2AccessKeySecret";

/** Each test of the file starts with an environment that does not mention Alibaba Cloud. */
export function outsideAlibaba(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (/^(?:ALIBABA|INFISICAL)_/.test(name)) vi.stubEnv(name, undefined);
    }
  });
  afterEach(() => vi.unstubAllEnvs());
}

/** What a strategy sends at a time, without a server. */
export async function sentBy(auth: AuthStrategy, now: number = Date.parse("2026-11-27T08:00:00.900Z")) {
  const bodies: Record<string, string>[] = [];
  const request: LoginContext["http"]["request"] = async ({ body }) => {
    bodies.push(body as Record<string, string>);
    return { accessToken: "t" } as never;
  };
  const clock = { now: () => now, sleep: async () => undefined };
  const transport = () => Promise.reject(new Error("unexpected"));
  await auth.login(loginContext({ http: { request }, transport, clock }));
  return bodies[0] as Record<string, string>;
}

/** A refusal in the form of Infisical. */
export function refusal(status: number, error: string, message: string): Answer {
  return { status, body: { reqId: "req-1", statusCode: status, error, message } };
}

/** Logs in at an Infisical with these answers; waits end at once. */
export async function startInfisical(
  auth: AuthStrategy,
  answer: (body: string) => Answer = () => ({ body: { accessToken: "an-access-token" } }),
) {
  const bodies: Record<string, string>[] = [];
  const { siteUrl } = await startAnswering(({ body }) => {
    bodies.push(body === "" ? {} : JSON.parse(body));
    return answer(body);
  });
  const client = createClient({ siteUrl, auth, clock: jumpingClock() });
  onTestFinished(() => client.close());
  return { bodies, client, logIn: () => client.auth().login() };
}

/** What a login fails with, whose text does not show the secret. */
export async function failureWithoutSecret(login: Promise<unknown>) {
  const failure = await failureOf(login);
  expect(printed(failure)).not.toContain("hunter2");
  return failure;
}
