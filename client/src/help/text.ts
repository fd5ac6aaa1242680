import type { Catalogue } from "../text/shape";

export const text = {
  en: {
    title: "Help",
    lead: "How the galaxy works, in short.",
    close: "Close",
    sheet_title: "Keyboard shortcuts",
    sheet_hint: "They rest while you type. The settings switch them off.",
    followed_by: "then",
    shortcuts: {
      general: "Everywhere",
      go: "Go to",
      map: "On the map",
      sheet: "This sheet",
      search: "Search on this page",
      escape: "Close what is open, drop the selection",
      film: "Replays",
      pan: "Move the view (with Shift: far)",
      zoom: "Nearer, farther",
      cycle: "Next own fleet or colony",
      enter: "Show what is selected; carry out the plan",
      home: "To your colony",
      all: "Select all fleets",
      follow: "Follow the fleet",
      move: "Plan a move, point by point",
      patrol: "Plan a patrol",
      coordinates: "Send to coordinates",
      stop: "Stop",
      undo: "Take back the last point",
      list: "List what is in view",
      bookmarks: "Bookmarks",
      play: "Play, pause",
      jump: "Five seconds back, forward",
      step: "One step back, forward",
      speed: "Slower, faster",
    },
    guide: {
      resources_title: "Resources",
      resources:
        "Minerals and energy build everything. The refinery yields rare elements for better ships; habitats let your population grow. Every building draws energy: where energy falls, build power plants. What does not fit into storage is not produced, so build warehouses in time.",
      colony_title: "Your colony",
      colony:
        "Up to five orders stand in line, for buildings and for ships each. They are paid at once; who cancels gets 80% back. All goes on while you are away.",
      research_title: "Research",
      research:
        "The research lab opens the tree: economy, military, expansion, diplomacy. Each level of the lab lets one more project run at a time.",
      fleets_title: "Fleets",
      fleets:
        "Ships lie in the colony until you launch them as a fleet. Orders can be queued. Nebulae and black holes block the way; a course around them is found by itself. A fleet is as fast as its slowest ship.",
      vision_title: "Seeing and being seen",
      vision:
        "You see what your sensors reach: those of colonies and of fleets. Without sight, a colony is only an icon, and fleets do not show at all. What is faded is as you last saw it.",
      battle_title: "Battles",
      battle:
        "An attack takes effect at once, then the battle goes on in steps of a second. You choose targets, formation and retreat. Each kind of ship is strong against some: fighters against bombers, bombers against big ships, frigates against fighters. The simulator tells beforehand.",
      shield_title: "The newcomer's shield",
      shield:
        "Nobody attacks your colonies for the first three days, unless you attack first. Fleets in space are not shielded.",
      sync_title: "Honest figures",
      sync: "What is hatched and carries an hourglass has been ordered but not confirmed by the server yet. The badge at the top says how fresh everything is.",
    },
    tutorial_title: "First steps",
    tutorial_text:
      "A few short steps lead you from the first mine to the first victory.",
    tutorial_show: "Show the first steps",
  },
  de: {
    title: "Hilfe",
    lead: "Wie die Galaxie funktioniert, kurz gesagt.",
    close: "Schließen",
    sheet_title: "Tastenkürzel",
    sheet_hint: "Beim Tippen ruhen sie. In den Einstellungen kannst du sie abschalten.",
    followed_by: "dann",
    shortcuts: {
      general: "Überall",
      go: "Gehe zu",
      map: "Auf der Karte",
      sheet: "Diese Übersicht",
      search: "Auf dieser Seite suchen",
      escape: "Offenes schließen, Auswahl aufheben",
      film: "Aufzeichnungen",
      pan: "Ausschnitt verschieben (mit Umschalt: weit)",
      zoom: "Näher, weiter weg",
      cycle: "Nächste eigene Flotte oder Kolonie",
      enter: "Ausgewähltes zeigen; Plan ausführen",
      home: "Zu deiner Kolonie",
      all: "Alle Flotten auswählen",
      follow: "Der Flotte folgen",
      move: "Flug planen, Punkt für Punkt",
      patrol: "Patrouille planen",
      coordinates: "Zu Koordinaten schicken",
      stop: "Anhalten",
      undo: "Letzten Punkt zurücknehmen",
      list: "Auflisten, was zu sehen ist",
      bookmarks: "Lesezeichen",
      play: "Abspielen, anhalten",
      jump: "Fünf Sekunden zurück, vor",
      step: "Einen Schritt zurück, vor",
      speed: "Langsamer, schneller",
    },
    guide: {
      resources_title: "Rohstoffe",
      resources:
        "Aus Mineralien und Energie entsteht alles. Die Raffinerie liefert seltene Elemente für bessere Schiffe; Habitate lassen deine Bevölkerung wachsen. Jedes Gebäude verbraucht Energie: Wo sie sinkt, bau Kraftwerke. Was nicht ins Lager passt, wird nicht gefördert, also bau rechtzeitig Lagerhäuser.",
      colony_title: "Deine Kolonie",
      colony:
        "Bis zu fünf Aufträge stehen Schlange, je für Gebäude und für Schiffe. Bezahlt wird sofort; wer abbricht, bekommt 80 % zurück. Alles läuft weiter, während du weg bist.",
      research_title: "Forschung",
      research:
        "Das Forschungslabor öffnet den Baum: Wirtschaft, Militär, Expansion, Diplomatie. Mit jeder Stufe des Labors kann ein Projekt mehr zugleich laufen.",
      fleets_title: "Flotten",
      fleets:
        "Schiffe liegen in der Kolonie, bis du sie als Flotte starten lässt. Befehle lassen sich einreihen. Nebel und Schwarze Löcher versperren den Weg; ein Kurs um sie herum findet sich von selbst. Eine Flotte ist so schnell wie ihr langsamstes Schiff.",
      vision_title: "Sehen und gesehen werden",
      vision:
        "Du siehst, wohin deine Sensoren reichen: die der Kolonien und die der Flotten. Ohne Sicht ist eine Kolonie nur ein Zeichen, und Flotten siehst du gar nicht. Was blass ist, zeigt den Stand, als du es zuletzt gesehen hast.",
      battle_title: "Schlachten",
      battle:
        "Ein Angriff wirkt sofort, dann geht die Schlacht in Schritten von einer Sekunde weiter. Du wählst Ziele, Formation und Rückzug. Jede Schiffsart ist gegen andere stark: Jäger gegen Bomber, Bomber gegen große Schiffe, Fregatten gegen Jäger. Der Simulator zeigt es dir vorher.",
      shield_title: "Der Schild für Neulinge",
      shield:
        "In den ersten drei Tagen greift niemand deine Kolonien an, außer du greifst zuerst an. Flotten im All schützt der Schild nicht.",
      sync_title: "Ehrliche Zahlen",
      sync: "Was schraffiert ist und eine Sanduhr trägt, hast du befohlen, aber der Server hat es noch nicht bestätigt. Das Zeichen oben sagt, wie frisch alles ist.",
    },
    tutorial_title: "Erste Schritte",
    tutorial_text:
      "Ein paar kurze Schritte führen dich von der ersten Mine zum ersten Sieg.",
    tutorial_show: "Erste Schritte zeigen",
  },
} satisfies Catalogue;
