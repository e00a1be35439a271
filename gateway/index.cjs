'use strict';

// Verdaccio 5 loads plugins by require, and the guard is an ES module. Until that is there, and where it can't be loaded,
// nothing passes.
const loading = import('./dist/index.js');
loading.catch(() => undefined);

class PhantomGuard {
  constructor(_options, { config, logger }) {
    this.logger = logger;
    this.opening = loading.then(({ gatewayOf }) => gatewayOf(config, logger));
    this.opening.catch((error) =>
      logger.error({ error: String(error) }, 'phantom-guard blocks everything: @{error}'),
    );
  }

  async filter_metadata(manifest) {
    try {
      const gateway = await this.opening;
      return await gateway.filter(manifest);
    } catch {
      return { ...manifest, versions: {}, time: {}, 'dist-tags': {} };
    }
  }

  register_middlewares(app, auth, storage) {
    const handling = Promise.all([loading, this.opening]).then(([{ createMiddleware }, gateway]) =>
      createMiddleware(gateway, auth, storage),
    );
    handling.catch(() => undefined);
    app.use((request, response, next) => {
      // A body is read by who comes next, and Verdaccio 5 lets it flow already.
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        next();
        return;
      }
      handling.then(
        (handle) => handle(request, response, next),
        () => {
          response.status(503);
          response.set('content-type', 'application/json; charset=utf-8');
          response.send('{"error":"phantom-guard: it could not be loaded"}\n');
        },
      );
    });
  }
}

Object.defineProperty(exports, '__esModule', { value: true });
exports.default = PhantomGuard;
