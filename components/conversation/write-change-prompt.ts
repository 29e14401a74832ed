/** The prompt that turns an answer into a change: what was asked, what was answered, and that it is to be done. */
export function writeChangePrompt({ question, answer }: { question: string; answer: string }): string {
  return `Make the change that this answer describes.\n\nQuestion: ${question.trim()}\n\nAnswer:\n${answer.trim()}`;
}
