#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';
import { doctor } from './doctor.js';
import { install } from './install.js';

const usage = `Usage: flambeau <command>

  install [cpu|cu130]   install LibTorch into the cache (cpu unless said otherwise)
      --version <v>     another version than the default one
      --headers         unpack the C++ headers too; --no-headers: do not (the default: if the addon must be compiled)
      --force           install anew though it is there
      --dir <folder>    the cache folder, instead of FLAMBEAU_CACHE or the system's
  doctor                say what was found, what is missing, and the command that mends it
      --json            as JSON
  build                 compile the native addon on this machine
      --force           compile anew though it is there
  archive --store DIR --name NAME FILE [OTHER FILES]
                        put a model (.pt2, .pt, .js) into a store of models, as a new version
      --input, --output name:FP32:-1,3    what it takes and gives, where the file does not say it
      --examples <file> tensors (.safetensors) that warm it up
      --max-batch-rows <n>, --max-queue-delay <ms>, --batch-sizes <n,n>    how its requests are batched
      --max-queue-rows <n>, --max-run <ms>, --instances <n>, --device <device>, --model-version <n>
      --trusted         run an AOTInductor package, to see what it gives;  --json
  serve --store DIR     serve the models of a store
      --http, --grpc, --management, --metrics <host:port>    where it listens: HTTP on 127.0.0.1:8080, else nowhere; off
      --model NAME[:VERSION]    what is loaded at the start, any number; the newest of each model, unless given
      --config <file>   all settings as JSON; docs/serving.md has them
      --threads <n>, --instances <n>, --snapshot <file>, --pre-drain <ms>, --drain-timeout <ms>
      --log-level <level>, --log-file <file>, --allow-insecure <listener>
      --isolation none|process, --unresponsive <ms>
      --tokens <file>, --tls-key <file>, --tls-cert <file>, --tls-ca <file>, --audit <file>
                        each flag has a variable: FLAMBEAU_STORE, FLAMBEAU_LOG_LEVEL
  token create --file FILE
                        make a token for callers of a server, and print it this once
      --verbs <infer,read,manage,metrics>, --models <name,prefix*>    what it may (infer, all models)
      --expires <90d|12h|2030-01-31|never>, --name <text>
  token rotate --file FILE ID    a new token for an old one, which ends after --grace <1h>;  --expires
  token revoke --file FILE ID;  token list --file FILE [--json]
  audit verify FILE     look for any change in an audit log
      --anchor <lines:hash>    of an earlier verdict;  --json

  --help, --version`;

/** A command's own words: its exit code is the process's. */
type Command = (args: string[]) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  install,
  doctor,
  build,
  // Only these need the packages of the server.
  token: async (args) => (await import('./token.js')).token(args),
  audit: async (args) => (await import('./audit.js')).audit(args),
  // It needs LibTorch, which the others are there to bring.
  archive: async (args) => (await import('./archive.js')).archive(args),
  serve: async (args) => (await import('./serve.js')).serve(args),
};

/** The version of this package. */
function ownVersion(): string {
  const path = fileURLToPath(new URL('../../package.json', import.meta.url));
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

/** Runs the command line and gives the exit code: 0 well, 1 failed, 2 misused. */
async function main(argv: string[]): Promise<number> {
  const [name = '--help', ...rest] = argv;
  if (name === '--version' || name === '-v') {
    console.log(ownVersion());
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help' || rest.includes('--help') || rest.includes('-h')) {
    console.log(usage);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    console.error(`flambeau: no command '${name}'\n\n${usage}`);
    return 2;
  }
  try {
    return await command(rest);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    console.error(`flambeau ${name}: ${message}`);
    return code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1;
  }
}

// An interruption ends through `exit`, so that temporary folders and locks are removed.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => process.exit(code));
}
process.exitCode = await main(process.argv.slice(2));
