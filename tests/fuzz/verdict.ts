import { inspect } from "node:util";
import { isInfisicalError } from "@infisical/sdk";
import { CallersError } from "./odd.ts";

/** How long a call may take before it counts as one that never ends; nothing here waits for anything. */
const patience = 20_000;

/** What a call came to. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Makes a call and waits for what it comes to. Throws where it breaks a rule that holds for all calls. */
export async function outcomeOf(name: string, isAsync: boolean, call: () => unknown): Promise<Outcome> {
  let returned: unknown;
  try {
    returned = call();
  } catch (error) {
    if (isAsync) throw new Error(`${name} threw outside of its promise: ${inspect(error)}`);
    return { error: permitted(name, error) };
  }
  if (!isAsync) return { value: returned };
  if (!(returned instanceof Promise)) throw new Error(`${name} returned no promise: ${inspect(returned)}`);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} never ended`)), patience);
  });
  const settled = returned.then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error: permitted(name, error) }),
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The error of a call, if it is one that a call may reject with. */
function permitted(name: string, error: unknown): unknown {
  if (error instanceof CallersError) return error;
  if (!isInfisicalError(error))
    throw new Error(`${name} failed with an error that is not ours: ${inspect(error)}`);
  if (error.message.includes("[object")) throw new Error(`${name} says [object: ${error.message}`);
  if (error.code !== "INVALID_OPTION") return error;
  const { message } = error;
  if (message.length > 1000) throw new Error(`${name} has a message of ${message.length} characters`);
  // Their option is the body of a request.
  const takesBody = name === "request" || name.startsWith("verifyWebhook");
  const isUnknown = message.includes(" is not an option") || takesBody;
  if (!isUnknown && /^(?:workspaceId|workspaceSlug|include_imports|body|query)\b/.test(message))
    throw new Error(`${name} names an option in the server's words: ${message}`);
  return error;
}
