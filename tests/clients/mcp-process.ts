import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

/** The main file of Infisical's MCP server as it is installed, with the official SDK. */
export const official: string = createRequire(import.meta.url).resolve("infisical-mcp");

/** Where a program gets the SDK from. */
export function sdkOf(program: string): string {
  return createRequire(program).resolve("@infisical/sdk");
}

/**
 * A copy of the MCP server that finds another SDK where the official one was, and everything else where it was.
 *
 * @param sdk - The folder of the other SDK.
 */
export function withSdk(sdk: string): { readonly program: string; remove(): void } {
  const source = dirname(dirname(official));
  const modules = dirname(dirname(source));
  const folder = mkdtempSync(join(tmpdir(), "infisical-mcp-"));
  const copied = join(folder, "node_modules/@infisical/mcp");
  cpSync(source, copied, { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(source, "package.json"), "utf8"));
  for (const name of Object.keys(dependencies)) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(name === "@infisical/sdk" ? sdk : join(modules, name)), link);
  }
  return { program: join(copied, "dist/index.js"), remove: () => rmSync(folder, { recursive: true }) };
}

/** What a client of the MCP server sees of a call: what it returns, or the error of the protocol. */
export interface Answer {
  readonly text: string;
  readonly isError: boolean;
}

/** A running MCP server, and its client. */
export interface McpProcess {
  readonly client: Client;
  call(tool: string, args?: object): Promise<Answer>;
}

/** Starts an MCP server as a process of its own, with these settings for Infisical. */
export async function startMcp(program: string, env: Readonly<Record<string, string>>): Promise<McpProcess> {
  const { PATH = "" } = process.env;
  const client = new Client({ name: "test", version: "1.0.0" });
  const command = { command: process.execPath, args: [program], env: { PATH, ...env } };
  await client.connect(new StdioClientTransport({ ...command, stderr: "ignore" }));
  return {
    client,
    async call(name, args = {}) {
      try {
        const { content, isError = false } = await client.callTool({ name, arguments: { ...args } });
        const [first] = content as { text: string }[];
        return { text: first?.text ?? "", isError: Boolean(isError) };
      } catch (error) {
        return { text: (error as Error).message, isError: true };
      }
    },
  };
}
