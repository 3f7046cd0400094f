export { type OciAuthOptions, ociAuth } from "./oci-auth.ts";
