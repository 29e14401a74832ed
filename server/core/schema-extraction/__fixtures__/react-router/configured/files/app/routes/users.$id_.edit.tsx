import { useLoaderData } from "@remix-run/react";

export async function loader() {
  return null;
}

export default function EditUser() {
  return <p>{useLoaderData()}</p>;
}
