import type { CredentialIssuer } from "../../src/index.ts";

/** Replaces the PostgreSQL and the Redis of the recordings: accepts and refuses what they did. */
export function recordedTargets(): CredentialIssuer {
  const users = new Set<string>();
  return {
    check({ type, inputs }) {
      if (Number(inputs["port"]) < 1024) {
        throw new Error(`connect ECONNREFUSED ${inputs["host"]}:${inputs["port"]}`);
      }
      if (!/^\{\{TARGET_\w+_PASSWORD\}\}$/.test(String(inputs["password"]))) {
        const refusal = `password authentication failed for user "${inputs["username"]}"`;
        if (type === "sql-database") throw new Error(refusal);
        throw new Error("WRONGPASS invalid username-password pair or user is disabled.");
      }
      if (type === "sql-database" && inputs["database"] !== "dyntarget") {
        throw new Error(`database "${inputs["database"]}" does not exist`);
      }
    },
    issue({ statement = "", username }) {
      if (!/^(CREATE USER|ACL SETUSER) /.test(statement)) throw syntaxError(statement);
      users.add(username);
    },
    revoke({ statement = "" }) {
      const [, name = ""] = /^(?:DROP ROLE|ACL DELUSER) "?(\w+)"?/.exec(statement) ?? [];
      if (users.delete(name)) return;
      throw new Error(`${statement.replace(/;$/, "")} - role "${name}" does not exist`);
    },
  };
}

/** PostgreSQL shows the statement and the word that it does not understand. */
function syntaxError(statement: string): Error {
  const word = statement.replace(/;$/, "").split(/\s+/).at(-1);
  return new Error(`${statement.replace(/;$/, "")} - syntax error at or near "${word}"`);
}
