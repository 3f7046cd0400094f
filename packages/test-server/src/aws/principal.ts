/** The principal that an Amazon Resource Name identifies. */
export interface Principal {
  readonly accountId: string;
  readonly isRoot: boolean;
  /** The ARNs to compare with the allowed ones: without and with the path. An assumed role is compared as its role. */
  readonly arns: readonly string[];
}

/** Parses the Amazon Resource Name of a user, a role or a role session. */
export function parsePrincipal(arn: string): Principal {
  const [, partition = "aws", service, , accountId = "", resource = ""] = arn.split(":");
  const [kind = "", ...path] = resource.split("/");
  const names =
    service === "sts" && kind === "assumed-role" ? ["role", ...path.slice(0, -1)] : [kind, ...path];
  const short = [names[0], names.at(-1)];
  const arns = [short, names].map((parts) => `arn:${partition}:iam::${accountId}:${parts.join("/")}`);
  return { accountId, isRoot: resource === "root", arns: [...new Set(arns)] };
}

/** Whether a principal is allowed. An empty list allows every principal. */
export function isAllowed({ arns }: Principal, allowed: readonly string[]): boolean {
  return allowed.length === 0 || allowed.some((pattern) => arns.some((arn) => matches(pattern, arn)));
}

function matches(pattern: string, arn: string): boolean {
  const literals = pattern.split("*").map((literal) => literal.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${literals.join(".*")}$`).test(arn);
}
