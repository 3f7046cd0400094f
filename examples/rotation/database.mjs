import pg from "pg";

/** The password was refused: it has been rotated. */
const refusedPassword = "28P01";
/** The server ended the connection before the statement was carried out: its password was rotated, or it restarts. */
const endedByServer = "57P01";

/**
 * A pool of connections that survives the rotation of its password.
 *
 * Each new connection uses the password as it is now. One that is refused asks whether there is a newer one, and tries
 * again; so does a statement whose connection the server has ended. After `patience` milliseconds it gives up.
 *
 * @param {import("@infisical/watch").SecretsWatcher} watcher
 * @param {string} secretName the secret that holds the password
 * @param {Omit<import("pg").PoolConfig, "password"> & { patience?: number }} options
 */
export function createDatabase(watcher, secretName, { patience = 10_000, ...options }) {
  const pool = new pg.Pool({
    ...options,
    password: () => {
      const secret = watcher.get(secretName);
      if (!secret) throw new Error(`There is no secret ${secretName}`);
      return secret.secretValue;
    },
  });
  // An idle connection that the server ends is removed from the pool; the next statement opens another one.
  pool.on("error", () => undefined);

  return {
    /**
     * @param {string} statement
     * @param {unknown[]} [values]
     */
    async query(statement, values) {
      for (const giveUpAt = Date.now() + patience; ; ) {
        try {
          return await pool.query(statement, values);
        } catch (error) {
          const { code } = /** @type {{ code?: string }} */ (error);
          const isOver = Date.now() > giveUpAt;
          if (isOver || (code !== refusedPassword && code !== endedByServer)) throw error;
          // Those who are refused at the same time share one request.
          if (code === refusedPassword) await watcher.refresh();
        }
      }
    },
    end: () => pool.end(),
  };
}
