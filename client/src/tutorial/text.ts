import type { Catalogue } from "../text/shape";

export const text = {
  en: {
    title: "First steps",
    progress: "Step {{step}} of {{steps}}",
    show: "Show me",
    go_on: "Go on",
    skip: "Skip step",
    fold: "Fold the first steps",
    unfold: "Unfold the first steps",
    hide: "Put the first steps away",
    hidden_hint: "Settings and help bring them back.",
    waits: "Possible in",
    all_steps: "All steps",
    done: "done",
    current: "now",
    now: "Next: {{title}}",
    fight: "Fight the pirates",
    watch: "Watch the battle",
    again: "Fight again",
    finale_title: "You have won!",
    finale_text:
      "The pirates are beaten, and you know all it takes: a colony that grows, eyes in the dark, a fleet, and a first victory. The galaxy is open to you.",
    finale_map: "To the map",
    finale_arenas: "Into the arena",
    finish: "Finish",
    steps: {
      welcome: {
        title: "Welcome, commander",
        why: "This is your first colony. At the top you see what it holds and how fast that grows, even while you are away.",
      },
      mine: {
        title: "Build a mine",
        why: "Minerals are in everything you build. A mine triples what your colony digs by itself.",
      },
      power_plant: {
        title: "Build a power plant",
        why: "Every building draws energy. Keep a plant ahead of your needs, and nothing stands still.",
      },
      map: {
        title: "Look at the map",
        why: "While they build: find your colony. What is dark is out of your sensors' reach.",
      },
      shipyard: {
        title: "Build a shipyard",
        why: "Here your ships are built. It needs a mine and a power plant.",
      },
      research_lab: {
        title: "Build a research lab",
        why: "It waits in line behind the shipyard, and then opens the tree of 24 technologies.",
      },
      train: {
        title: "Train a scout",
        why: "Scouts are cheap, fast and far-sighted. One is ready in seconds. A fighter will do, too.",
      },
      launch: {
        title: "Launch a fleet",
        why: "Ships stand in the colony until you launch them. Then they are a fleet that takes your orders.",
      },
      move: {
        title: "Send it somewhere",
        why: "Select your fleet on the map and right-click a place (on a touch screen: hold). Or give coordinates on the fleet's page.",
      },
      research: {
        title: "Begin your first research",
        why: "Each level makes your whole empire better for good. Mining drills pay off at once.",
      },
      skirmish: {
        title: "Beat the pirates",
        why: "A practice battle in which nothing is at stake: your borrowed fleet against a weaker band. Watch, give orders, win.",
      },
    },
  },
  de: {
    title: "Erste Schritte",
    progress: "Schritt {{step}} von {{steps}}",
    show: "Zeig es mir",
    go_on: "Weiter",
    skip: "Überspringen",
    fold: "Erste Schritte einklappen",
    unfold: "Erste Schritte ausklappen",
    hide: "Erste Schritte weglegen",
    hidden_hint: "Über Einstellungen und Hilfe kommen sie zurück.",
    waits: "Möglich in",
    all_steps: "Alle Schritte",
    done: "erledigt",
    current: "jetzt",
    now: "Als Nächstes: {{title}}",
    fight: "Gegen die Piraten kämpfen",
    watch: "Der Schlacht zusehen",
    again: "Noch einmal kämpfen",
    finale_title: "Du hast gewonnen!",
    finale_text:
      "Die Piraten sind geschlagen, und du kannst alles, was es braucht: eine Kolonie, die wächst, Augen im Dunkeln, eine Flotte und einen ersten Sieg. Die Galaxie steht dir offen.",
    finale_map: "Zur Karte",
    finale_arenas: "In die Arena",
    finish: "Abschließen",
    steps: {
      welcome: {
        title: "Willkommen an Bord",
        why: "Das ist deine erste Kolonie. Oben siehst du, was sie hat und wie schnell das wächst, auch während du weg bist.",
      },
      mine: {
        title: "Bau eine Mine",
        why: "In allem, was du baust, stecken Mineralien. Eine Mine verdreifacht, was deine Kolonie von selbst fördert.",
      },
      power_plant: {
        title: "Bau ein Kraftwerk",
        why: "Jedes Gebäude braucht Energie. Sei deinem Bedarf ein Kraftwerk voraus, dann steht nichts still.",
      },
      map: {
        title: "Sieh dir die Karte an",
        why: "Während gebaut wird: Such deine Kolonie. Wo es dunkel ist, reichen deine Sensoren nicht hin.",
      },
      shipyard: {
        title: "Bau eine Werft",
        why: "Hier entstehen deine Schiffe. Sie braucht eine Mine und ein Kraftwerk.",
      },
      research_lab: {
        title: "Bau ein Forschungslabor",
        why: "Es wartet hinter der Werft in der Schlange und öffnet dann den Baum mit 24 Technologien.",
      },
      train: {
        title: "Bilde einen Späher aus",
        why: "Späher sind billig, schnell und sehen weit. In Sekunden ist einer bereit. Ein Jäger tut es auch.",
      },
      launch: {
        title: "Lass eine Flotte starten",
        why: "Schiffe liegen in der Kolonie, bis du sie starten lässt. Dann sind sie eine Flotte, die deinen Befehlen folgt.",
      },
      move: {
        title: "Schick sie auf den Weg",
        why: "Wähl deine Flotte auf der Karte und klick mit rechts auf einen Ort (auf dem Touchscreen: gedrückt halten). Oder gib auf der Seite der Flotte Koordinaten an.",
      },
      research: {
        title: "Beginne deine erste Forschung",
        why: "Jede Stufe macht dein ganzes Reich auf Dauer besser. Minenbohrer lohnen sich sofort.",
      },
      skirmish: {
        title: "Schlag die Piraten",
        why: "Eine Übungsschlacht, bei der nichts auf dem Spiel steht: deine geliehene Flotte gegen eine schwächere Bande. Sieh zu, gib Befehle, gewinne.",
      },
    },
  },
} satisfies Catalogue;
