import { expectTypeOf, test } from "vitest";
import { type Auth, createClient, definePlugin, isInfisicalError, type Plugin } from "../src/index.ts";

const notes = definePlugin("notes", () => ({ read: (): string => "note" }));
const tags = definePlugin("tags", () => ({ count: 3 }));

test("each plugin adds its accessor, and no other is there", () => {
  const client = createClient({ plugins: [notes, tags] });
  expectTypeOf(client.notes().read).toEqualTypeOf<() => string>();
  expectTypeOf(client.tags().count).toEqualTypeOf<number>();
  // @ts-expect-error the plugin is not installed
  client.secrets;
});

test("a client without plugins has no accessor", () => {
  // @ts-expect-error no plugin is installed
  createClient({ plugins: [] }).secrets;
  // @ts-expect-error no plugin is installed
  createClient().secrets;
});

test("plugins whose names are not known add nothing by type", () => {
  const plugins: Plugin[] = [notes];
  // @ts-expect-error the name is not known
  createClient({ plugins }).notes;
});

test("auth() methods return the client", () => {
  const client = createClient({ plugins: [notes] });
  expectTypeOf(client.auth()).toExtend<Auth<typeof client>>();
  expectTypeOf(client.auth().accessToken("t").notes().read()).toBeString();
});

test("the name of an error tells which fields it has", () => {
  const error: unknown = undefined;
  if (!isInfisicalError(error)) return;
  if (error.name === "InfisicalSDKRequestError")
    expectTypeOf(error.statusCode).toEqualTypeOf<number | undefined>();
  // @ts-expect-error only request errors have a status
  else error.statusCode;
});
