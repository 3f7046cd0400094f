import type { Folder, Identity } from "../state/entities.ts";
import { folderPath } from "../state/folders.ts";
import type { ServerState } from "../state/server-state.ts";
import { type ApprovalRequest, approvalView } from "./secret-view.ts";

/** The approval request for a write to this folder; `undefined` if writes need no approval. */
export function requestApproval(
  state: ServerState,
  identity: Identity,
  folder: Folder,
): ApprovalRequest | undefined {
  const project = state.projects.byId(folder.environment.projectId);
  const path = folderPath(folder);
  const policy = project?.approvals.find(
    (candidate) => candidate.environment === folder.environment.slug && covers(candidate.path, path),
  );
  return (
    policy &&
    approvalView({
      id: state.identifiers.uuid(),
      policyId: policy.id,
      folder,
      committerId: identity.id,
      now: state.timestamp(),
    })
  );
}

function covers(policyPath: string | undefined, path: string): boolean {
  if (policyPath === undefined || policyPath === path) return true;
  const parent = policyPath.endsWith("/**") ? policyPath.slice(0, -3) : undefined;
  return parent !== undefined && (path === (parent || "/") || path.startsWith(`${parent}/`));
}
