/** How Ollama's API is called: `apiUrl` has no slash at its end, and `fetch` reaches nothing else. */
export type OllamaServer = { apiUrl: string; headers: Record<string, string>; fetch: typeof globalThis.fetch };
