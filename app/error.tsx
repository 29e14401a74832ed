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
      Part of this page failed. Stored data is not affected, and your runs continue on the server.
    </MessagePage>
  );
}
