/** The document's title. React hoists it into the head; each page renders exactly one. */
export function PageTitle({ text }: { text: string }) {
  return <title>{`${text} · Graft`}</title>;
}
