/** Largest file that is read, in bytes: below the longest string that V8 can hold. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

/** Largest body of a URL, on the wire and decoded, in bytes. */
export const MAX_BODY_BYTES = 128 * 1024 * 1024;

/** Files of a folder, with room for ossf/malicious-packages to grow. */
export const MAX_TREE_FILES = 1_000_000;
export const MAX_TREE_BYTES = 2 * 1024 * 1024 * 1024;
export const MAX_TREE_DEPTH = 32;
/** One record in a file of its own: the largest real ones list some thousand versions, 100 kB. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;

/** Entries of one feed: more than half of all names in the registry. */
export const MAX_ENTRIES = 2_000_000;

/** Entries of one name that are told apart; what goes beyond is counted to the last one, and no version is lost. */
export const MAX_ENTRIES_OF_NAME = 32;

/** Events of one OSV range. */
export const MAX_EVENTS = 1_000;

/** Longest id that is kept, in characters; OSV's own are below 30. */
export const MAX_ID_LENGTH = 100;

/** semver's own limit on the length of a version. */
export const MAX_VERSION_LENGTH = 256;

/** Longest row of a CSV file, in characters. */
export const MAX_ROW_LENGTH = 1024 * 1024;

/**
 * Rows of a table with quotes that are shorter or longer than its header: csv-parse makes an error of each before it lets it pass,
 * which takes it some 0.05 ms.
 */
export const MAX_RAGGED_ROWS = 5_000;

/** JSON deeper than this, or with more objects and arrays, is no feed; records of OSV go down some eight levels. */
export const MAX_JSON_DEPTH = 100;
export const MAX_JSON_CONTAINERS = 16_000_000;
