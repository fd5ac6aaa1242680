import { useEffect } from "react";
import { hashOf, onAddress } from "./address";
import { BuildingCard } from "./BuildingCard";
import classes from "./Buildings.module.css";
import type { Buyer } from "./offers";

/** Show all buildings of a colony, those that stand and those that may. */
export function BuildingGrid(buyer: Buyer) {
  useEffect(showAddressed, []);
  return (
    <div className={classes.grid}>
      {Object.keys(buyer.rules.colonies.buildings).map((building) => (
        <BuildingCard key={building} building={building} {...buyer} />
      ))}
    </div>
  );
}

/** Scroll to the building that the address names, as links to what is missing do. */
function showAddressed(): () => void {
  const show = () => {
    const id = hashOf();
    const found = id === "" ? null : document.getElementById(id);
    found?.scrollIntoView({ block: "center" });
    found?.querySelector<HTMLElement>("footer button")?.focus({ preventScroll: true });
  };
  show();
  return onAddress(show);
}
