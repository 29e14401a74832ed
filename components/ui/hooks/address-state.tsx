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
 * What a page keeps in its address. It is read from the router and written past it: the router renders for each write,
 * and while it does it puts the address before last back for a moment, which a reload then goes to. The router's own
 * state goes on with each entry, so that steps back and forward work as ever.
 */
export function AddressState({ children }: { children: ReactNode }) {
  const told = useSearchParams();
  const pathname = usePathname();
  const [here, setHere] = useState<{ behind: typeof told; search: URLSearchParams } | null>(null);
  const searchParams = here?.behind === told ? here.search : told;
  const updateUrl = useCallback<UpdateUrl>(
    (search, { history }) => {
      // A write waits a moment, and a person may have left in it.
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
    // The router tells no change where a step leads to the address that it last knew.
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
