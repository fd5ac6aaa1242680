import pages from "./pages.module.css";
import view from "./view.module.css";

/** The classes of all pages about battles: of the battle itself, and of what is around. */
const classes: Readonly<Record<string, string>> = { ...view, ...pages };

export default classes;
