import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { _electron, chromium } from "playwright-core";
import "vitest";
// test/app/launch.ts
/**
* Starts the built application as a person does and hands over its page: in Chromium with the browser window's
* server, or in Electron when EIGENSCOPE_TEST_WINDOW says so. Journeys see no difference.
*/
/** The repository; the bench, which runs bundled, names it. */
const root = process.env["EIGENSCOPE_ROOT"] ?? resolve(import.meta.dirname, "../..");
/** The folder of the application under test; a package made elsewhere can be named instead of this clone. */
const built = process.env["EIGENSCOPE_TEST_APP"] ?? root;
/** How long a step may take before the journey fails, in milliseconds. */
const patience = Number(process.env["EIGENSCOPE_TEST_PATIENCE"] ?? 15e3);
const browserCandidates = [
	process.env["CHROMIUM_PATH"],
	"/usr/bin/chromium",
	"/usr/bin/chromium-browser",
	"/usr/bin/google-chrome",
	"/usr/bin/google-chrome-stable",
	"/usr/bin/microsoft-edge",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
	"C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe"
];
function chromiumPath() {
	const found = browserCandidates.find((path) => path !== void 0 && existsSync(path));
	if (found === void 0) throw new Error("The journeys need a browser of the Chromium family: install chromium, or set CHROMIUM_PATH.");
	return found;
}
let shared = null;
/** One browser for all apps of a test file; each app has its own context in it. */
function browser() {
	shared ??= chromium.launch({
		executablePath: chromiumPath(),
		args: [
			...process.getuid?.() === 0 ? ["--no-sandbox"] : [],
			...[
				"--disable-gpu",
				"--disable-quic",
				"--no-first-run",
				"--disable-background-networking"
			],
			...[
				"--disable-component-update",
				"--disable-sync",
				"--force-color-profile=srgb"
			]
		]
	});
	return shared;
}
async function closeBrowser() {
	await (await shared)?.close();
	shared = null;
}
function temporaryFolder() {
	return mkdtempSync(join(tmpdir(), "eigenscope-app-"));
}
async function launch(options = {}) {
	const home = options.home ?? temporaryFolder();
	const app = process.env["EIGENSCOPE_TEST_WINDOW"] === "electron" ? await launchElectron(home, options) : await launchBrowserWindow(home, options);
	return {
		...app,
		async close() {
			await app.close();
			if (options.home === void 0) rmSync(home, {
				recursive: true,
				force: true,
				maxRetries: 5,
				retryDelay: 100
			});
		}
	};
}
function listen(page, complaints) {
	page.on("console", (message) => {
		if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
		if (/Content.Security.Policy/i.test(message.text())) complaints.push(`policy: ${message.text()}`);
	});
	page.on("pageerror", (error) => complaints.push(`page: ${error.stack ?? error.message}`));
	page.on("request", (request) => {
		const { protocol, hostname } = new URL(request.url());
		if (!(hostname === "127.0.0.1" || [
			"data:",
			"blob:",
			"file:",
			"eigenscope:",
			"devtools:"
		].includes(protocol))) complaints.push(`request to ${request.url()}`);
	});
}
/** The process identity of the compute process of the one session under a data folder. */
function computePidOf(home) {
	for (const session of readdirSync(join(home, "sessions"))) {
		const lock = join(home, "sessions", session, "lock");
		if (!existsSync(lock)) continue;
		const holders = JSON.parse(readFileSync(lock, "utf8"));
		const compute = holders.at(-1);
		if (holders.length > 1 && compute !== void 0) return compute.pid;
	}
	throw new Error(`no session of ${home} has a compute process`);
}
/** The page marks the moment it shows the workspace and takes input; the BLAS in the status bar follows. */
async function interactive(page) {
	await page.waitForFunction(() => performance.getEntriesByName("eigenscope-interactive").length > 0);
	await page.getByRole("contentinfo", { name: "Status" }).getByRole("button", { name: /BLAS/ }).waitFor();
}
/** The application's server for the browser window, and the address with its token. */
async function startServer(home, options = {}) {
	const server = spawn(process.execPath, [
		join(built, "out/main/browser.js"),
		"--no-open",
		"--port",
		"0",
		...options.files ?? []
	], {
		env: {
			...process.env,
			...options.env,
			EIGENSCOPE_HOME: home
		},
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		]
	});
	return {
		server,
		address: await printedAddress(server)
	};
}
async function launchBrowserWindow(home, options) {
	const started = performance.now();
	const { server, address } = await startServer(home, options);
	const context = await (await browser()).newContext({
		viewport: options.size ?? {
			width: 1440,
			height: 900
		},
		colorScheme: options.theme ?? "light",
		acceptDownloads: true,
		permissions: ["clipboard-read", "clipboard-write"]
	});
	const page = await context.newPage();
	page.setDefaultTimeout(patience);
	const complaints = [];
	listen(page, complaints);
	let choosing = null;
	page.on("filechooser", (chooser) => choosing?.(chooser));
	try {
		await page.goto(address);
		await interactive(page);
	} catch (error) {
		await photograph(page, "start");
		await stop(server, context);
		throw new Error(`the app did not become interactive: ${complaints.join("\n")}`, { cause: error });
	}
	return {
		page,
		home,
		startedIn: performance.now() - started,
		complaints,
		async chooseFiles(paths, trigger) {
			const chooser = new Promise((done) => choosing = done);
			await trigger();
			const found = await Promise.race([chooser, page.waitForTimeout(patience)]);
			if (found === void 0) throw new Error("no dialog for files was opened");
			await found.setFiles(paths);
		},
		async save(trigger) {
			const downloading = page.waitForEvent("download", { timeout: 6e4 });
			await trigger();
			const download = await downloading;
			const folder = join(home, "saved");
			mkdirSync(folder, { recursive: true });
			const path = join(folder, download.suggestedFilename());
			copyFileSync(await download.path(), path);
			return path;
		},
		computePid: () => computePidOf(home),
		close: () => stop(server, context)
	};
}
function printedAddress(server) {
	return new Promise((done, fail) => {
		let text = "";
		const read = (bytes) => {
			text += bytes.toString();
			const found = /Eigenscope is at (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)/.exec(text);
			if (found?.[1] !== void 0) done(found[1]);
		};
		server.stdout?.on("data", read);
		server.stderr?.on("data", read);
		server.once("error", fail);
		server.once("exit", (code) => fail(/* @__PURE__ */ new Error(`the server ended with ${code}: ${text}`)));
	});
}
async function stop(server, context) {
	await context.close();
	await stopServer(server);
}
async function stopServer(server) {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const ended = new Promise((done) => server.once("exit", done));
	server.kill("SIGTERM");
	const force = setTimeout(() => server.kill("SIGKILL"), 5e3);
	await ended;
	clearTimeout(force);
}
async function launchElectron(home, options) {
	const started = performance.now();
	const executablePath = process.env["EIGENSCOPE_TEST_ELECTRON"];
	const size = options.size ?? {
		width: 1440,
		height: 900
	};
	const electron = await _electron.launch({
		...executablePath === void 0 ? {} : { executablePath },
		args: [
			...process.getuid?.() === 0 ? ["--no-sandbox"] : [],
			join(built, "out/main/index.js"),
			...options.files ?? []
		],
		env: {
			...process.env,
			...options.env,
			EIGENSCOPE_HOME: home
		}
	});
	const page = await electron.firstWindow();
	page.setDefaultTimeout(patience);
	const complaints = [];
	listen(page, complaints);
	await page.setViewportSize(size);
	await page.emulateMedia({ colorScheme: options.theme ?? "light" });
	await interactive(page);
	return {
		page,
		home,
		startedIn: performance.now() - started,
		complaints,
		async chooseFiles(paths, trigger) {
			await electron.evaluate(({ dialog }, filePaths) => {
				dialog.showOpenDialog = () => Promise.resolve({
					canceled: false,
					filePaths
				});
			}, paths);
			await trigger();
		},
		async save(trigger) {
			const folder = join(home, "saved");
			mkdirSync(folder, { recursive: true });
			await electron.evaluate(({ dialog }, to) => {
				dialog.showSaveDialog = (...given) => {
					const { defaultPath } = given.at(-1);
					const name = (defaultPath ?? "saved").replace(/^.*[/\\]/, "");
					return Promise.resolve({
						canceled: false,
						filePath: `${to}/${name}`
					});
				};
			}, folder);
			const before = new Set(readdirSync(folder));
			await trigger();
			for (let waited = 0; waited < 6e4; waited += 100) {
				const saved = readdirSync(folder).find((name) => !before.has(name));
				if (saved !== void 0) return join(folder, saved);
				await new Promise((next) => setTimeout(next, 100));
			}
			throw new Error("nothing was saved within a minute");
		},
		computePid: () => computePidOf(home),
		close: () => electron.close()
	};
}
/** Keeps a picture of what the page shows, for a person who reads the failure. */
async function photograph(page, name) {
	const folder = join(root, "test-results");
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: join(folder, `${name.replace(/[^\w-]+/g, "-").slice(0, 100)}.png`) }).catch(() => {});
}
// test/app/steps.ts
/** An entry of the workspace by the name a screen reader says: "iris, float64 150 × 5, iris.csv". */
function variable(page, name) {
	return page.getByRole("listbox", { name: "Variables" }).getByRole("option", { name });
}
async function newMatrix(page) {
	await page.keyboard.press("Alt+n");
	const dialog = page.getByRole("dialog", { name: "New matrix" });
	await dialog.waitFor();
	return dialog;
}
/** Types a matrix in the dialog for it. */
async function typeMatrix(page, text, name) {
	const dialog = await newMatrix(page);
	await dialog.getByLabel("Numbers").fill(text);
	await dialog.getByLabel("Name").fill(name);
	await dialog.getByRole("button", { name: "Create" }).click();
	await dialog.waitFor({ state: "hidden" });
}
// test/app/accessibility.ts
const roles = /* @__PURE__ */ new Set([...[
	"button",
	"checkbox",
	"combobox",
	"dialog",
	"link",
	"menuitem",
	"menuitemcheckbox",
	"menuitemradio",
	"option"
], ...[
	"radio",
	"searchbox",
	"slider",
	"spinbutton",
	"switch",
	"tab",
	"textbox",
	"img",
	"grid",
	"listbox",
	"progressbar"
]]);
/** The controls and pictures that a screen reader could not name, as short pieces of their HTML. */
async function unnamedControls(page) {
	const session = await page.context().newCDPSession(page);
	try {
		const { nodes } = await session.send("Accessibility.getFullAXTree");
		const found = [];
		for (const node of nodes) {
			if (node.ignored || !roles.has(node.role?.value ?? "") || (node.name?.value ?? "").trim() !== "") continue;
			if (node.backendDOMNodeId === void 0) continue;
			const { outerHTML } = await session.send("DOM.getOuterHTML", { backendNodeId: node.backendDOMNodeId });
			found.push(`${node.role?.value}: ${outerHTML.slice(0, 160)}`);
		}
		return found;
	} finally {
		await session.detach();
	}
}
// test/app/zz.ts
const home = "/tmp/page/fhome";
let app = await launch({ home });
let { page } = app;
const shot = (n) => page.screenshot({ path: `/tmp/page/${n}.png` });
const vars = async () => (await page.getByRole("listbox", { name: "Variables" }).getByRole("option").evaluateAll((o) => o.map((e) => e.getAttribute("aria-label") ?? e.textContent.replace(/\s+/g, " ")))).join(" ; ");
const said = async () => [...new Set((await page.locator("[role=status], [role=alert]").allInnerTexts()).map((x) => x.replace(/\s+/g, " ").trim()))].filter(Boolean).join(" ## ");
const py = async (code) => {
	await page.keyboard.press("Control+Backquote");
	const p = page.getByRole("textbox", { name: /^Console/ });
	await p.waitFor();
	await p.click();
	await page.keyboard.insertText(code);
	await page.keyboard.press("Enter");
	await page.waitForTimeout(900);
	await page.keyboard.press("Control+Backquote");
};
const formula = async (name, code) => {
	await page.keyboard.press("Alt+f");
	const d = page.getByRole("dialog", { name: "New formula" });
	await d.waitFor();
	await d.getByLabel("Name").fill(name);
	await d.getByRole("textbox", { name: "Expression" }).click();
	await page.keyboard.insertText(code);
	await page.keyboard.press("Enter");
	for (let w = 0; w < 60; w++) {
		await page.waitForTimeout(150);
		if (!await d.isVisible() || await d.getByRole("alert").count() || w > 20 && name === "big") break;
	}
	if (await d.isVisible()) {
		console.log("  refused", name, "=", code, ":", (await d.innerText()).replace(/\s+/g, " "));
		await page.keyboard.press("Escape");
		if (await d.isVisible()) await page.keyboard.press("Escape");
		await page.waitForTimeout(200);
		console.log("   dialog still open", await d.isVisible());
	}
};
const step = async (n) => console.log(n, "|", await vars(), "|", await said());
try {
	await typeMatrix(page, "1 2; 3 4", "A");
	await formula("B", "A.T @ A");
	await formula("C", "B + 100");
	await step("chain");
	await formula("A2", "A2 + 1");
	await formula("B", "C * 2");
	await step("cycles refused?");
	for (const [n, c] of [
		["z", "A + 1j"],
		["e", "A[:0]"],
		["e2", "np.zeros((0, 3))"]
	]) await formula(n, c);
	await step("kinds");
	await variable(page, /^z,/).click();
	await page.waitForTimeout(500);
	await shot("f-complex");
	await variable(page, /^C,/).click();
	await page.waitForTimeout(400);
	await py("1+1");
	await step("after console");
	await py("e.shape");
	await formula("I", "np.linalg.inv(A)");
	await shot("f-inv");
	await py("A[:] = 1");
	await step("singular");
	await variable(page, /^I,/).click();
	await page.waitForTimeout(400);
	await shot("f-error");
	await py("A[0, 0] = 5");
	await step("recovered");
	await shot("f-recovered");
	await variable(page, /^A,/).click();
	await page.keyboard.press("F2");
	await page.waitForTimeout(200);
	await page.keyboard.press("Control+a");
	await page.keyboard.insertText("Matrix");
	await page.keyboard.press("Enter");
	await page.waitForTimeout(900);
	await step("renamed");
	await variable(page, /^B,/).click();
	await page.waitForTimeout(300);
	console.log("B strip", (await page.getByRole("region", { name: "Formula of B" }).innerText()).replace(/\s+/g, " "));
	await page.keyboard.press("Control+z");
	await page.waitForTimeout(900);
	await step("undo rename");
	await variable(page, /^A,/).click();
	await page.keyboard.press("Delete");
	await page.waitForTimeout(1200);
	await step("deleted A");
	await variable(page, /^B,/).click();
	await page.waitForTimeout(300);
	await shot("f-deleted");
	console.log("B strip", (await page.getByRole("region", { name: "Formula of B" }).innerText()).replace(/\s+/g, " "));
	await page.keyboard.press("Control+z");
	await page.waitForTimeout(1200);
	await step("undo delete");
	await variable(page, /^B,/).click();
	await page.waitForTimeout(300);
	console.log("B strip", (await page.getByRole("region", { name: "Formula of B" }).innerText()).replace(/\s+/g, " "));
	await formula("big", "np.linalg.svd(np.random.default_rng(0).random((3000, 3000)) + A[0,0])[1]");
	await page.waitForTimeout(1500);
	console.log("big:", (await page.locator("footer").innerText()).replace(/\s+/g, " "));
	await shot("f-big");
	const cancel = page.locator("footer").getByRole("button", { name: /^Cancel/ });
	if (await cancel.count()) {
		await cancel.click();
		await page.waitForTimeout(2500);
	}
	console.log("after cancel dialog", await page.getByRole("dialog").allInnerTexts());
	await step("cancelled");
	await shot("f-cancelled");
	for (let k = 0; k < 3 && await page.getByRole("dialog").count(); k++) await page.keyboard.press("Escape");
	await page.waitForTimeout(1500);
	await app.close();
	app = await launch({ home });
	page = app.page;
	await page.waitForTimeout(1500);
	await step("reopened");
	await variable(page, /^B,/).click();
	await page.waitForTimeout(300);
	console.log("B strip", (await page.getByRole("region", { name: "Formula of B" }).innerText()).replace(/\s+/g, " "));
	await py("A[0, 0] = 7\nprint(B)");
	await step("follows after reopening");
	await shot("f-reopened");
	console.log(await unnamedControls(page));
	console.log(app.complaints);
} catch (e) {
	console.log(e);
	await shot("fail");
} finally {
	await app.close();
	await closeBrowser();
}
export {};
