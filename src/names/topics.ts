import { createWordTable, placeOf } from './word-table.js';

/**
 * What people who use a word in a package name most often want: the word, then established packages, best
 * first. Kept by hand, from the leading packages of each field by downloads; a unit test checks that every one
 * is established in the data.
 */
const TOPICS = `
  accessibility axe-core
  ai-sdk ai
  anthropic @anthropic-ai/sdk
  ansi ansi-regex strip-ansi
  archive archiver
  argparse yargs commander
  args yargs commander minimist
  argv yargs minimist
  asyncio p-limit
  audio tone howler
  autocomplete downshift
  aws @aws-sdk/client-s3
  azure @azure/identity
  bcrypt bcryptjs bcrypt
  beautifulsoup4 cheerio
  beautifulsoup cheerio
  barcode jsbarcode
  bigint big-integer
  bigquery @google-cloud/bigquery
  boto3 @aws-sdk/client-s3 aws-sdk
  bs4 cheerio
  cache lru-cache node-cache
  calendar ics react-calendar
  celery bullmq
  charts chart.js
  chatgpt openai
  claude @anthropic-ai/sdk
  cloudflare wrangler
  clone lodash.clonedeep rfdc clone
  clonedeep lodash.clonedeep rfdc
  colors chalk picocolors
  compress pako
  cookie cookie cookie-parser
  cors cors
  country-codes country-list
  cpp-bindings node-addon-api
  cron node-cron cron cron-parser
  crypt bcryptjs
  crawler cheerio
  cron-expression cron-parser
  cron-expressions cron-parser
  csrf csrf
  css postcss
  csv csv-parse papaparse
  currency currency.js
  dataframe danfojs
  date date-fns dayjs
  dates date-fns dayjs
  datetime luxon dayjs
  debounce lodash.debounce
  deepclone lodash.clonedeep rfdc
  deepcopy lodash.clonedeep rfdc
  deepequal fast-deep-equal
  deepmerge deepmerge
  diff diff
  discord discord.js
  django express
  docker dockerode
  dotenv dotenv
  dragdrop react-dnd
  dynamodb @aws-sdk/client-dynamodb
  elasticsearch @elastic/elasticsearch
  email nodemailer
  emoji emoji-regex
  encryption crypto-js
  env dotenv
  excel exceljs xlsx
  fastapi fastify express
  fetch node-fetch undici
  ffmpeg fluent-ffmpeg
  fingerprint object-hash @fingerprintjs/fingerprintjs
  firebase firebase firebase-admin
  flask express
  ftp basic-ftp
  fuzzy fuse.js
  gcp @google-cloud/storage
  gemini @google/genai @google/generative-ai
  genai @google/genai
  geo @turf/turf
  git simple-git
  github @octokit/rest
  glob glob fast-glob
  google-auth google-auth-library
  gpt openai
  graphql graphql
  grpc @grpc/grpc-js
  gzip pako
  hash object-hash
  hashing object-hash
  headless puppeteer playwright
  html cheerio parse5
  html-sanitizer sanitize-html dompurify
  http-client axios undici got
  i18n i18next
  ical node-ical ical.js ical-generator
  icalendar node-ical ical.js ical-generator
  icons lucide-react
  ics ics node-ical
  image sharp
  images sharp
  imap imapflow
  influxdb @influxdata/influxdb-client
  ini ini
  jose jose
  json-schema ajv
  jsonschema ajv jsonschema
  jwk jwks-rsa jose
  jwks jwks-rsa jose
  jwt jsonwebtoken jose
  k8s @kubernetes/client-node
  kafka kafkajs
  katex katex rehype-katex
  kubernetes @kubernetes/client-node
  langchain langchain @langchain/core
  latex katex
  ldap ldapjs
  levenshtein fastest-levenshtein
  llama ollama
  llm openai
  log winston pino
  logger winston pino
  logging winston pino
  mail nodemailer
  manifest read-pkg
  map leaflet
  maps leaflet
  markdown marked markdown-it react-markdown
  math mathjs
  matplotlib chart.js
  mcp @modelcontextprotocol/sdk
  md5 md5
  mime mime-types
  mock sinon
  mongo mongodb mongoose
  mqtt mqtt
  msgpack @msgpack/msgpack msgpackr
  messagepack @msgpack/msgpack msgpackr
  mysql mysql2 mysql
  neo4j neo4j-driver
  numpy ndarray
  oauth passport simple-oauth2
  oauth2 simple-oauth2
  ocr tesseract.js
  oidc openid-client oidc-client-ts
  openai openai
  openapi openapi-typescript
  opentelemetry @opentelemetry/api
  orm prisma typeorm sequelize
  pandas danfojs
  password bcryptjs
  pdf pdf-lib pdfjs-dist
  phone libphonenumber-js
  pillow sharp
  postgres pg postgres
  postgresql pg postgres
  prometheus prom-client
  promisify pify
  protobuf protobufjs
  psycopg2 pg
  pubsub @google-cloud/pubsub
  pydantic zod
  pymongo mongodb
  pytest jest vitest
  qr qrcode
  queue bullmq p-queue
  rabbitmq amqplib
  rate-limit express-rate-limit
  redis redis ioredis
  regex xregexp
  requests axios node-fetch
  retry p-retry async-retry
  rss rss-parser
  s3 @aws-sdk/client-s3
  sanitize-html sanitize-html
  sanitize-sql sqlstring
  sass sass
  schema zod ajv
  scikit-learn ml-random-forest
  scraper cheerio puppeteer
  selenium selenium-webdriver
  semver semver
  sentry @sentry/node
  sequelize sequelize
  serial serialport
  sha256 js-sha256
  slack @slack/web-api
  slug slugify
  smtp nodemailer
  soap soap
  socket socket.io ws
  socketio socket.io socket.io-client
  sockets socket.io ws
  spreadsheet exceljs xlsx
  sql sqlstring knex
  sqlalchemy sequelize typeorm knex
  sqlite better-sqlite3 sqlite3
  ssh ssh2
  stemmer natural
  stringify json-stable-stringify
  stripe stripe
  supabase @supabase/supabase-js
  svg svgo
  table cli-table3
  tar tar
  telegram telegraf node-telegram-bot-api
  tensorflow @tensorflow/tfjs
  throttle lodash.throttle
  timezone luxon moment-timezone
  tokenizer js-tiktoken tiktoken
  toml @iarna/toml smol-toml
  torch onnxruntime-node
  twilio twilio
  typescript typescript
  ulid ulid
  url-parser url-parse
  uuid uuid nanoid
  validation zod joi
  validator zod joi validator
  vector @pinecone-database/pinecone
  video fluent-ffmpeg
  webdav webdav
  webhook svix
  webrtc simple-peer
  websocket ws websocket
  websockets ws websocket
  whatsapp whatsapp-web.js
  whisper openai
  word docx mammoth
  ws ws
  xlsx xlsx exceljs
  xml fast-xml-parser xml2js
  xss xss dompurify
  yaml js-yaml yaml
  youtube ytdl-core
  zip jszip adm-zip
  zmq zeromq
`;

/** The first word of each line. */
const TOPIC_TABLE = createWordTable(TOPICS, /(?<=\n {2})\S+/g);

/** The packages that people most often want when they write `topic`, best first; empty for an unknown word. */
export function packagesAbout(topic: string): readonly string[] {
  const place = placeOf(TOPIC_TABLE, topic);
  if (place < 0) return [];
  return TOPICS.slice(place + topic.length + 1, TOPICS.indexOf('\n', place)).split(' ');
}

/** Every topic with its packages. */
export function allTopics(): ReadonlyMap<string, readonly string[]> {
  const topics = Array.from(TOPICS.matchAll(/(?<=\n {2})\S+/g), ([topic]) => topic);
  return new Map(topics.map((topic) => [topic, packagesAbout(topic)]));
}
