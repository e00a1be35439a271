import { createWordTable, placeOf } from './word-table.js';

/**
 * Words that say what kind of thing a package is and not which one: they are what people and models append to
 * a known name. Collected from the commonest words of npm names that are no project of their own, and from the
 * vocabulary of AI tools.
 */
const GENERIC = `
  access account action actions adapt adapter adapters addon addons admin advanced alert alternative
  analysis analytics analyzer and annotations api apis app application apps array assert asset assets async
  auth authentication authorization auto automation awesome base based basic batch best beta better big
  binding bindings board boilerplate bootstrap bridge browser buffer build builder builders bun bundle
  bundler button by cache caching calculator call callback canvas card chain chart charts check checker
  checks cjs class clean cleaner cli client clients cloud code codec collection collision
  color colors column command commands common community compact compare compat compatibility compiler
  complete component components compose compress config configs configuration connect
  connection connector console constants container content context control controller controls convert
  converter cookie copy core count counter create creator cross custom dashboard data database date db
  debug debugger decode decoder deep default defaults defender definition definitions demo deno deploy
  detect detection detector detectors dev devkit devtools dialog diff direct directive directory display
  docs document driver drivers dynamic easy edge editor effect effects element elements email embed emitter
  encode encoder encryption engine enhanced enhancer entity env environment error errors es escape escaper
  esm event events example examples exec executor explorer export exporter exporters expression expressions
  ext extend extended extension extensions extra extract extractor extras factory fast feature features
  fetch field fields file files filter filters fix fixed fixes flat flow for form format formats formatter
  forms framework free from frontend fs full function functions generate generator generators get global
  graph grid group guard handle handler handlers hash headless hello help helper helpers highlight hook
  hooks hot html http https hyper icon icons id image images immutable import importer improved in index
  info init injection inline input inspector install instance integration interface internal interval intl
  io is issuer it item iterator js json kit lab language latest layer layout lazy lib library light
  lightweight lint linter list listener lite load loader loaders local locale localization lock log logger
  logging login logs mail main manager managers map mapper maps mark markdown match matcher math media mega
  memory menu merge message messages meta metadata method methods micro middleware middlewares migrate
  migration min mini minimal mixin mobile mock mocks modal mode model models modern module modules monitor
  monitoring multi my name nano native nav navigation net network new next node nodejs normalize
  notification npm number object observer of official on online open option options orm our output override
  package packages page pages paginate pagination panel parameterize parameterized parse parser parsers
  parsing patch path payment performance persist picker pipe pipeline platform player plugin plugins plus
  policy polyfill polyfills pool popup port portal prefix premium prepared preset presets prevention
  preview print pro process processor profile profiler progress project promise promises promisified
  promisify prop props protect protection protector protocol provider providers proxy public pure query
  queue quick range rate reader ready really realtime reducer ref regex registry release reload remote
  remove render renderer replace report reporter request requests resolve resolver resource response rest
  retry rewrite role root route router routes routing rpc rule rules run runner runtime safe sample sandbox
  sandboxed sanitization sanitize sanitizer scan scanner schedule scheduler schedulers schedules schema
  schemas scope scraper script scripts scroll sdk search secret secure security select selector sender
  serialize serializer serve server serverless service services session set settings setup share shared
  shell shield shim shortcut sign signature simple simply simulator single slider small smart snippet
  social socket solution sort source spec spinner split sql stack standard start starter state statement
  statements static stats status storage store stream streaming streams string strings strip style styled
  styles suite super support switch sync syntax system tab table tag task tasks template templates test
  tester testing tests text the theme themes time timer tiny to toggle token tokens tool toolbar toolbox
  toolkit tools tooltip top trace tracer tracing tracker tracking transform transformer translate tree
  trigger ts turbo type typed types typescript ui ultra universal update updater upload uploader url use
  user users util utilities utility utils v1 v2 v3 v4 validate validation validator validators value values
  vanilla verifier verify version video view viewer views wait walker watch watcher web webhook widget
  widgets window with without wizard worker workers workflow wrap wrapper wrappers writer x xml yaml your
  zip
`;
const AI = `
  agent agentic agents ai anthropic assistant autopilot bot chat chatbot chatgpt claude completion copilot
  deepseek embedding embeddings gemini genai gpt gpt3 gpt4 grok huggingface inference langchain llama llm
  llms mcp mistral ml model neural ollama openai prompt prompts rag semantic vector vision whisper
`;

/** A word of both lists is one of AI. */
const WORDS = AI + GENERIC;
const KIND_TABLE = createWordTable(WORDS, /\S+/g);

/** `generic`, `ai`, or `null` for a word that may name a project. Numbers and versions are generic. */
export function wordKind(word: string): 'generic' | 'ai' | null {
  const place = placeOf(KIND_TABLE, word);
  if (place >= 0) return place < AI.length ? 'ai' : 'generic';
  return /^v?\d+$/.test(word) || word.length === 1 ? 'generic' : null;
}
