export function App() {
  return (
    <main>
      <h1>Tasks</h1>
    </main>
  );
}
