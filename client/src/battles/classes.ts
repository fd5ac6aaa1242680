import pages from "./pages.module.css";
import view from "./view.module.css";

/** The classes of all pages about battles; a name that both files style has both. */
const classes: Readonly<Record<string, string>> = Object.fromEntries(
  [...new Set([...Object.keys(view), ...Object.keys(pages)])].map((name) => [
    name,
    [view[name], pages[name]].filter(Boolean).join(" "),
  ]),
);

export default classes;
