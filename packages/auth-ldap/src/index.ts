export { type LdapAuthOptions, ldapAuth } from "./ldap-auth.ts";
