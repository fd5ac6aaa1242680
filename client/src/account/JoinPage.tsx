import { Button, Loader } from "@mantine/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { http, joinGalaxy, logout, type Refusal } from "../sync";
import { formatFull, RefusalText } from "../ui";
import { AccountFrame } from "./AccountFrame";
import classes from "./account.module.css";

interface Galaxy {
  readonly id: string;
  readonly planets: number;
  readonly joined: boolean;
}

/** Choose a galaxy to begin in; where there is only one, begin there at once. */
export default function JoinPage() {
  const { t } = useTranslation("account");
  return (
    <AccountFrame title={t("join_title")}>
      <Join />
    </AccountFrame>
  );
}

function Join() {
  const { t } = useTranslation("account");
  const [galaxies, setGalaxies] = useState<readonly Galaxy[] | null>(null);
  const [error, setError] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  const join = useCallback(async (id: string) => {
    setBusy(true);
    setError(null);
    const done = await joinGalaxy(id);
    if (done.ok) return; // the page changes: we stay busy until it does
    setBusy(false);
    setError(done.error);
  }, []);

  const look = useCallback(async () => {
    setError(null);
    const answer = await http.get<readonly Galaxy[]>("/galaxies");
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    setGalaxies(answer.data);
    const [first, ...others] = answer.data;
    const home = answer.data.find((one) => one.joined);
    if (home !== undefined) await join(home.id);
    else if (first !== undefined && others.length === 0) await join(first.id);
  }, [join]);

  const isBegun = useRef(false);
  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    void look();
  }, [look]);

  return (
    <div className={classes.form}>
      <div>
        <h1 className={classes.title} tabIndex={-1} data-page-title>
          {t("join_title")}
        </h1>
        <p className={classes.lead}>{t("join_lead")}</p>
      </div>
      {isBusy || (galaxies === null && error === null) ? (
        <p className={classes.waiting} role="status">
          <Loader size="sm" /> {t("joining")}
        </p>
      ) : (
        <Choices galaxies={galaxies ?? []} onJoin={join} />
      )}
      <RefusalText error={error} />
      {error !== null && (
        <Button variant="default" onClick={() => void look()}>
          {t("again")}
        </Button>
      )}
      <Button variant="subtle" size="xs" onClick={() => void logout()}>
        {t("logout")}
      </Button>
    </div>
  );
}

function Choices({
  galaxies,
  onJoin,
}: {
  galaxies: readonly Galaxy[];
  onJoin: (id: string) => void;
}) {
  const { t } = useTranslation("account");
  return (
    <ul className={classes.galaxies}>
      {galaxies.map(({ id, planets }) => (
        <li key={id}>
          <div>
            <strong>{t("galaxy", { id })}</strong>
            <p className={classes.lead}>
              {t("planets", { planets: formatFull(planets) })}
            </p>
          </div>
          <Button onClick={() => onJoin(id)}>{t("join")}</Button>
        </li>
      ))}
    </ul>
  );
}
