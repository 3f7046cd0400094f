/**
 * Names that steer a process or the programs that it starts, by who reads them: what code they load, which commands
 * they run, whom they trust, and where they send what. Not credentials such as `AWS_SECRET_ACCESS_KEY`, which are what
 * secrets are for, nor `NODE_ENV`, `TZ` and the like, which applications set for themselves.
 */
const names: readonly string[] = [
  // Node, Bun, Deno, Electron.
  "NODE_(?:OPTIONS|PATH|EXTRA_CA_CERTS|TLS_REJECT_UNAUTHORIZED|USE_\\w+|DEBUG\\w*|V8_COVERAGE|ICU_DATA|REPL_\\w+|PRESERVE_\\w+|(?:DISABLE_)?COMPILE_CACHE\\w*|REDIRECT_WARNINGS|NO_WARNINGS|PENDING_\\w+|CHANNEL_\\w+|UNIQUE_ID|TEST_CONTEXT|SKIP_PLATFORM_CHECK|BINDINGS\\w*|WATCH\\w*)",
  "ELECTRON_RUN_AS_NODE",
  "BUN_(?:OPTIONS|BE_BUN|CONFIG_\\w+|INSPECT\\w*|INSTALL\\w*|JSC_\\w+|RUNTIME_\\w+)",
  "DENO_(?:AUTH_TOKENS|CERT|COMPAT|DIR|INSTALL\\w*|JOBS|TLS_CA_STORE|UNSTABLE\\w*|V8_FLAGS|TRACE_\\w+|NO_\\w+)",
  // npm reads its settings in any case.
  "(?:npm|NPM)_(?:config|CONFIG)_.*",
  // The loader and the C library; LaunchDarkly's keys also begin with LD_.
  "LD_(?!(?:SDK|MOBILE|API)_KEY|CLIENT_SIDE_ID|ACCESS_TOKEN).*",
  "DYLD_.*",
  "_RLD.*|LDR_.*|LIBPATH|SHLIB_PATH|GLIBC_TUNABLES|MALLOC_.*|GCONV_PATH|LOCPATH|NLSPATH",
  "HOSTALIASES|LOCALDOMAIN|RES_OPTIONS",
  // Shells, and where programs look for commands and for their settings.
  "BASH_ENV|BASH_FUNC_.*|BASHOPTS|SHELLOPTS|ENV|IFS|PS4|PROMPT_COMMAND|CDPATH|GLOBIGNORE|FPATH|ZDOTDIR",
  "PATH|SHELL|HOME|XDG_CONFIG_\\w+|TMPDIR|EDITOR|VISUAL|PAGER|BROWSER|LESSOPEN|LESSCLOSE",
  "PATHEXT|COMSPEC|ComSpec|PSModulePath|SystemRoot|SYSTEMROOT|windir|WINDIR|USERPROFILE|APPDATA|TEMP|TMP",
  // Other languages and tools.
  "PERL(?:5.*|LIB|IO_DEBUG)|PYTHON.*|RUBY(?:OPT|LIB|SHELL)|PHPRC|PHP_INI_SCAN_DIR|LUA_(?:C?PATH|INIT)\\w*",
  "_?JAVA_(?:TOOL_)?OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|DOTNET_STARTUP_HOOKS|COR(?:ECLR)?_PROFILER\\w*",
  "GIT_(?:ALLOW_PROTOCOL|ALTERNATE_\\w+|ASKPASS|ATTR_\\w+|COMMON_DIR|CONFIG.*|DIR|EDITOR|EXEC_PATH|EXTERNAL_DIFF|HTTP_\\w+|INDEX_FILE|OBJECT_DIRECTORY|PAGER|PROTOCOL\\w*|PROXY_\\w+|SEQUENCE_EDITOR|SSH.*|SSL_\\w+|TEMPLATE_DIR|TERMINAL_PROMPT|TRACE.*|WORK_TREE)",
  "SSH_(?:ASKPASS\\w*|AUTH_SOCK)",
  // Whom to trust and through whom to go.
  "(?:https?|all|no|ftp|wss?)_proxy|(?:HTTPS?|ALL|NO|FTP|WSS?)_PROXY|GLOBAL_AGENT_\\w+",
  "SSL_CERT_(?:FILE|DIR)|SSLKEYLOGFILE|OPENSSL_\\w+|CURL_(?:CA_BUNDLE|HOME)|REQUESTS_CA_BUNDLE",
  // This SDK: another server, another identity.
  "INFISICAL_.*",
];

const onPosix = pattern("");
const onWindows = pattern("i");

/** Whether a variable of this name steers a process; Windows takes a name in any case. */
export function steersProcess(name: string, windows: boolean): boolean {
  return (windows ? onWindows : onPosix).test(name);
}

function pattern(flags: string): RegExp {
  return new RegExp(`^(?:${names.join("|")})$`, `s${flags}`);
}
