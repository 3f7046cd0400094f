import type { Transport } from "@infisical/core";
import { TransportError } from "@infisical/core";
import { kyTransport } from "@infisical/core/ky";

/** The transport that the variable names; `undefined` for the default one. */
export function chosenTransport(): Transport | undefined {
  const name = process.env["TEST_TRANSPORT"];
  if (name === "ky") return kyTransport();
  return name === "fetch" ? plainFetch : undefined;
}

/** Leaves it to Next.js what is kept of a response: what must be found on disk. */
const plainFetch: Transport = async ({ method, url, headers, body, signal }) => {
  try {
    const response = await fetch(url, { method, headers, body: body ?? null, redirect: "manual", signal });
    const { status } = response;
    return { status, headers: Object.fromEntries(response.headers), body: await response.text() };
  } catch {
    throw new TransportError("The exchange failed.", { sent: true });
  }
};
