import { main } from "./main.mjs";

process.exitCode = await main({
  argv: process.argv.slice(2),
  variables: process.env,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
