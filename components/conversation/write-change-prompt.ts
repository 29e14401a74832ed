/** The prompt that turns an answer into a change: the question, the answer, and the request to do it. */
export function writeChangePrompt({ question, answer }: { question: string; answer: string }): string {
  return `Make the change that this answer describes.\n\nQuestion: ${question.trim()}\n\nAnswer:\n${answer.trim()}`;
}
