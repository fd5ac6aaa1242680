import { useTranslation } from "react-i18next";
import { Redirect } from "wouter";
import { useEmpire } from "../sync";
import { Page } from "../ui";
import { ColonyCard } from "./ColonyCard";
import classes from "./ColonyCard.module.css";

/** List one's colonies; who has only one is led there at once. */
export default function ColoniesPage() {
  const { t } = useTranslation("colony");
  const colonies = useEmpire((empire) => empire.colonies);
  const all = Object.values(colonies).sort((a, b) => a.founded_ms - b.founded_ms);
  const [only] = all;
  if (only && all.length === 1) return <Redirect to={`/colonies/${only.id}`} replace />;
  return (
    <Page title={t("colonies")} lead={t("colonies_lead", { count: all.length })}>
      <div className={classes.cards}>
        {all.map((colony) => (
          <ColonyCard key={colony.id} colony={colony} />
        ))}
      </div>
    </Page>
  );
}
