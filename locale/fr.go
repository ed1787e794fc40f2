package locale

import "github.com/bwmarrin/discordgo"

func french() Language {
	return Language{
		Locales: []discordgo.Locale{discordgo.French},
		Commands: map[string]Wording{
			"seed":     {"seed", "Obtenir la seed d'un job Midjourney terminé"},
			"Get seed": {"Obtenir la seed", ""},

			"seeds":           {"seeds", "Les seeds trouvées ici jusqu'à présent"},
			"seeds history":   {"historique", "Lister les seeds trouvées ici, les plus récentes d'abord"},
			"seeds search":    {"chercher", "Chercher parmi les seeds trouvées ici"},
			"seeds show":      {"montrer", "Montrer une fiche à nouveau"},
			"seeds last":      {"dernière", "Montrer ta fiche la plus récente"},
			"seeds add":       {"ajouter", "Garder une seed connue : la réponse ✉️ de Midjourney, ou un prompt et sa seed"},
			"seeds compare":   {"comparer", "Mettre deux fiches côte à côte et voir pourquoi leurs images diffèrent"},
			"seeds star":      {"étoile", "Donner ton étoile à une fiche"},
			"seeds unstar":    {"retirer-étoile", "Retirer ton étoile d'une fiche"},
			"seeds export":    {"exporter", "Des fiches en fichier, pour un tableur, pour l'import ou à lire"},
			"seeds import":    {"importer", "Reprendre des fiches et des recettes : un de mes fichiers CSV ou JSON, ou un texte de réponses ✉️"},
			"seeds delete":    {"supprimer", "Supprimer une fiche ; annulable pendant 15 minutes"},
			"seeds forget-me": {"oublie-moi", "Effacer ici tes fiches privées et ôter ton nom des autres"},

			"Copy prompt with seed": {"Copier le prompt avec seed", ""},
			"Record this ✉️ answer": {"Garder cette réponse ✉️", ""},
			"Compare with…":         {"Comparer avec…", ""},
			"Seed history":          {"Historique des seeds", ""},

			"recipe":          {"recette", "Des prompts nommés avec leur seed, pour tout le serveur"},
			"recipe use":      {"utiliser", "Obtenir le prompt d'une recette, prêt à coller"},
			"recipe save":     {"enregistrer", "Enregistrer le prompt et la seed d'une fiche sous un nom"},
			"recipe show":     {"montrer", "Montrer une recette"},
			"recipe list":     {"liste", "Lister les recettes, les standards de l'équipe d'abord"},
			"recipe edit":     {"modifier", "Faire une nouvelle révision d'une recette"},
			"recipe log":      {"journal", "Les révisions d'une recette et ce qui a changé"},
			"recipe rename":   {"renommer", "Donner un autre nom à une recette"},
			"recipe delete":   {"supprimer", "Supprimer une recette avec toutes ses révisions"},
			"recipe standard": {"standard", "Faire d'une recette un standard de l'équipe, ou non"},

			"seedbot":          {"seedbot", "Réglages et état de ce bot, pour qui gère le serveur"},
			"seedbot settings": {"réglages", "Où et qui peut demander, ce qui est gardé et combien de temps"},
			"seedbot status":   {"état", "Version, état de la connexion à Midjourney, derniers problèmes"},
			"seedbot accounts": {"comptes", "De quels comptes Midjourney ce serveur peut lire les jobs"},
			"seedbot audit":    {"audit", "Qui a changé quoi ici"},

			"help": {"aide", "Comment commencer, ce que fait une seed et ce qui est gardé"},
		},
		Options: map[string]Wording{
			"seed/job":     {"job", "ID de job, lien de message ou numéro de fiche, ou \"last\" pour ta fiche la plus récente"},
			"seed/private": {"privé", "Ne montrer la réponse qu'à toi"},
			"/private":     {"privé", "Ne le montrer qu'à toi (par défaut : oui)"},

			"/by":                 {"par", "Seulement ce que ce membre a demandé"},
			"/in":                 {"dans", "Seulement ce qui a été répondu dans ce salon"},
			"/since":              {"depuis", "Jusqu'où remonter"},
			"/starred":            {"avec-étoile", "Seulement les fiches avec étoile"},
			"/version":            {"version", "Seulement cette version du modèle"},
			"seeds search/text":   {"texte", "Des mots, \"une expression\", -mot, début*, seed:123, tag:nom, --ar 16:9"},
			"/tag":                {"étiquette", "Seulement les fiches avec cette étiquette"},
			"/card":               {"fiche", "Numéro de fiche, ou des mots de son prompt"},
			"seeds compare/a":     {"a", "La première fiche : son numéro, ou des mots de son prompt"},
			"seeds compare/b":     {"b", "La deuxième fiche : son numéro, ou des mots de son prompt"},
			"seeds export/what":   {"quoi", "Quelles fiches"},
			"seeds export/format": {"format", "Quel type de fichier"},
			"seeds export/text":   {"texte", "Ce qu'il faut chercher, comme dans /seeds chercher"},
			"seeds import/file":   {"fichier", "Un fichier de 10 Mio au plus"},

			"/name":                {"nom", "Nom de la recette"},
			"recipe save/name":     {"nom", "Un nouveau nom, de 2 à 60 caractères"},
			"recipe rename/to":     {"nouveau", "Un nouveau nom, de 2 à 60 caractères"},
			"recipe save/tags":     {"étiquettes", "Étiquettes, séparées par des virgules"},
			"recipe show/revision": {"révision", "Une révision antérieure (par défaut : la plus récente)"},
			"recipe list/tag":      {"étiquette", "Seulement les recettes avec cette étiquette"},
			"recipe list/by":       {"par", "Seulement les recettes de ce membre"},
			"recipe edit/card":     {"fiche", "Ajouter cette fiche comme preuve, au lieu d'ouvrir le formulaire"},
			"recipe standard/mark": {"marque", "Si c'est un standard de l'équipe"},

			"seedbot audit/by": {"par", "Seulement ce que ce membre a fait"},
			"help/topic":       {"sujet", "Ce que tu veux savoir"},
		},
		Choices: map[string]string{
			"since=day": "les dernières 24 heures", "since=week": "les 7 derniers jours", "since=month": "le dernier mois",
			"since=quarter": "les 3 derniers mois", "since=year": "la dernière année", "since=all": "tout",
			"what=mine":       "les miennes : tout ce que j'ai demandé",
			"what=starred":    "avec étoile : toute fiche avec une étoile",
			"what=search":     "recherche : ce que trouve l'option texte",
			"what=server":     "serveur : tout ce que tous voient, recettes comprises (Gérer le serveur)",
			"format=csv":      "CSV, pour un tableur et pour l'import",
			"format=json":     "JSON, avec tout, pour l'import",
			"format=markdown": "Markdown, à lire",
			"mark=on":         "Oui", "mark=off": "Non",
			"topic=start": "Commencer", "topic=seeds": "Les seeds expliquées", "topic=different": "Pourquoi est-ce différent ?",
			"topic=privacy": "Confidentialité", "topic=commands": "Commandes",
		},
	}
}
