const App = () => <div />;
export default App;
