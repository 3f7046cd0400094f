import type { Folder, Identity } from "../state/entities.js";
import { folderPath } from "../state/folders.js";
import type { ServerState } from "../state/server-state.js";
import { type ApprovalRequest, approvalView } from "./secret-view.js";

/** The approval request that a write to this folder becomes; `undefined` where writes need no approval. */
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
