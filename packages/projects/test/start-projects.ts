import { secrets } from "@infisical/secrets";
import { start } from "#test-kit";
import { environments, folders, projects, secretImports, tags } from "../src/index.ts";

/** A test server, and a client of its administrator. */
export async function startProjects() {
  const plugins = [projects(), environments(), folders(), secretImports(), tags(), secrets()] as const;
  const started = await start({ plugins });
  /** Method, address and body of the last request. */
  const last = () => {
    const { method, path, query, body } = started.server.requests.at(-1) ?? {};
    return { line: `${method} ${path}`, query, body };
  };
  return { ...started, last };
}
