import type { INestApplication } from '@nestjs/common';

/** The shop has no lock on its door: it listens to this machine only. */
const HOST = '127.0.0.1';

/** Opens the shop on this port, 0 for any free one, and gives its address. If it cannot open, it is closed. */
export async function listen(app: INestApplication, port: number): Promise<string> {
  try {
    await app.listen(port, HOST);
  } catch (error) {
    // Its workers run already: they would keep the process alive.
    await app.close();
    throw isTaken(error)
      ? new Error(`port ${port} is taken; choose another: PORT=${port + 1} npm start`, {
          cause: error,
        })
      : error;
  }
  return app.getUrl();
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
