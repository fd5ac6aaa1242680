import { Suspense } from "react";
import { Redirect, Route, Switch, useLocation } from "wouter";
import { useSession } from "../sync";
import type { Session } from "../sync/session";
import { Failure } from "./Failure";
import { Gate } from "./Gate";
import { GuestLayout } from "./GuestLayout";
import { Layout } from "./Layout";
import { NotFound } from "./NotFound";
import { isOpen, isPage, ROUTES } from "./routes";
import { Splash } from "./Splash";

/** Show the game, or the way into it. */
export function App() {
  const { status } = useSession();
  if (status === "unknown") return <Splash />;
  const Frame = status === "in" ? Layout : GuestLayout;
  return (
    <Frame>
      <Pages status={status} />
    </Frame>
  );
}

function Pages({ status }: { status: Session["status"] }) {
  const [path] = useLocation();
  const open = ROUTES.filter((one) => isOpen(one, status));
  return (
    <Failure key={path}>
      <Suspense fallback={<Splash />}>
        <Switch>
          {open.map((one) => (
            <Route key={`${one.access} ${one.path}`} path={one.path}>
              <Gate access={one.access}>
                <one.Page />
              </Gate>
            </Route>
          ))}
          <Route>{isPage(path) ? <Elsewhere status={status} /> : <NotFound />}</Route>
        </Switch>
      </Suspense>
    </Failure>
  );
}

/** Lead away from a page that is not open; after the login, to what was wanted. */
function Elsewhere({ status }: { status: Session["status"] }) {
  if (status === "in") return <Redirect to={wanted(window.history.state)} replace />;
  const { pathname, search } = window.location;
  const state = { wanted: pathname + search };
  return <Redirect to={status === "out" ? "/login" : "/"} state={state} replace />;
}

/** Read where somebody wanted to go before the login; the overview by default. */
export function wanted(state: unknown): string {
  const told = (state as { wanted?: unknown } | null)?.wanted;
  const isOurs = typeof told === "string" && /^\/(?!\/)/.test(told);
  return isOurs ? told : "/";
}
