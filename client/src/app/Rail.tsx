import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { Brand } from "./Brand";
import classes from "./Layout.module.css";
import { type Destination, GROUPS, isAt } from "./navigation";
import { preload } from "./preload";

/** Lead everywhere from the left edge: icons, with labels where there is room. */
export function Rail() {
  const { t } = useTranslation("app");
  return (
    <nav className={classes.rail} aria-label={t("navigation")}>
      <Brand />
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
