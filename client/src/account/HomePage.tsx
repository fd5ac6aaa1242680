import { useStore } from "zustand";
import { session } from "../sync";
import LoginPage from "./LoginPage";
import RegisterPage from "./RegisterPage";

/** Welcome who is new; let who was here a moment ago come back. */
export default function HomePage() {
  const ended = useStore(session, (one) => one.ended);
  return ended === null ? <RegisterPage /> : <LoginPage />;
}
