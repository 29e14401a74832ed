"use client";

import { useEffect } from "react";
import { MessagePage } from "#components/shell/message-page.tsx";
import { Button } from "#components/ui/button.tsx";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  return (
    <MessagePage
      title="This page failed"
      action={
        <Button look="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      Something on this page went wrong while it was shown. What is stored is not touched by that, and runs go on at the
      server.
    </MessagePage>
  );
}
