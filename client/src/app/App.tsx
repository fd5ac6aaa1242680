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
          <Route>{isPage(path) ? <Redirect to={way(status)} /> : <NotFound />}</Route>
        </Switch>
      </Suspense>
    </Failure>
  );
}

/** Where a page leads to that is not open to whoever asks for it. */
function way(status: Session["status"]): string {
  return status === "out" ? "/login" : "/";
}
