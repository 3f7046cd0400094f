import { abortReason, withinTime } from "@infisical/core/authoring";
import { loadNodeModule } from "@infisical/core/logins";

/** The part of `node:child_process` that running a command needs. */
interface ChildProcess {
  execFile(
    file: string,
    args: readonly string[],
    options: object,
    done: (
      error: { readonly code?: string | number; readonly signal?: string } | null,
      stdout: string,
    ) => void,
  ): unknown;
}

/**
 * Runs a command without a shell.
 *
 * @param limit - How long it may take, in milliseconds.
 * @returns What it printed; or why there is nothing: `NO_PROCESSES`, `ENOENT`, `TIMEOUT`, `exit code 1` and the like. Its
 * own message is left out, which may contain a token.
 * @throws The signal's own reason.
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  limit: number,
  signal: AbortSignal | undefined,
): Promise<{ output: string } | { reason: string }> {
  const processes = await loadNodeModule<ChildProcess>("child_process");
  if (typeof processes?.execFile !== "function") return { reason: "NO_PROCESSES" };
  const run = (ending: AbortSignal): Promise<{ output: string } | { reason: string }> =>
    new Promise((resolve) => {
      const options = { signal: ending, encoding: "utf8", windowsHide: true, killSignal: "SIGKILL" };
      processes.execFile(file, args, options, (error, stdout) => {
        if (!error) return resolve({ output: stdout });
        const { code, signal: killed } = error;
        const ended = killed ? `signal ${killed}` : "no reason given";
        resolve({ reason: typeof code === "number" ? `exit code ${code}` : (code ?? ended) });
      });
    });
  try {
    return await withinTime(limit, file, signal, run);
  } catch (error) {
    if (signal?.aborted) throw abortReason(signal);
    return { reason: (error as { readonly code?: string }).code ?? "UNKNOWN" };
  }
}
