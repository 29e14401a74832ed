export default function Home() {
  return <main>A page of a project without Next</main>;
}
