import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Runs a program in a process of its own, with nothing in its environment but what it is given. */
export async function runNode(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd: string = import.meta.dirname,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env["PATH"] ?? "", ...environment };
  try {
    const output = await promisify(execFile)(process.execPath, args, { env, cwd });
    return { code: 0, ...output };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}
