package locale

import "github.com/bwmarrin/discordgo"

func german() Language {
	return Language{
		Locales: []discordgo.Locale{discordgo.German},
		Commands: map[string]Wording{
			"seed":     {"seed", "Den Seed eines fertigen Midjourney-Jobs holen"},
			"Get seed": {"Seed holen", ""},

			"seeds":           {"seeds", "Die Seeds, die hier bisher gefunden wurden"},
			"seeds history":   {"verlauf", "Die hier gefundenen Seeds auflisten, neueste zuerst"},
			"seeds search":    {"suchen", "Die hier gefundenen Seeds durchsuchen"},
			"seeds show":      {"zeigen", "Eine Karte noch einmal zeigen"},
			"seeds last":      {"letzte", "Deine neueste Karte zeigen"},
			"seeds add":       {"hinzufügen", "Einen bekannten Seed festhalten: Midjourneys ✉️-Antwort, oder Prompt und Seed"},
			"seeds compare":   {"vergleichen", "Zwei Karten nebeneinander: warum ihre Bilder sich unterscheiden"},
			"seeds star":      {"stern", "Einer Karte deinen Stern geben"},
			"seeds unstar":    {"stern-weg", "Deinen Stern von einer Karte nehmen"},
			"seeds export":    {"export", "Karten als Datei, für Tabellen, zum Import oder zum Lesen"},
			"seeds import":    {"import", "Karten und Rezepte hereinholen: eine meiner CSV- oder JSON-Dateien, oder ein Text mit ✉️-Antworten"},
			"seeds delete":    {"löschen", "Eine Karte löschen; 15 Minuten lang umkehrbar"},
			"seeds forget-me": {"vergiss-mich", "Deine privaten Karten hier löschen und deinen Namen von den übrigen nehmen"},

			"Copy prompt with seed": {"Prompt mit Seed kopieren", ""},
			"Record this ✉️ answer": {"Diese ✉️-Antwort festhalten", ""},
			"Compare with…":         {"Vergleichen mit…", ""},
			"Seed history":          {"Seed-Verlauf", ""},

			"recipe":          {"rezept", "Prompts mit Seed und Namen, für den ganzen Server"},
			"recipe use":      {"nutzen", "Den Prompt eines Rezepts holen, fertig zum Einfügen"},
			"recipe save":     {"speichern", "Prompt und Seed einer Karte unter einem Namen speichern"},
			"recipe show":     {"zeigen", "Ein Rezept zeigen"},
			"recipe list":     {"liste", "Die Rezepte auflisten, Standards des Teams zuerst"},
			"recipe edit":     {"ändern", "Eine neue Fassung eines Rezepts machen"},
			"recipe log":      {"protokoll", "Die Fassungen eines Rezepts und was sich geändert hat"},
			"recipe rename":   {"umbenennen", "Einem Rezept einen anderen Namen geben"},
			"recipe delete":   {"löschen", "Ein Rezept mit allen Fassungen löschen"},
			"recipe standard": {"standard", "Ein Rezept zum Standard des Teams machen, oder nicht mehr"},

			"seedbot":          {"seedbot", "Einstellungen und Zustand des Bots, für die Serververwaltung"},
			"seedbot settings": {"einstellungen", "Wo und wer fragen darf, was behalten wird und wie lange"},
			"seedbot status":   {"status", "Version, Zustand der Midjourney-Verbindung, letzte Probleme"},
			"seedbot accounts": {"konten", "Von welchen Midjourney-Konten dieser Server Jobs lesen darf"},
			"seedbot audit":    {"protokoll", "Wer hier was geändert hat"},

			"help": {"hilfe", "Wie man anfängt, was ein Seed tut und was behalten wird"},
		},
		Options: map[string]Wording{
			"seed/job":     {"job", "Job-ID, Nachrichtenlink oder Kartennummer, oder \"last\" für deine neueste Karte"},
			"seed/private": {"privat", "Die Antwort nur dir zeigen"},
			"/private":     {"privat", "Nur dir zeigen (ohne Angabe: ja)"},

			"/by":                 {"von", "Nur was dieses Mitglied angefragt hat"},
			"/in":                 {"in", "Nur was in diesem Kanal beantwortet wurde"},
			"/since":              {"seit", "Wie weit zurück"},
			"/starred":            {"mit-stern", "Nur Karten mit Stern"},
			"/version":            {"version", "Nur diese Modellversion"},
			"seeds search/text":   {"text", "Wörter, \"eine Wendung\", -Wort, Anfang*, seed:123, tag:name, --ar 16:9"},
			"/tag":                {"schlagwort", "Nur Karten mit diesem Schlagwort"},
			"/card":               {"karte", "Kartennummer, oder Wörter ihres Prompts"},
			"seeds compare/a":     {"a", "Die erste Karte: ihre Nummer, oder Wörter ihres Prompts"},
			"seeds compare/b":     {"b", "Die zweite Karte: ihre Nummer, oder Wörter ihres Prompts"},
			"seeds export/what":   {"was", "Welche Karten"},
			"seeds export/format": {"format", "Welche Art von Datei"},
			"seeds export/text":   {"text", "Wonach gesucht wird, wie in /seeds suchen"},
			"seeds import/file":   {"datei", "Eine Datei von höchstens 10 MiB"},

			"/name":                {"name", "Name des Rezepts"},
			"recipe save/name":     {"name", "Ein neuer Name, 2 bis 60 Zeichen"},
			"recipe rename/to":     {"neu", "Ein neuer Name, 2 bis 60 Zeichen"},
			"recipe save/tags":     {"schlagwörter", "Schlagwörter, durch Kommas getrennt"},
			"recipe show/revision": {"fassung", "Eine frühere Fassung (ohne Angabe: die neueste)"},
			"recipe list/tag":      {"schlagwort", "Nur Rezepte mit diesem Schlagwort"},
			"recipe list/by":       {"von", "Nur Rezepte von diesem Mitglied"},
			"recipe edit/card":     {"karte", "Diese Karte als Beleg hinzufügen, statt das Formular zu öffnen"},
			"recipe standard/mark": {"zeichen", "Ob es ein Standard des Teams ist"},

			"seedbot audit/by": {"von", "Nur was dieses Mitglied getan hat"},
			"help/topic":       {"thema", "Was du wissen möchtest"},
		},
		Choices: map[string]string{
			"since=day": "die letzten 24 Stunden", "since=week": "die letzten 7 Tage", "since=month": "der letzte Monat",
			"since=quarter": "die letzten 3 Monate", "since=year": "das letzte Jahr", "since=all": "alles",
			"what=mine":       "meine: alles, was ich angefragt habe",
			"what=starred":    "mit Stern: jede Karte mit einem Stern",
			"what=search":     "Suche: was die Option text findet",
			"what=server":     "Server: alles, was alle sehen, auch Rezepte (Server verwalten)",
			"format=csv":      "CSV, für Tabellen und zum Import",
			"format=json":     "JSON, mit allem, zum Import",
			"format=markdown": "Markdown, zum Lesen",
			"mark=on":         "An", "mark=off": "Aus",
			"topic=start": "Anfangen", "topic=seeds": "Seeds erklärt", "topic=different": "Warum ist es anders?",
			"topic=privacy": "Datenschutz", "topic=commands": "Befehle",
		},
	}
}
