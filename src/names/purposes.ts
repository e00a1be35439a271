/**
 * What people say when they describe a need in words that are no topic of a package name (src/names/topics.ts has those):
 * a phrase, then established packages, best first. Kept by hand; a unit test checks that every package is established in
 * the data.
 */
const PURPOSES = `
  command-line commander yargs
  command-line-argument commander yargs
  command-line-option commander yargs
  cli commander yargs
  cli-argument commander yargs
  argument-parser commander yargs
  parse-argument commander yargs
  flag-parser commander yargs
  terminal-color chalk picocolors
  color-terminal chalk picocolors
  colored-output chalk picocolors
  colorize chalk picocolors
  color-output chalk picocolors
  ansi-color chalk picocolors
  spinner ora
  progress-bar cli-progress
  prompt inquirer prompts
  interactive-prompt inquirer prompts
  http-request axios undici got
  http-server express fastify
  web-server express fastify
  web-framework express fastify
  rest-api express fastify
  file-upload multer
  multipart multer busboy
  environment-variable dotenv
  env-variable dotenv
  configuration-file cosmiconfig
  file-watch chokidar
  watch-file chokidar
  file-system-watch chokidar
  remove-directory rimraf
  delete-directory rimraf
  run-command execa cross-spawn
  shell-command execa cross-spawn
  child-process execa cross-spawn
  database-migration knex umzug
  query-builder knex kysely
  unit-test vitest jest mocha
  test-runner vitest jest mocha
  http-mock nock msw
  mock-http nock msw
  end-to-end-test playwright cypress
  browser-automation playwright puppeteer
  web-scraping cheerio puppeteer
  code-coverage c8 nyc
  linter eslint
  format-code prettier
  formatter prettier
  bundler esbuild vite rollup webpack
  state-management zustand redux
  form-validation zod yup joi
  schema-validation zod ajv
  validate-input zod joi
  data-fetching @tanstack/react-query swr
  react-form react-hook-form formik
  react-router react-router-dom react-router
  css-in-js @emotion/react styled-components
  class-name clsx classnames
  drag-and-drop @dnd-kit/core react-dnd
  animation framer-motion gsap
  virtual-list react-window react-virtuoso
  unique-id uuid nanoid
  random-id nanoid uuid
  deep-clone lodash.clonedeep rfdc
  deep-copy lodash.clonedeep rfdc
  deep-equal fast-deep-equal
  utility lodash
  immutable immer immutable
  time-zone luxon moment-timezone
  date-format date-fns dayjs
  format-date date-fns dayjs
  password-hash bcryptjs argon2
  hash-password bcryptjs argon2
  json-web-token jsonwebtoken jose
  single-sign-on passport openid-client
  authentication passport jsonwebtoken
  security-header helmet
  rate-limiting express-rate-limit
  job-queue bullmq
  background-job bullmq
  task-queue bullmq
  message-queue amqplib bullmq
  key-value-store keyv redis
  resize-image sharp
  image-processing sharp
  generate-pdf pdfkit pdf-lib
  pdf-generation pdfkit pdf-lib
  parse-pdf pdfjs-dist pdf-parse
  parse-html cheerio parse5
  parse-xml fast-xml-parser xml2js
  parse-yaml js-yaml yaml
  parse-toml smol-toml @iarna/toml
  parse-csv csv-parse papaparse
  parse-markdown marked markdown-it
  syntax-highlighting shiki prismjs highlight.js
  template-engine handlebars ejs mustache
  send-email nodemailer
  send-mail nodemailer
  retry-request p-retry async-retry
  limit-concurrency p-limit
  concurrency p-limit
  event-emitter eventemitter3
  dependency-injection inversify tsyringe
  structured-logging pino winston
  monorepo turbo nx lerna
  git-hook husky lefthook
  commit-message @commitlint/cli
  semantic-version semver
  version-comparison semver
  run-typescript tsx ts-node
  api-documentation swagger-ui-express typedoc
  phone-number libphonenumber-js
  string-similarity fastest-levenshtein
  fuzzy-search fuse.js
  full-text-search minisearch lunr
  internationalization i18next
  translation i18next
  zip-file jszip adm-zip
  unzip jszip adm-zip
`;

const PACKAGES: ReadonlyMap<string, readonly string[]> = new Map(
  PURPOSES.trim()
    .split('\n')
    .map((line) => {
      const [phrase = '', ...packages] = line.trim().split(' ');
      return [phrase, packages];
    }),
);

/** The packages for a need, said in a phrase of singular words joined by `-`; empty for an unknown one. */
export function packagesFor(phrase: string): readonly string[] {
  return PACKAGES.get(phrase) ?? [];
}

/** Every phrase with its packages. */
export function allPurposes(): ReadonlyMap<string, readonly string[]> {
  return PACKAGES;
}
