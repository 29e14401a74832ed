import type { NextApiRequest, NextApiResponse } from "next";

export default async function handler(req: NextApiRequest, res: NextApiResponse) {
  switch (req.method) {
    case "GET":
      return res.json({});
    case "DELETE":
      return res.status(204).end();
  }
  if (req.method !== "PATCH") return res.status(405).end();
}
