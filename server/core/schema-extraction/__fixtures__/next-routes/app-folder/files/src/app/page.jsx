export default () => <main />;
