/** Limits that a refusal names. Units are in the names; the reason stands beside each. */
export const limits = {
  /** Longer prompts are files: they belong in the project, where the model can read them in parts. */
  promptBytes: 100_000,
  /** Data and bundles that real repositories hold. Above it a comparison in lines takes longer than anyone waits. */
  textFileBytes: 8 * 1_048_576,
  /** A source file above this is data or a bundle: it declares nothing of the project, and parsing it takes seconds. */
  parsedFileBytes: 1_048_576,
  /** A patch above this is longer than a review: it is counted and not shown. */
  patchCharacters: 1_048_576,
  /** Room for images and fonts, small enough that one file never dominates a request. */
  binaryFileBytes: 10 * 1_048_576,
  /** What a row of a list shows; a longer name is a description. */
  projectNameCharacters: 120,
  /** What stands beside a version's number in a row; more is a note. */
  labelCharacters: 80,
  /** Why a version was rolled back: a few sentences. */
  noteCharacters: 500,
  /** The largest project that import, export and the screens were measured with. */
  projectFiles: 20_000,
  /** Twice the largest of the public projects that imports are tried with. A backup and an export grow with it. */
  projectBytes: 256 * 1_048_576,
  /** ext4 and APFS allow 255 bytes a name; 1,024 in all keeps a checkout possible on every common system. */
  pathBytes: 1_024,
  /** Deeper than any public project that imports are tried with; every level costs a stored directory. */
  pathDepth: 32,
  /** A glob that names one path, and its escapes; more is data. */
  globCharacters: 2_000,
  /** A line of code and more. */
  searchQueryCharacters: 1_000,
  /** Matching lines that one search finds; nobody reads more, and a narrower query shows the rest. */
  searchLines: 10_000,
  /** More than these is a folder, and belongs in the project. */
  attachments: 8,
  /** What a request body has room for in base64, beside the prompt. */
  attachmentsBytes: 10 * 1_048_576,
  /** The smallest of the providers' own limits for one image. */
  imageAttachmentBytes: 5 * 1_048_576,
  /** The smallest of the providers' own limits for an edge. */
  imagePixels: 8_000,
  /** Twice the longest prompt; some 50,000 tokens. */
  textAttachmentBytes: 200_000,
  attachmentNameCharacters: 200,
  /** More answers than these nobody compares, and each costs as much as the first. */
  candidates: 5,
  /** Three times the longest key of a provider that is known. */
  apiKeyCharacters: 1_000,
  /** Deflate of real source reaches about 20:1; 200:1 is a bomb. */
  archiveRatio: 200,
  /** Room for a project that does not compress, and for as much that is left out. It is on disk while it is read. */
  archiveBytes: 512 * 1_048_576,
  /** A project with its dependency folders; the list of entries is the part of an archive that is in memory. */
  archiveEntries: 200_000,
  archiveDirectoryBytes: 64 * 1_048_576,
  /** A plan of more steps is several changes; each is a sentence. */
  planSteps: 50,
  planStepCharacters: 2_000,
  /** Prompts that wait behind one run; more is a list of tasks, and belongs in a file. */
  queuedRuns: 50,
  /** Rounds in which failed operations go back to the model before a run ends. */
  repairRounds: 3,
  /** Model calls in one run; a tool loop that needs more is not converging. */
  modelTurns: 60,
  /**
   * The body of one procedure call: the largest file that an edit may write takes 14 MiB as base64, or 16 MiB as JSON
   * text with each character escaped. What is larger is an import.
   */
  requestBytes: 18 * 1_048_576,
  /** What a clone has and wants, which git sends again with each round: some 50 bytes a commit. */
  gitRequestBytes: 16 * 1_048_576,
  /**
   * A push stores 40 commits a second on two busy cores, in one transaction: this many take about two minutes. The
   * history's screen was measured with as many versions.
   */
  pushedCommits: 5_000,
  /** The compressed objects of a push. Above it, the history has what is no source code. */
  pushBytes: 256 * 1_048_576,
  /** The same objects inflated: 5,000 versions of large files, and no bomb. */
  pushedObjectBytes: 1_024 * 1_048_576,
  /** Ten times what the largest of the public histories that fit in a push have. git keeps a row of each in memory. */
  pushedObjects: 500_000,
  /** Branches that are pushed at once. */
  pushedRefs: 100,
  /** A project with a front end and a back end has about ten. */
  projectChecks: 30,
  checkNameCharacters: 60,
  /** A line of shell; more is a script, and belongs in the project. */
  checkCommandCharacters: 1_000,
  /** Of what a check printed: its beginning and its end are kept. */
  checkLogBytes: 512 * 1_024,
  /** Cases that a result names. A type check of a project that lost its packages names thousands. */
  checkCases: 500,
  checkMessageCharacters: 2_000,
  pageSizeDefault: 50,
  pageSizeMax: 1_000,
} as const;
