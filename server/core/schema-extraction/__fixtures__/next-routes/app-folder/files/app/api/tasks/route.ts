import { NextResponse } from "next/server";

export const dynamic = "force-dynamic";

export async function GET() {
  return NextResponse.json([]);
}

export const POST = async (request: Request) => NextResponse.json(await request.json(), { status: 201 });

async function remove() {}

export { remove as DELETE };
