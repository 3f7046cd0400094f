import { expect, test } from "vitest";
import { start, strategyFor } from "#test-kit";
import type { ApiResponse, AuthStrategy } from "../src/index.ts";
import { listPath } from "./calls.ts";

interface List {
  readonly secrets: readonly unknown[];
}

test("a request that asks for it gets the whole response, others get its body", async () => {
  const { server, client } = await start();
  const query = { workspaceId: server.projects[0]?.id, environment: "dev" };
  const request = { method: "GET", path: listPath, query, expect: { secrets: "array" } } as const;
  const response = await client.request<ApiResponse<List>>({ ...request, fullResponse: true });
  expect(response).toMatchObject({ status: 200, body: { secrets: [] } });
  const etag = response.headers["etag"] ?? "";
  expect(await client.request<List>(request)).toEqual(response.body);
  expect(await client.request<List>({ ...request, fullResponse: false })).toEqual(response.body);
  const headers = { "if-none-match": etag };
  const again = await client.request<ApiResponse>({ ...request, headers, fullResponse: true });
  expect([again.status, again.body, again.headers["etag"]]).toEqual([304, undefined, etag]);
});

test("a strategy may ask for the whole response too", async () => {
  const { server, connect } = await start();
  const real = strategyFor(server);
  const statuses: number[] = [];
  const auth: AuthStrategy = {
    name: "with-status",
    login: (context) =>
      real.login({
        ...context,
        http: {
          async request<Reply>(request: Parameters<typeof context.http.request>[0]) {
            const response = await context.http.request<ApiResponse>({ ...request, fullResponse: true });
            statuses.push(response.status);
            return response.body as Reply;
          },
        },
      }),
  };
  await connect({ auth }).auth().login();
  expect(statuses).toEqual([200]);
});
