/** An environment, and what a program finds in it. Of a variable without a value, only that it is set matters. */
export interface EnvironmentCase {
  /** What it is, as in the README. */
  readonly what: string;
  readonly variables: readonly string[];
  /** Files that exist. */
  readonly files?: readonly string[];
  /** The method that is chosen; `nothing`, or `error` if the variables contradict each other. */
  readonly method: string;
  /** Why it is chosen, or the error. */
  readonly says: string;
  /** A part of what is said about methods that are not chosen. */
  readonly skips?: string;
}

const id = "INFISICAL_MACHINE_IDENTITY_ID=an-identity";
const podToken = "/var/run/secrets/kubernetes.io/serviceaccount/token";
const pod = ["KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT"];
const inPod = `KUBERNETES_SERVICE_HOST is set and ${podToken} exists`;
const eks = [...pod, "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_REGION"];
const aks = [...pod, "AZURE_FEDERATED_TOKEN_FILE", "AZURE_TENANT_ID", "AZURE_CLIENT_ID"];
const lambda = ["AWS_LAMBDA_FUNCTION_NAME", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
const github = ["CI", "GITHUB_ACTIONS", "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"];
const azurePipeline = ["TF_BUILD", "SYSTEM_OIDCREQUESTURI"];
const client = ["INFISICAL_UNIVERSAL_AUTH_CLIENT_ID", "INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET"];

const chosen: readonly EnvironmentCase[] = [
  { what: "a token", variables: ["INFISICAL_TOKEN"], method: "token-auth", says: "INFISICAL_TOKEN is set" },
  {
    what: "a token, in the CLI's variable for Universal Auth",
    variables: ["INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN"],
    method: "token-auth",
    says: "INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN is set",
  },
  {
    what: "a client id and a client secret",
    variables: client,
    method: "universal-auth",
    says: "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID and INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET are set",
    skips: "token-auth (no INFISICAL_TOKEN or INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN)",
  },
  {
    what: "a token and a client secret",
    variables: ["INFISICAL_TOKEN", ...client],
    method: "token-auth",
    says: "INFISICAL_TOKEN is set",
  },
  {
    what: "a client secret in a GitHub Actions job",
    variables: [...client, id, ...github],
    method: "universal-auth",
    says: "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID and INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET are set",
  },
  { what: "a JWT", variables: [id, "INFISICAL_JWT"], method: "oidc-auth", says: "INFISICAL_JWT is set" },
  {
    what: "a JWT in the CLI's older variable",
    variables: [id, "INFISICAL_OIDC_AUTH_JWT"],
    method: "oidc-auth",
    says: "INFISICAL_OIDC_AUTH_JWT is set",
  },
  {
    what: "a JWT in the Terraform provider's variable",
    variables: [id, "INFISICAL_AUTH_JWT"],
    method: "oidc-auth",
    says: "INFISICAL_AUTH_JWT is set",
  },
  {
    what: "a JWT in a variable that another one names",
    variables: [id, "INFISICAL_OIDC_AUTH_TOKEN_NAME=MY_TOKEN", "MY_TOKEN"],
    method: "oidc-auth",
    says: "INFISICAL_OIDC_AUTH_TOKEN_NAME and MY_TOKEN are set",
  },
  {
    what: "a JWT for JWT Auth",
    variables: [id, "INFISICAL_JWT", "INFISICAL_AUTH_METHOD=jwt-auth"],
    method: "jwt-auth",
    says: "INFISICAL_JWT is set",
  },
  {
    what: "a JWT-SVID for SPIFFE",
    variables: [id, "INFISICAL_JWT", "INFISICAL_AUTH_METHOD=spiffe-auth"],
    method: "spiffe-auth",
    says: "INFISICAL_JWT is set",
  },
  {
    what: "a user of a directory",
    variables: [id, "INFISICAL_LDAP_USERNAME", "INFISICAL_LDAP_PASSWORD"],
    method: "ldap-auth",
    says: "INFISICAL_LDAP_USERNAME and INFISICAL_LDAP_PASSWORD are set",
  },
  {
    what: "GitHub Actions, with `id-token: write`",
    variables: [id, ...github],
    method: "oidc-auth",
    says: "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are set",
  },
  {
    what: "GitHub Actions, in a container on a virtual machine of AWS",
    variables: [id, ...github, "RUNNER_NAME", "AWS_REGION"],
    files: ["/.dockerenv"],
    method: "oidc-auth",
    says: "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are set",
  },
  {
    what: "GitHub Actions, on a runner in a pod of EKS",
    variables: [id, ...github, ...eks],
    files: [podToken],
    method: "oidc-auth",
    says: "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are set",
  },
  {
    what: "Forgejo Actions",
    variables: [
      id,
      "CI",
      "FORGEJO_ACTIONS",
      "ACTIONS_ID_TOKEN_REQUEST_URL",
      "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    ],
    method: "oidc-auth",
    says: "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are set",
  },
  {
    what: "GitLab CI, with `id_tokens`",
    variables: [id, "CI", "GITLAB_CI", "INFISICAL_JWT"],
    method: "oidc-auth",
    says: "INFISICAL_JWT is set",
  },
  {
    what: "Buildkite",
    variables: [id, "CI", "BUILDKITE", "BUILDKITE_AGENT_ACCESS_TOKEN", "BUILDKITE_JOB_ID"],
    method: "oidc-auth",
    says: "BUILDKITE_AGENT_ACCESS_TOKEN and BUILDKITE_JOB_ID are set",
  },
  {
    what: "CircleCI",
    variables: [id, "CI", "CIRCLECI", "CIRCLE_OIDC_TOKEN", "CIRCLE_OIDC_TOKEN_V2"],
    method: "oidc-auth",
    says: "CIRCLE_OIDC_TOKEN_V2 is set",
  },
  {
    what: "Bitbucket Pipelines, with `oidc: true`",
    variables: [id, "CI", "BITBUCKET_BUILD_NUMBER", "BITBUCKET_STEP_OIDC_TOKEN"],
    method: "oidc-auth",
    says: "BITBUCKET_STEP_OIDC_TOKEN is set",
  },
  {
    what: "Azure Pipelines, with a service connection",
    variables: [id, ...azurePipeline, "SYSTEM_ACCESSTOKEN", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"],
    method: "oidc-auth",
    says: "SYSTEM_OIDCREQUESTURI, SYSTEM_ACCESSTOKEN and AZURESUBSCRIPTION_SERVICE_CONNECTION_ID are set",
  },
  {
    what: "HCP Terraform",
    variables: [id, "TFC_RUN_ID", "TFC_WORKLOAD_IDENTITY_TOKEN"],
    method: "oidc-auth",
    says: "TFC_WORKLOAD_IDENTITY_TOKEN is set",
  },
  {
    what: "HCP Terraform, with the tag `INFISICAL`",
    variables: [id, "TFC_RUN_ID", "TFC_WORKLOAD_IDENTITY_TOKEN_INFISICAL"],
    method: "oidc-auth",
    says: "TFC_WORKLOAD_IDENTITY_TOKEN_INFISICAL is set",
  },
  {
    what: "Vercel, a function",
    variables: [id, "VERCEL", "AWS_LAMBDA_FUNCTION_NAME", "AWS_REGION"],
    method: "oidc-auth",
    says: "VERCEL is set",
  },
  {
    what: "Vercel, a build",
    variables: [id, "CI", "VERCEL", "VERCEL_OIDC_TOKEN"],
    method: "oidc-auth",
    says: "VERCEL_OIDC_TOKEN is set",
  },
  {
    what: "Fly.io",
    variables: [id, "FLY_APP_NAME", "FLY_MACHINE_ID"],
    files: ["/.fly/api"],
    method: "oidc-auth",
    says: "FLY_MACHINE_ID is set and /.fly/api exists",
  },
  { what: "Lambda", variables: [id, ...lambda], method: "aws-auth", says: "AWS_LAMBDA_FUNCTION_NAME is set" },
  {
    what: "Lambda, with variables that a CI job left in its image",
    variables: [id, ...lambda, "CI", "GITHUB_ACTIONS", "CIRCLECI"],
    method: "aws-auth",
    says: "AWS_LAMBDA_FUNCTION_NAME is set",
    skips: "GITHUB_ACTIONS is set, but no ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  },
  {
    what: "ECS, Fargate",
    variables: [id, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_EXECUTION_ENV"],
    method: "aws-auth",
    says: "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is set",
  },
  {
    what: "EKS, with Pod Identity",
    variables: [id, ...pod, "AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"],
    files: [podToken],
    method: "aws-auth",
    says: "AWS_CONTAINER_CREDENTIALS_FULL_URI is set",
    skips: `kubernetes-auth (${inPod}, but the cloud's identity comes first)`,
  },
  {
    what: "EKS, with IRSA",
    variables: [id, ...eks],
    files: [podToken],
    method: "aws-auth",
    says: "AWS_WEB_IDENTITY_TOKEN_FILE is set",
    skips: `kubernetes-auth (${inPod}, but the cloud's identity comes first)`,
  },
  {
    what: "EKS, with IRSA, and Kubernetes' identity variable",
    variables: ["INFISICAL_KUBERNETES_IDENTITY_ID", ...eks],
    files: [podToken],
    method: "kubernetes-auth",
    says: inPod,
    skips:
      "AWS_WEB_IDENTITY_TOKEN_FILE is set, but no INFISICAL_MACHINE_IDENTITY_ID or INFISICAL_AWS_IAM_AUTH_IDENTITY_ID",
  },
  {
    what: "EKS, with IRSA, the general and Kubernetes' identity variable",
    variables: [id, "INFISICAL_KUBERNETES_IDENTITY_ID=an-identity", ...eks],
    files: [podToken],
    method: "kubernetes-auth",
    says: inPod,
    skips:
      "aws-auth (AWS_WEB_IDENTITY_TOKEN_FILE is set, but the identity variable of the chosen one is set)",
  },
  {
    what: "EKS, without an identity of AWS",
    variables: [id, ...pod],
    files: [podToken],
    method: "kubernetes-auth",
    says: inPod,
  },
  {
    what: "EC2, by its identity variable",
    variables: ["INFISICAL_AWS_IAM_AUTH_IDENTITY_ID"],
    method: "aws-auth",
    says: "INFISICAL_AWS_IAM_AUTH_IDENTITY_ID is set",
  },
  {
    what: "EC2, named",
    variables: [id, "INFISICAL_AUTH_METHOD=aws-iam"],
    method: "aws-auth",
    says: "INFISICAL_AUTH_METHOD names it",
  },
  {
    what: "Azure App Service, Functions, Container Apps",
    variables: [
      id,
      "WEBSITE_SITE_NAME",
      "IDENTITY_ENDPOINT",
      "IDENTITY_HEADER",
      "MSI_ENDPOINT",
      "MSI_SECRET",
    ],
    method: "azure-auth",
    says: "IDENTITY_ENDPOINT and IDENTITY_HEADER are set",
  },
  {
    what: "Azure Machine Learning",
    variables: [id, "MSI_ENDPOINT", "MSI_SECRET"],
    method: "azure-auth",
    says: "MSI_ENDPOINT and MSI_SECRET are set",
  },
  {
    what: "AKS, with workload identity",
    variables: [id, ...aks],
    files: [podToken],
    method: "azure-auth",
    says: "AZURE_FEDERATED_TOKEN_FILE is set",
    skips: `kubernetes-auth (${inPod}, but the cloud's identity comes first)`,
  },
  {
    what: "AKS, with workload identity, and Kubernetes' identity variable",
    variables: ["INFISICAL_KUBERNETES_IDENTITY_ID", ...aks],
    files: [podToken],
    method: "kubernetes-auth",
    says: inPod,
  },
  {
    what: "a virtual machine of Azure, named",
    variables: [id, "INFISICAL_AUTH_METHOD=azure"],
    method: "azure-auth",
    says: "INFISICAL_AUTH_METHOD names it",
  },
  {
    what: "Cloud Run, Cloud Functions",
    variables: [id, "K_SERVICE", "K_REVISION", "PORT"],
    method: "gcp-auth",
    says: "K_SERVICE is set",
  },
  {
    what: "a job of Cloud Run",
    variables: [id, "CLOUD_RUN_JOB", "CLOUD_RUN_EXECUTION"],
    method: "gcp-auth",
    says: "CLOUD_RUN_JOB is set",
  },
  {
    what: "App Engine",
    variables: [id, "GAE_SERVICE", "GAE_ENV", "GAE_APPLICATION"],
    method: "gcp-auth",
    says: "GAE_SERVICE, GAE_APPLICATION and GAE_ENV are set",
  },
  {
    what: "GKE, with a key file",
    variables: [id, ...pod, "INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH"],
    files: [podToken],
    method: "gcp-auth",
    says: "INFISICAL_GCP_IAM_SERVICE_ACCOUNT_KEY_FILE_PATH is set",
  },
  {
    what: "GKE, with the general identity variable",
    variables: [id, ...pod],
    files: [podToken],
    method: "kubernetes-auth",
    says: inPod,
  },
  {
    what: "GKE, with Google Cloud's identity variable",
    variables: ["INFISICAL_GCP_AUTH_IDENTITY_ID", ...pod],
    files: [podToken],
    method: "gcp-auth",
    says: "INFISICAL_GCP_AUTH_IDENTITY_ID is set",
    skips: `kubernetes-auth (${inPod}, but no INFISICAL_MACHINE_IDENTITY_ID or INFISICAL_KUBERNETES_IDENTITY_ID)`,
  },
  {
    what: "Compute Engine, named",
    variables: [id, "INFISICAL_AUTH_METHOD=gcp-id-token"],
    method: "gcp-auth",
    says: "INFISICAL_AUTH_METHOD names it",
  },
  {
    what: "Knative in a cluster of your own",
    variables: [id, ...pod, "K_SERVICE"],
    files: [podToken],
    method: "kubernetes-auth",
    says: inPod,
    skips: "K_SERVICE is set, but so is KUBERNETES_SERVICE_HOST, as by Knative",
  },
  {
    what: "a pod with a projected token",
    variables: [id, ...pod, "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH"],
    files: [podToken],
    method: "kubernetes-auth",
    says: "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH is set",
  },
  {
    what: "the token of a service account in a variable",
    variables: [id, "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN"],
    method: "kubernetes-auth",
    says: "INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN is set",
  },
  {
    what: "an access key of Alibaba Cloud, with its identity variable",
    variables: [
      "INFISICAL_ALICLOUD_AUTH_IDENTITY_ID",
      "ALIBABA_CLOUD_ACCESS_KEY_ID",
      "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    ],
    method: "alicloud-auth",
    says: "INFISICAL_ALICLOUD_AUTH_IDENTITY_ID is set, and ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are set",
  },
  {
    what: "Oracle Cloud, by its identity variable",
    variables: ["INFISICAL_OCI_AUTH_IDENTITY_ID"],
    method: "oci-auth",
    says: "INFISICAL_OCI_AUTH_IDENTITY_ID is set",
  },
  {
    what: "Universal Auth, in the words of the Terraform provider, next to a token",
    variables: ["INFISICAL_AUTH_METHOD=universal", "INFISICAL_TOKEN", ...client],
    method: "universal-auth",
    says: "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID and INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET are set",
  },
  {
    what: "Cloud Run, with identity ids for two clouds",
    variables: ["K_SERVICE", "INFISICAL_GCP_AUTH_IDENTITY_ID=a", "INFISICAL_AWS_IAM_AUTH_IDENTITY_ID=b"],
    method: "gcp-auth",
    says: "K_SERVICE is set",
    skips: "INFISICAL_AWS_IAM_AUTH_IDENTITY_ID is set, but nothing else shows it",
  },
  {
    what: "AWS Lambda, with an identity id for Oracle Cloud too",
    variables: [...lambda, "INFISICAL_AWS_IAM_AUTH_IDENTITY_ID=a", "INFISICAL_OCI_AUTH_IDENTITY_ID=b"],
    method: "aws-auth",
    says: "AWS_LAMBDA_FUNCTION_NAME is set",
    skips: "INFISICAL_OCI_AUTH_IDENTITY_ID is set, but nothing else shows it",
  },
  {
    what: "GitHub Actions, with an identity id for Oracle Cloud too",
    variables: [...github, "INFISICAL_OIDC_AUTH_IDENTITY_ID=a", "INFISICAL_OCI_AUTH_IDENTITY_ID=b"],
    method: "oidc-auth",
    says: "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are set",
  },
];

const nothing: readonly EnvironmentCase[] = [
  {
    what: "a developer's machine",
    variables: ["HOME", "SHELL"],
    method: "nothing",
    says: "On your own machine, set INFISICAL_UNIVERSAL_AUTH_CLIENT_ID",
  },
  {
    what: "a developer's machine with a profile and keys of AWS",
    variables: [id, "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
    method: "nothing",
    says: "EC2 only by its name",
  },
  {
    what: "GitHub Actions, without `id-token: write`",
    variables: [id, "CI", "GITHUB_ACTIONS"],
    method: "nothing",
    says: "the job needs `permissions: id-token: write`, and a pull request from a fork gets no token",
  },
  {
    what: "GitHub Actions, without an identity id",
    variables: github,
    method: "nothing",
    says: "ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN are set, but no INFISICAL_MACHINE_IDENTITY_ID or INFISICAL_OIDC_AUTH_IDENTITY_ID",
  },
  {
    what: "GitLab CI, without `id_tokens`",
    variables: [id, "CI", "GITLAB_CI"],
    method: "nothing",
    says: "GITLAB_CI is set, but no INFISICAL_JWT: the job needs `id_tokens: { INFISICAL_JWT: { aud } }`",
  },
  {
    what: "Buildkite, in a container without the agent's token",
    variables: [id, "BUILDKITE", "BUILDKITE_JOB_ID"],
    method: "nothing",
    says: "but no BUILDKITE_AGENT_ACCESS_TOKEN: pass it on into the container",
  },
  {
    what: "CircleCI, without a context",
    variables: [id, "CI", "CIRCLECI"],
    method: "nothing",
    says: "CIRCLECI is set, but no CIRCLE_OIDC_TOKEN_V2 or CIRCLE_OIDC_TOKEN: the job needs a context",
  },
  {
    what: "Bitbucket Pipelines, without `oidc: true`",
    variables: [id, "CI", "BITBUCKET_BUILD_NUMBER"],
    method: "nothing",
    says: "but no BITBUCKET_STEP_OIDC_TOKEN: the step needs `oidc: true`",
  },
  {
    what: "Azure Pipelines, without a mapped token",
    variables: [id, ...azurePipeline],
    method: "nothing",
    says: "but no SYSTEM_ACCESSTOKEN and AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
  },
  {
    what: "Azure App Service, without a managed identity",
    variables: [id, "WEBSITE_SITE_NAME"],
    method: "nothing",
    says: "WEBSITE_SITE_NAME is set, but no IDENTITY_ENDPOINT, MSI_ENDPOINT or AZURE_FEDERATED_TOKEN_FILE: assign a managed identity",
  },
  {
    what: "Azure Arc",
    variables: [id, "IDENTITY_ENDPOINT"],
    method: "nothing",
    says: "IDENTITY_ENDPOINT is set, but no IDENTITY_HEADER, as on Azure Arc: use azureAuth({ token })",
  },
  {
    what: "Lambda, without an identity id",
    variables: lambda,
    method: "nothing",
    says: "AWS_LAMBDA_FUNCTION_NAME is set, but no INFISICAL_MACHINE_IDENTITY_ID or INFISICAL_AWS_IAM_AUTH_IDENTITY_ID",
  },
  {
    what: "a pod without its service account's token",
    variables: [id, ...pod],
    method: "nothing",
    says: `KUBERNETES_SERVICE_HOST is set, but ${podToken} does not exist: check automountServiceAccountToken`,
  },
  {
    what: "Fly.io, in a builder",
    variables: [id, "FLY_APP_NAME"],
    method: "nothing",
    says: "FLY_APP_NAME is set, but no /.fly/api",
  },
  {
    what: "an access key of Alibaba Cloud that is there for other purposes",
    variables: [id, "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
    method: "nothing",
    says: "alicloud-auth (no INFISICAL_ALICLOUD_AUTH_IDENTITY_ID)",
  },
];

const errors: readonly EnvironmentCase[] = [
  {
    what: "a service token",
    variables: ["INFISICAL_TOKEN=st.an-id.a-secret.more"],
    method: "error",
    says: "INFISICAL_TOKEN must not be a service token (st.)",
  },
  {
    what: "two tokens",
    variables: ["INFISICAL_TOKEN=one", "INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN=other"],
    method: "error",
    says: "INFISICAL_TOKEN must have the same value as INFISICAL_UNIVERSAL_AUTH_ACCESS_TOKEN, or only one of the two must be set.",
  },
  {
    what: "a client id alone, in Lambda",
    variables: ["INFISICAL_UNIVERSAL_AUTH_CLIENT_ID", id, ...lambda],
    method: "error",
    says: "INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET must be set and not empty, since INFISICAL_UNIVERSAL_AUTH_CLIENT_ID is set.",
  },
  {
    what: "a client secret, and an empty client id",
    variables: ["INFISICAL_UNIVERSAL_AUTH_CLIENT_ID= ", "INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET"],
    method: "error",
    says: "INFISICAL_UNIVERSAL_AUTH_CLIENT_ID must be set and not empty, since INFISICAL_UNIVERSAL_AUTH_CLIENT_SECRET is set.",
  },
  {
    what: "a user without a password",
    variables: [id, "INFISICAL_LDAP_USERNAME"],
    method: "error",
    says: "INFISICAL_LDAP_PASSWORD must be set and not empty, since INFISICAL_LDAP_USERNAME is set.",
  },
  {
    what: "two JWTs",
    variables: [id, "INFISICAL_JWT=one", "INFISICAL_AUTH_JWT=other"],
    method: "error",
    says: "INFISICAL_JWT must have the same value as INFISICAL_AUTH_JWT",
  },
  {
    what: "the name of a variable that is not set",
    variables: [id, "INFISICAL_OIDC_AUTH_TOKEN_NAME=MY_TOKEN"],
    method: "error",
    says: "INFISICAL_OIDC_AUTH_TOKEN_NAME must name a variable that is set, got MY_TOKEN.",
  },
  {
    what: "a JWT where the name of its variable belongs",
    variables: [id, "INFISICAL_OIDC_AUTH_TOKEN_NAME=eyJhbGciOiJub25lIn0.hunter2.x"],
    method: "error",
    says: "INFISICAL_OIDC_AUTH_TOKEN_NAME must be the name of a variable.",
  },
  {
    what: "two identity ids for one method",
    variables: [id, "INFISICAL_AWS_IAM_AUTH_IDENTITY_ID=another", ...lambda],
    method: "error",
    says: "INFISICAL_MACHINE_IDENTITY_ID must have the same value as INFISICAL_AWS_IAM_AUTH_IDENTITY_ID",
  },
  {
    what: "GitHub Actions, of whose two variables a container has one",
    variables: [id, "GITHUB_ACTIONS", "ACTIONS_ID_TOKEN_REQUEST_URL"],
    method: "error",
    says: "ACTIONS_ID_TOKEN_REQUEST_TOKEN must be set, since ACTIONS_ID_TOKEN_REQUEST_URL is",
  },
  {
    what: "EKS, with IRSA but without a role",
    variables: [id, ...pod, "AWS_WEB_IDENTITY_TOKEN_FILE"],
    files: [podToken],
    method: "error",
    says: "AWS_ROLE_ARN must be set, since AWS_WEB_IDENTITY_TOKEN_FILE is.",
  },
  {
    what: "a named method that does not exist",
    variables: [...client, "INFISICAL_AUTH_METHOD=universal_auth"],
    method: "error",
    says: "INFISICAL_AUTH_METHOD must be one of token-auth, token, universal-auth, universal, oidc-auth",
  },
  {
    what: "a secret where the name of a method belongs",
    variables: [...client, "INFISICAL_AUTH_METHOD=hunter2.value"],
    method: "error",
    says: "INFISICAL_AUTH_METHOD must be one of token-auth, token, universal-auth, universal, oidc-auth",
  },
  {
    what: "a named method without variables",
    variables: [id, "INFISICAL_AUTH_METHOD=tls-cert-auth"],
    method: "error",
    says: "INFISICAL_AUTH_METHOD must not be tls-cert-auth, which has no variables: use tlsCertAuth({ cert, key }).",
  },
  {
    what: "Kubernetes, named outside of a pod, next to a client secret",
    variables: [id, ...client, "INFISICAL_AUTH_METHOD=kubernetes"],
    method: "error",
    says: `INFISICAL_AUTH_METHOD names kubernetes, which lacks something: no INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH or INFISICAL_KUBERNETES_SERVICE_ACCOUNT_TOKEN; no KUBERNETES_SERVICE_HOST or ${podToken}.`,
  },
  {
    what: "AWS, named without an identity id",
    variables: ["INFISICAL_AUTH_METHOD=aws_iam", ...lambda],
    method: "error",
    says: "AWS_LAMBDA_FUNCTION_NAME is set, but no INFISICAL_MACHINE_IDENTITY_ID or INFISICAL_AWS_IAM_AUTH_IDENTITY_ID.",
  },
  {
    what: "a token in quotation marks",
    variables: ["INFISICAL_TOKEN='hunter2'"],
    method: "error",
    says: "INFISICAL_TOKEN must not be in quotation marks",
  },
  {
    what: "AKS, with workload identity but without a tenant",
    variables: [id, "AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_ID"],
    method: "error",
    says: "AZURE_TENANT_ID must be set, since AZURE_FEDERATED_TOKEN_FILE is.",
  },
  {
    what: "half of App Service's variables",
    variables: [id, ...lambda, "IDENTITY_HEADER"],
    method: "error",
    says: "IDENTITY_ENDPOINT must be set, since IDENTITY_HEADER is.",
  },
  {
    what: "a temporary key of Alibaba Cloud",
    variables: [
      "INFISICAL_ALICLOUD_AUTH_IDENTITY_ID=a",
      "ALIBABA_CLOUD_ACCESS_KEY_ID",
      "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
      "ALIBABA_CLOUD_SECURITY_TOKEN",
    ],
    method: "error",
    says: "ALIBABA_CLOUD_SECURITY_TOKEN must not be set: Infisical does not accept temporary keys",
  },
];

/** The environments of the README's table. */
export const environments: readonly EnvironmentCase[] = [...chosen, ...nothing, ...errors];
