import * as real from "../../packages/test-server/src/index.ts";
import { hunt } from "./hunt.ts";

// biome-ignore lint/performance/noReExportAll: it replaces the package, whatever that exports.
export * from "../../packages/test-server/src/index.ts";

/** The test server, whose requests tell the hunt what must not be shown. */
export function createTestServer(options: real.TestServerOptions = {}): real.TestServer {
  return real.createTestServer({
    ...options,
    onRequest: (request) => {
      hunt.hideRequest(request);
      options.onRequest?.(request);
    },
  });
}
