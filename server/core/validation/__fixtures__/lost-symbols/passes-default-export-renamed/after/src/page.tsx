export default function HomePage() {
  return <p>b</p>;
}
