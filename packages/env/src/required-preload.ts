// What `require` and `--require` get instead of the preload: they cannot wait.
process.stderr.write(
  "infisical: The application was not started. @infisical/env/preload waits for secrets, so it is loaded by " +
    "`node --import @infisical/env/preload`, not by --require or require().\n",
);
process.exit(1);

export {};
