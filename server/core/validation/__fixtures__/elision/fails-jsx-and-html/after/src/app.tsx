export function App() {
  return (
    <main>
      {/* ... other sections ... */}
    </main>
  );
}
