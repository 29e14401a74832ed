export default function Index() {
  return <p>Known by the manifest</p>;
}
