/** `eigenscope-cli`: Eigenscope without a window. `--help` tells more. */
import process from 'node:process';
import { run } from './out/main/cli.js';

process.exitCode = await run(process.argv.slice(2));
// A pool of threads stands by for more work.
process.exit();
