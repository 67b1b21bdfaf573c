/** Bars every way out of the page: navigation, new windows, permissions, the network. */
import type { App, Session, Shell } from 'electron';
import { externalAddress, isOurs, mayLoad } from './app-protocol.ts';

/** Hands an address of a web page to the person's browser; anything else is dropped. */
export function openExternal(shell: Pick<Shell, 'openExternal'>, address: unknown): void {
  const checked = typeof address === 'string' ? externalAddress(address) : null;
  if (checked !== null) shell.openExternal(checked).catch(() => {});
}

/** For every page of the application, before it loads anything. */
export function hardenContents(app: App, shell: Pick<Shell, 'openExternal'>): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      // Reloading the page itself is the one navigation there is.
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternal(shell, url);
      return { action: 'deny' };
    });
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
  });
  app.on('select-client-certificate', (event) => event.preventDefault());
  app.on('login', (event) => event.preventDefault());
}

/** The page may ask for nothing but to put text and pictures on the clipboard, and reaches no network. */
export function hardenSession(session: Session): void {
  const isGranted = (permission: string) => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(isGranted(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isGranted(permission));
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, callback) => {
    const isTools = details.url.startsWith('devtools:');
    callback({ cancel: !isTools && !mayLoad(details.url) });
  });
  session.on('will-download', (event) => event.preventDefault());
}
