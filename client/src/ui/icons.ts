export {
  BuildingEmblem as BuildingIcon,
  UnitEmblem as UnitIcon,
} from "../colony/emblems";
