/** Limits that error messages name. The units are in the names; each comment gives the reason. */
export const limits = {
  /** A longer prompt belongs in a project file, where the model can read it in parts. */
  promptBytes: 100_000,
  /**
   * Room for the data files and bundles of real repositories. A line diff of a larger file takes too long to wait for.
   */
  textFileBytes: 8 * 1_048_576,
  /** A larger source file is data or a bundle: it contains no project declarations, and parsing it takes seconds. */
  parsedFileBytes: 1_048_576,
  /** A larger patch is too long to review: it is counted but not shown. */
  patchCharacters: 1_048_576,
  /** Room for images and fonts, small enough that one file never dominates a request. */
  binaryFileBytes: 10 * 1_048_576,
  /** What fits in a row of a list. */
  projectNameCharacters: 120,
  /** What fits in a row beside the version number. */
  labelCharacters: 80,
  /** The reason for a roll back: a few sentences. */
  noteCharacters: 500,
  /** The largest project with which import, export and the screens were measured. */
  projectFiles: 20_000,
  /** Twice the size of the largest public project used to test imports. Backups and exports grow with it. */
  projectBytes: 256 * 1_048_576,
  /** ext4 and APFS allow 255 bytes per name; 1,024 bytes in total keep a checkout possible on every common system. */
  pathBytes: 1_024,
  /** Deeper than any public project used to test imports. Each level costs a stored directory. */
  pathDepth: 32,
  /** Room for a glob that names one full path with escapes. */
  globCharacters: 2_000,
  /** Room for a line of code. */
  searchQueryCharacters: 1_000,
  /** Matching lines that one search returns. Users refine the query instead of reading more. */
  searchLines: 10_000,
  /** More files than this belong in the project as a folder. */
  attachments: 8,
  /** What fits as base64 in a request body beside the prompt. */
  attachmentsBytes: 10 * 1_048_576,
  /** The smallest limit among the providers for the size of one image. */
  imageAttachmentBytes: 5 * 1_048_576,
  /** The smallest limit among the providers for the edge of an image. */
  imagePixels: 8_000,
  /** Twice the longest prompt; about 50,000 tokens. */
  textAttachmentBytes: 200_000,
  attachmentNameCharacters: 200,
  /** Users do not compare more answers than these, and each costs as much as the first. */
  candidates: 5,
  /** Three times the longest known provider key. */
  apiKeyCharacters: 1_000,
  /** Deflate of real source reaches about 20:1; 200:1 is a bomb. */
  archiveRatio: 200,
  /**
   * Room for a project that does not compress, plus the same amount in skipped files. It is on disk while it is read.
   */
  archiveBytes: 512 * 1_048_576,
  /** Room for a project with its dependency folders. The entry list of an archive is held in memory. */
  archiveEntries: 200_000,
  archiveDirectoryBytes: 64 * 1_048_576,
  /** A plan with more steps should be several runs; each step is a sentence. */
  planSteps: 50,
  planStepCharacters: 2_000,
  /** Prompts queued behind one run. A longer list of tasks belongs in a file. */
  queuedRuns: 50,
  /** Rounds in which failed operations are returned to the model before a run ends. */
  repairRounds: 3,
  /** Model calls in one run; a tool loop that needs more is not converging. */
  modelTurns: 60,
  /**
   * The body of one procedure call. The largest file that an edit may write takes 14 MiB as base64, or 16 MiB as JSON
   * text with every character escaped. Larger content must be imported.
   */
  requestBytes: 18 * 1_048_576,
  /** The commits that a clone has and wants. git sends the list again each round, about 50 bytes per commit. */
  gitRequestBytes: 16 * 1_048_576,
  /**
   * A push stores 40 commits a second on two busy cores, in one transaction, so this many take about two minutes. The
   * history screen was measured with as many versions.
   */
  pushedCommits: 5_000,
  /** The compressed objects of a push. Larger histories contain more than source code. */
  pushBytes: 256 * 1_048_576,
  /** The same objects inflated: enough for 5,000 versions of large files, and still protects against bombs. */
  pushedObjectBytes: 1_024 * 1_048_576,
  /**
   * Ten times the object count of the largest public history that fits in a push. git holds a row for each in memory.
   */
  pushedObjects: 500_000,
  /** Branches in one push. */
  pushedRefs: 100,
  /** A project with a front end and a back end has about ten. */
  projectChecks: 30,
  checkNameCharacters: 60,
  /** Room for one shell command. A longer one belongs in a script of the project. */
  checkCommandCharacters: 1_000,
  /** Output of a check that is kept: its start and its end. */
  checkLogBytes: 512 * 1_024,
  /** Cases that a result lists. A type check with missing packages reports thousands. */
  checkCases: 500,
  checkMessageCharacters: 2_000,
  /** Development servers together take some GiB; a user compares two. */
  previews: 3,
  /** The newest output of a preview. */
  previewLogBytes: 64 * 1_024,
  /** A screenshot of 640 × 400 pixels; photographs take about half of this as PNG. */
  screenshotBytes: 1_048_576,
  /** Cases of one check that a run's record lists; the result has more. */
  candidateCheckCases: 50,
  /** The report of failing checks for the model: about 5,000 tokens. */
  checkReportCharacters: 20_000,
  /** The longest wait of a run for the checks of its candidate: twice the limits of an installation and a command. */
  checksWaitMs: 40 * 60_000,
  pageSizeDefault: 50,
  pageSizeMax: 1_000,
} as const;
