/** The options of a call as the older routes take them, which call a project a workspace. */
export function workspaceFields<Options extends { readonly projectId: string }>({
  projectId,
  ...rest
}: Options): Omit<Options, "projectId"> & { readonly workspaceId: string } {
  return { workspaceId: projectId, ...rest };
}
