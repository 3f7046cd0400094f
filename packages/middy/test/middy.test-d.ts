import middy from "@middy/core";
import { getInternal } from "@middy/util";
import middy5 from "middy-core-5";
import { getInternal as getInternal5 } from "middy-util-5";
import { expectTypeOf, test } from "vitest";
import { type FetchedValues, infisical, type SecretSource, type SecretsClient } from "../src/index.ts";

declare const client: SecretsClient;
const options = {
  client,
  projectId: "id",
  environment: "dev",
  fetchData: {
    apiKey: "API_KEY",
    port: { secretName: "PORT", parse: Number },
    url: { secretName: "URL", secretPath: "/database" },
    settings: { secretPath: "/settings" },
  },
} as const;

/** What the handlers below must see. */
interface Values {
  readonly apiKey: string;
  readonly port: number;
  readonly url: string;
  readonly settings: Readonly<Record<string, string>>;
}

test("the values have the names that were asked for, and the types of what makes them", () => {
  expectTypeOf<FetchedValues<typeof options.fetchData>>().toEqualTypeOf<Values>();
  const source = {} as SecretSource<number>;
  expectTypeOf<FetchedValues<{ maybe: typeof source }>>().toEqualTypeOf<{ maybe: string | number }>();
});

test("the context of a handler has them, with middy 6 and 5", () => {
  middy<{ id: string }>()
    .use(infisical({ ...options, setToContext: true }))
    .handler(async (event, context) => {
      expectTypeOf(event.id).toEqualTypeOf<string>();
      expectTypeOf(context.apiKey).toEqualTypeOf<string>();
      expectTypeOf(context.port).toEqualTypeOf<number>();
      expectTypeOf(context.settings).toEqualTypeOf<Readonly<Record<string, string>>>();
      expectTypeOf(context.awsRequestId).toEqualTypeOf<string>();
      expectTypeOf(context).not.toHaveProperty("other");
    });
  middy5()
    .use(infisical({ ...options, setToContext: true }))
    .handler(async (_event: { id: string }, context) => {
      expectTypeOf(context.apiKey).toEqualTypeOf<string>();
      expectTypeOf(context.port).toEqualTypeOf<number>();
      expectTypeOf(context.awsRequestId).toEqualTypeOf<string>();
      expectTypeOf(context).not.toHaveProperty("other");
    });
});

test("without setToContext the context is Lambda's own", () => {
  middy()
    .use(infisical(options))
    .handler(async (_event, context) => {
      expectTypeOf(context).not.toHaveProperty("apiKey");
      expectTypeOf(context.awsRequestId).toEqualTypeOf<string>();
    });
});

test("request.internal has promises, which getInternal resolves, with middy 6 and 5", () => {
  middy()
    .use(infisical(options))
    .before(async (request) => {
      expectTypeOf(request.internal.apiKey).toEqualTypeOf<Promise<string>>();
      expectTypeOf(await getInternal(["apiKey", "port"], request)).toEqualTypeOf<{
        apiKey: string;
        port: number;
      }>();
      expectTypeOf(await getInternal({ key: "apiKey" }, request)).toEqualTypeOf<{ key: string }>();
      expectTypeOf(request.internal).not.toHaveProperty("other");
    });
  middy5()
    .use(infisical(options))
    .before(async (request) => {
      expectTypeOf(request.internal.port).toEqualTypeOf<Promise<number>>();
      expectTypeOf(await getInternal5(["apiKey", "port"], request)).toEqualTypeOf<{
        apiKey: string;
        port: number;
      }>();
      expectTypeOf(request.internal).not.toHaveProperty("other");
    });
});

test("two middlewares add up", () => {
  middy()
    .use(infisical({ ...options, fetchData: { first: "A" }, setToContext: true }))
    .use(
      infisical({
        ...options,
        fetchData: { second: { secretName: "B", parse: Number } },
        setToContext: true,
      }),
    )
    .handler(async (_event, context) => {
      expectTypeOf(context.first).toEqualTypeOf<string>();
      expectTypeOf(context.second).toEqualTypeOf<number>();
    });
});

test("a client may be given as its options, without plugins", () => {
  infisical({ ...options, client: { siteUrl: "https://eu.infisical.com", timeout: "5s" } });
  // @ts-expect-error the middleware adds the plugin it needs
  infisical({ ...options, client: { plugins: [] } });
  // @ts-expect-error a source needs a name or a folder
  infisical({ ...options, fetchData: { nothing: {} } });
});
