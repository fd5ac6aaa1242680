import { useParams } from "wouter";
import { BattleRoomView } from "./live/BattleRoomView";

/** Show one battle as it goes on: `/battles/:id`, and `/arenas/:id` with its lobby. */
export default function BattlePage() {
  const { id = "" } = useParams();
  return <BattleRoomView key={id} id={id} />;
}
