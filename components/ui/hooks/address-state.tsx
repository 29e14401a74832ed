"use client";

import { usePathname, useSearchParams } from "next/navigation";
import {
  renderQueryString,
  unstable_createAdapterProvider as createAdapterProvider,
  type unstable_AdapterInterface as Adapter,
  type unstable_UpdateUrlFunction as UpdateUrl,
} from "nuqs/adapters/custom";
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";

const AddressContext = createContext<Adapter | null>(null);

const AddressAdapter = createAdapterProvider(() => {
  const adapter = use(AddressContext);
  if (adapter === null) throw new Error("The state of an address is read outside AddressState.");
  return adapter;
});

/**
 * A page's state in its address. Read from the router, but written directly with the History API: the router
 * re-renders on each write and briefly restores the previous address, which a reload would then open. The router's own
 * state is copied to each entry, so back and forward still work.
 */
export function AddressState({ children }: { children: ReactNode }) {
  const told = useSearchParams();
  const pathname = usePathname();
  const [here, setHere] = useState<{ behind: typeof told; search: URLSearchParams } | null>(null);
  const searchParams = here?.behind === told ? here.search : told;
  const updateUrl = useCallback<UpdateUrl>(
    (search, { history }) => {
      // Writes are delayed. By now the user may have left the page.
      if (window.location.pathname !== pathname) return;
      const { origin, hash } = window.location;
      const url = `${origin}${pathname}${renderQueryString(search)}${hash}`;
      if (history === "push") window.history.pushState(window.history.state, "", url);
      else window.history.replaceState(window.history.state, "", url);
      setHere({ behind: told, search: new URLSearchParams(search) });
    },
    [told, pathname],
  );
  useEffect(() => {
    // The router reports no change if a step leads to the address that it knew last.
    const onStep = () => {
      if (window.location.pathname === pathname)
        setHere({ behind: told, search: new URLSearchParams(window.location.search) });
    };
    window.addEventListener("popstate", onStep);
    return () => window.removeEventListener("popstate", onStep);
  }, [told, pathname]);
  const adapter = useMemo(() => ({ searchParams, pathname, updateUrl }), [searchParams, pathname, updateUrl]);
  return (
    <AddressContext value={adapter}>
      <AddressAdapter>{children}</AddressAdapter>
    </AddressContext>
  );
}
