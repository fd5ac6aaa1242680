import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useEmpire } from "../sync";
import classes from "./Colony.module.css";

/** Switch between one's colonies; nothing where there is only one. */
export function ColonySwitch({ colony }: { colony: string }) {
  const { t } = useTranslation("colony");
  const colonies = useEmpire((empire) => empire.colonies);
  const all = Object.values(colonies).sort((a, b) => a.founded_ms - b.founded_ms);
  if (all.length < 2) return null;
  return (
    <nav className={classes.switch} aria-label={t("switch_colony")}>
      {all.map(({ id, name, battle, occupier }) => (
        <Link
          key={id}
          href={`/colonies/${id}`}
          aria-current={id === colony ? "page" : undefined}
          data-danger={battle || occupier ? true : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
