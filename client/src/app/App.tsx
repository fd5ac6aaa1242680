import { Title } from "@mantine/core";

/** Show the game, or the way into it. */
export function App() {
  return <Title>Galactic Dominion</Title>;
}
