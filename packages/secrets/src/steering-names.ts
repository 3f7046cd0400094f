/** How names of credentials and ids end; they do not steer, whatever they begin with. */
const credential =
  "(?:TOKEN(?:_\\w+)?|PASS(?:WORD|PHRASE)?(?:_\\w+)?|USER(?:NAME)?|SECRET|KEY|AUTH(?:_IDENT)?|ID(?:ENTIFIER)?)$";

/** A family of names, each with this prefix, without its credentials. */
const family = (...prefixes: readonly string[]): string =>
  `(?:${prefixes.join("|")})_(?!(?:\\w+_)?${credential}).*`;

/**
 * Names of variables that steer a process or the programs that it starts, grouped by who reads them: which code they
 * load, which commands they run, whom they trust, and where they send data. They do not include credentials such as
 * `AWS_SECRET_ACCESS_KEY`, or `NODE_ENV`, `DOTNET_ENVIRONMENT`, `TZ` and the like, which applications set.
 */
const names: readonly string[] = [
  // Node, Bun, Deno, Electron, and the compilers and native code that packages load.
  "NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|USE_\\w+|DEBUG\\w*|V8_COVERAGE|ICU_DATA|REPL_\\w+|PRESERVE_\\w+|(?:DISABLE_)?COMPILE_CACHE\\w*|REDIRECT_WARNINGS|NO_WARNINGS|PENDING_\\w+|CHANNEL_\\w+|CLUSTER_\\w+|UNIQUE_ID|TEST_CONTEXT|SKIP_PLATFORM_CHECK|BINDINGS\\w*|GYP_\\w+|WATCH\\w*)",
  "ELECTRON_.*|VSCODE_INSPECTOR_OPTIONS|TS_NODE_.*|TSX_.*|JITI_.*|BABEL_(?:CONFIG|CACHE|DISABLE)\\w*",
  "BUN_(?:OPTIONS|BE_BUN|CONFIG_\\w+|INSPECT\\w*|INSTALL\\w*|JSC_\\w+|RUNTIME_\\w+)",
  "DENO_(?:AUTH_TOKENS|CERT|COMPAT|DIR|INSTALL\\w*|JOBS|TLS_CA_STORE|UNSTABLE\\w*|V8_FLAGS|TRACE_\\w+|NO_\\w+)",
  "NAPI_RS_.*|PRISMA_\\w+_(?:LIBRARY|BINARY|MIRROR)|\\w+_(?:BINARY|EXECUTABLE|(?:NATIVE_)?LIBRARY)_PATH|\\w+_BINARY_(?:SITE|HOST|DIR)\\w*|CHROME_(?:PATH|BIN)",
  // Package managers; npm ignores the case of its settings.
  "(?:p?npm|P?NPM)_(?:config|CONFIG)_.*|npm_(?:node_)?execpath|NVM_DIR|VOLTA_HOME|P(?:NPM|M2)_HOME",
  family("YARN", "COREPACK", "BUNDLE", "PIP", "PIPX", "UV", "POETRY", "CONDA", "COMPOSER", "NUGET"),
  family("CARGO", "RUSTUP", "HOMEBREW", "HELM", "TF_CLI", "TF_PLUGIN", "ANSIBLE"),
  // The loader and the C library; LaunchDarkly's keys also begin with LD_.
  "LD_(?!(?:SDK|MOBILE|API)_KEY|CLIENT_SIDE_ID|ACCESS_TOKEN).*",
  "DYLD_.*",
  "_RLD.*|LDR_.*|LIBPATH|SHLIB_PATH|GLIBC_TUNABLES|MALLOC_.*|GCONV_PATH|GETCONF_DIR|LOCPATH|NLSPATH|ICU_DATA",
  "HOSTALIASES|LOCALDOMAIN|RES_OPTIONS|RESOLV_.*|TERMCAP|TERMINFO(?:_DIRS)?",
  "G(?:TK|IO)_(?:\\w*MODULE\\w*|PATH)|GI_TYPELIB_PATH|GST_PLUGIN\\w*|QT_\\w*PLUGIN\\w*|VK_(?:LAYER|ICD|DRIVER)_.*|LIBGL_.*|MAGICK_.*|FONTCONFIG_.*",
  // Shells, and where programs look for commands and settings.
  "BASH_.*|BASHOPTS|SHELLOPTS|ENV|IFS|PS[0-4]|PROMPT_COMMAND|CDPATH|GLOBIGNORE|FPATH|ZDOTDIR",
  "PATH|SHELL|HOME|XDG_.*|TMPDIR|BROWSER|LESS(?:OPEN|CLOSE|KEY\\w*)?|HISTFILE|INPUTRC|VIMINIT|EXINIT",
  "(?:\\w+_|MAN)?PAGER|(?:GIT_(?:SEQUENCE_)?|SUDO_|SYSTEMD_|KUBE_|SVN_|CVS|HG)?EDITOR|FCEDIT|VISUAL|\\w+_ASKPASS(?:_REQUIRE)?",
  "PATHEXT|COMSPEC|ComSpec|PSModulePath|SystemRoot|SYSTEMROOT|windir|WINDIR|USERPROFILE|APPDATA|TEMP|TMP",
  // Other languages and their build tools.
  "PERL(?:5.*|LIB|IO\\w*|_\\w+)|PYTHON.*|VIRTUAL_ENV|PHPRC|PHP_INI_SCAN_DIR|LUA_(?:C?PATH|INIT)\\w*",
  "RUBY(?:OPT|LIB|SHELL)|GEM_(?:HOME|PATH|SPEC_CACHE)|RBENV_.*|R_(?:PROFILE|ENVIRON|LIBS|HOME)\\w*|JULIA_.*|ERL_.*",
  "\\w*JAVA_(?:TOOL_)?OPT(?:ION)?S|(?:MAVEN|MVN|GRADLE|ANT|SBT|JVM|CATALINA|KOTLIN)_OPT(?:ION)?S|MAVEN_(?:ARGS|CONFIG)",
  "(?:JAVA|JDK|JRE|MAVEN|M2|GRADLE|GRADLE_USER|CATALINA)_HOME|CLASSPATH",
  "DOTNET_(?!(?:ENVIRONMENT|URLS)$).*|COMPlus_.*|COR(?:ECLR)?_(?:ENABLE_)?PROFIL.*|ASPNETCORE_HOSTINGSTARTUP.*|MSBUILD.*",
  "GO(?:AUTH|BIN|CACHE|DEBUG|ENV|EXPERIMENT|FLAGS|INSECURE|NO(?:PROXY|SUMDB)|PATH|PRIVATE|PROXY|ROOT|SUMDB|TMPDIR|TOOLCHAIN|VCS)",
  "RUST(?:C|DOC)?(?:_\\w*WRAPPER|FLAGS)|RUSTC|RUSTDOC|CC|CXX|MAKE(?:FLAGS|FILES)|PKG_CONFIG\\w*",
  // Version control, remote shells, containers.
  "GIT_(?:ALLOW_PROTOCOL|ALTERNATE_\\w+|ATTR_\\w+|COMMON_DIR|CONFIG.*|DIR|EXEC_PATH|EXTERNAL_DIFF|HTTP_\\w+|INDEX_FILE|OBJECT_DIRECTORY|PROTOCOL\\w*|PROXY_\\w+|SSH.*|SSL_\\w+|TEMPLATE_DIR|TERMINAL_PROMPT|TRACE.*|WORK_TREE)",
  "PG(?:SERVICEFILE|SYSCONFDIR|PASSFILE)|MYSQL_HOME|COMPOSE_FILE|SSH_AUTH_SOCK|SVN_SSH|HGRCPATH|(?:CVS|RSYNC)_RSH|GNUPGHOME",
  "DOCKER_(?:HOST|CONFIG|CONTEXT|CERT_PATH|TLS\\w*|CLI_\\w+)|KUBECONFIG|KUBERNETES_SERVICE_.*",
  // Certificates, trust and proxies.
  "(?:NIX_)?SSL_CERT_(?:FILE|DIR)|SSLKEYLOGFILE|(?:AWS|CURL|REQUESTS)_CA_BUNDLE|HTTPLIB2_CA_CERTS|OPENSSL_.*|GNUTLS_.*|NSS_.*|KRB5.*|GSS_.*",
  "GRPC_(?:DEFAULT_SSL_ROOTS_FILE_PATH|SSL_\\w+|XDS_\\w+|TRACE|VERBOSITY)|CURL_HOME|NETRC|WGETRC",
  "\\w+_proxy|(?:(?:NO_)?GRPC|(?:CGI_|YARN_)?HTTPS?|ALL|NO|FTP|WSS?|SOCKS[45]?|RSYNC)_PROXY|GLOBAL_AGENT_.*",
  // Clouds: where their clients get credentials and settings, and where they send requests.
  "AWS_(?:ENDPOINT_URL\\w*|EC2_METADATA_\\w+|CONTAINER_CREDENTIALS_\\w+|\\w+_FILE|LAMBDA_(?:EXEC_WRAPPER|RUNTIME_API))|BOTO_.*|ECS_CONTAINER_METADATA_.*",
  "GCE_METADATA_.*|METADATA_SERVER_DETECTION|GOOGLE_(?:APPLICATION_CREDENTIALS|EXTERNAL_ACCOUNT_\\w+|GHA_\\w+)",
  family("CLOUDSDK"),
  "(?:MSI|IDENTITY|IMDS)_ENDPOINT|AZURE_(?:AUTHORITY_HOST|CONFIG_DIR|EXTENSION_DIR|FEDERATED_TOKEN_FILE|POD_IDENTITY_\\w+)",
  // This SDK: another server, another identity.
  "INFISICAL_.*",
];

const onPosix = pattern("");
const onWindows = pattern("i");

/**
 * Tells whether a variable of this name steers a process: which code it loads, whom it trusts, or where it sends data.
 *
 * `attachToProcessEnv` skips these names: whoever may write a secret would otherwise control the process.
 *
 * @param name - The variable's name, such as `NODE_OPTIONS`.
 * @param windows - Whether case does not matter, as on Windows.
 * @returns Whether the name is on the list.
 *
 * @example
 * import { steersProcess } from "@infisical/secrets";
 * steersProcess("LD_PRELOAD", false); // true
 */
export function steersProcess(name: string, windows: boolean): boolean {
  return (windows ? onWindows : onPosix).test(name);
}

function pattern(flags: string): RegExp {
  return new RegExp(`^(?:${names.join("|")})$`, `s${flags}`);
}
