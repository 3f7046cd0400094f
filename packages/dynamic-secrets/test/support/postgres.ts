import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs a statement on this machine's PostgreSQL, without a password prompt. Rejects with its error message. */
export async function runOnPostgres(user: string, statement: string): Promise<string> {
  const options = [
    "-h",
    "127.0.0.1",
    "-p",
    "5432",
    "-d",
    "postgres",
    "-U",
    user,
    "-w",
    "-At",
    "-c",
    statement,
  ];
  try {
    return (await run("psql", options, { timeout: 300_000 })).stdout.trim();
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(stderr?.trim() || message);
  }
}
