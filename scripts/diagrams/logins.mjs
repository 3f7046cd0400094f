import { ladder } from "./ladder.mjs";

/** Which login for which place: docs/logins.md has all of them. */
export const logins = ladder("Which login for which place", [
  {
    left: "A job of a CI system?",
    right: "oidcAuth() with githubActions(), gitlab(), circleci() or another source",
    across: "yes",
    down: "no",
  },
  { left: "Lambda, ECS, EC2 or EKS?", right: "awsIamAuth()", across: "yes", down: "no" },
  {
    left: "Google Cloud?",
    right: "oidcAuth() with gcpMetadata(), or gcpIdTokenAuth()",
    across: "yes",
    down: "no",
  },
  { left: "Azure?", right: "azureAuth()", across: "yes", down: "no" },
  { left: "Another Kubernetes?", right: "kubernetesAuth()", across: "yes", down: "no" },
  { left: "Vercel or Fly.io?", right: "oidcAuth() with vercel() or flyIo()", across: "yes", down: "no" },
  {
    left: "A key, a certificate or a directory that you have?",
    right: "gcpIamAuth(), ociAuth(), alicloudAuth(), tlsCertAuth(), ldapAuth()",
    across: "yes",
    down: "no",
  },
  { left: "Anywhere else", right: "universalAuth(), with a client secret that you store" },
  { left: "In several of these", right: "environmentAuth() finds out which." },
]);
