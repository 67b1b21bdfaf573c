import { mount } from 'svelte';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import App from './App.svelte';
import { onCommandError, titleOf } from './commands.svelte.ts';
import { connection } from './compute-client.ts';
import { registerPythonCommands } from './frame/python-commands.ts';
import { registerStandardCommands } from './frame/standard-commands.ts';
import { jobs } from './state/jobs.svelte.ts';
import { notebooks } from './state/notebooks.svelte.ts';
import { notices } from './state/notices.svelte.ts';
import { system } from './state/system.svelte.ts';
import { workspace } from './state/workspace.svelte.ts';

for (const state of [workspace, notebooks, jobs, system, notices]) state.follow();
onCommandError((command, error) => notices.fail(titleOf(command), error));
registerStandardCommands();
registerPythonCommands();

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element for the app');
mount(App, { target });
connection.open();
