import { universalAuth } from "@infisical/auth-universal";
import { createClient } from "@infisical/core";
import { secrets } from "@infisical/secrets";
import { createTestServer } from "@infisical/test-server";
import { onTestFinished } from "vitest";
import { environments, folders, projects, secretImports, tags } from "../src/index.ts";

/** A test server on a socket, and a client of its administrator. */
export async function start() {
  const server = createTestServer();
  const { siteUrl } = await server.listen();
  onTestFinished(() => server.close());
  const { clientId = "", clientSecret = "" } = server.identities[0] ?? {};
  const auth = universalAuth({ clientId, clientSecret });
  const plugins = [projects(), environments(), folders(), secretImports(), tags(), secrets()] as const;
  const client = createClient({ siteUrl, auth, plugins });
  const projectId = server.projects[0]?.id ?? "";
  /** Method, address and body of the last request. */
  const last = () => {
    const { method, path, query, body } = server.requests.at(-1) ?? {};
    return { line: `${method} ${path}`, query, body };
  };
  return { server, client, projectId, dev: { projectId, environment: "dev" }, last };
}
