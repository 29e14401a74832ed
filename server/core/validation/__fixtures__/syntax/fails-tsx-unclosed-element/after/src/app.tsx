export function App() {
  return (
    <main>
      <h1>Tasks</h1>
      <section>
        <p>None</p>
    </main>
  );
}
