export default async function ItemPage({ params }: { params: Promise<{ id: string }> }) {
  return <h1>{(await params).id}</h1>;
}
