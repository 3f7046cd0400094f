import { onTestFinished } from "vitest";
import { createTestServer, type ListenOptions, type TestServerOptions } from "../../src/index.ts";

/** Starts a server with its page, and closes it with the test. */
export async function startPage(options: TestServerOptions = {}, place: ListenOptions = {}) {
  const server = createTestServer(options);
  const { siteUrl } = await server.listen({ ...place, ui: true });
  onTestFinished(() => server.close());

  /** Asks for what the page shows. */
  const state = async (query: Record<string, string> = {}) => {
    const response = await fetch(`${siteUrl}/_ui/state?${new URLSearchParams(query)}`);
    return response.json();
  };
  /** Does what a button of the page does. */
  const act = async (action: string, body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${siteUrl}/_ui/${action}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: siteUrl, ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  return { server, siteUrl, state, act };
}
