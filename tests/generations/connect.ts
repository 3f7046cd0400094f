import { type ClientEvent, InfisicalSDK } from "@infisical/sdk";
import { type Generation, jumpingClock, startReplaying } from "#test-kit";

/** A server that replays a generation's recordings, and a client of it with a token. */
export async function connect(generation: Generation, onEvent?: (event: ClientEvent) => void) {
  const server = await startReplaying(generation);
  const clock = jumpingClock();
  const sdk = new InfisicalSDK({ siteUrl: server.siteUrl, clock, onEvent });
  sdk.auth().accessToken("a-token");
  return { server, sdk, clock };
}

/** Where the tests read and write; a replaying server ignores it. */
export const location = { projectId: "9b2f7a54-3c1d-4a6e-8f00-5d2c1b7e9a31", environment: "dev" } as const;
