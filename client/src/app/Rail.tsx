import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import classes from "./Layout.module.css";
import { type Destination, GROUPS, isAt } from "./navigation";
import { preload } from "./preload";

/** Lead everywhere from the left edge: icons, with labels where there is room. */
export function Rail() {
  const { t } = useTranslation("app");
  return (
    <nav className={classes.rail} aria-label={t("navigation")}>
      <Link href="/" className={classes.brand} aria-label={t("name")}>
        <Emblem />
        <span className={classes.brandName}>{t("name")}</span>
      </Link>
      {GROUPS.map(({ name, destinations }) => (
        <div key={name} className={classes.group}>
          <p className={classes.groupName} aria-hidden="true">
            {t(`group.${name}`)}
          </p>
          {destinations.map((one) => (
            <NavigationLink key={one.path} destination={one} />
          ))}
        </div>
      ))}
    </nav>
  );
}

/** Lead to a destination; its code is fetched as soon as the pointer nears. */
export function NavigationLink({ destination }: { destination: Destination }) {
  const { t } = useTranslation("app");
  const [path] = useLocation();
  const { icon: Icon, name, path: href } = destination;
  return (
    <Link
      href={href}
      className={classes.link}
      title={t(`nav.${name}`)}
      aria-current={isAt(destination, path) ? "page" : undefined}
      data-tour={`open-${name}`}
      onPointerEnter={() => preload(href)}
      onFocus={() => preload(href)}
    >
      <Icon size={20} stroke={1.7} aria-hidden="true" />
      <span className={classes.linkName}>{t(`nav.${name}`)}</span>
    </Link>
  );
}

function Emblem() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <ellipse
        cx="16"
        cy="16"
        rx="14"
        ry="5.4"
        fill="none"
        stroke="var(--gd-accent)"
        strokeWidth="1.6"
        transform="rotate(-28 16 16)"
      />
      <circle cx="16" cy="16" r="5.4" fill="var(--gd-gold)" />
      <circle cx="27.2" cy="9" r="1.9" fill="var(--gd-text)" />
    </svg>
  );
}
