import { MessagePage } from "#components/shell/message-page.tsx";
import { buttonClass } from "#components/ui/button.tsx";
import { Link } from "#components/ui/link.tsx";

export default function NotFound() {
  return (
    <MessagePage
      title="Page not found"
      action={
        <Link href="/" className={buttonClass({ look: "primary" })}>
          All projects
        </Link>
      }
    >
      There is no page at this address. Nothing was changed. Every version of a project is listed in its history.
    </MessagePage>
  );
}
