import type { CredentialIssuer } from "../../src/index.ts";

/** Replaces the PostgreSQL and the Redis of the recordings: accepts and refuses what they did. */
export function recordedTargets(): CredentialIssuer {
  const users = new Set<string>();
  return {
    check({ inputs }) {
      if (inputs["port"] === 1) throw new Error("connect ECONNREFUSED");
      if (inputs["password"] === "wrong") throw new Error("WRONGPASS invalid username-password pair");
    },
    issue({ statement, username }) {
      if (!/^(CREATE USER|ACL SETUSER) /.test(statement ?? "")) throw new Error("syntax error");
      users.add(username);
    },
    revoke({ statement = "" }) {
      const [, name = ""] = /^(?:DROP ROLE|ACL DELUSER) "?(\w+)"?/.exec(statement) ?? [];
      if (users.delete(name)) return;
      throw new Error(`${statement.replace(/;$/, "")} - role "${name}" does not exist`);
    },
  };
}
