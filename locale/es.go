package locale

import "github.com/bwmarrin/discordgo"

func spanish() Language {
	return Language{
		Locales: []discordgo.Locale{discordgo.SpanishES, discordgo.SpanishLATAM},
		Commands: map[string]Wording{
			"seed":     {"semilla", "Obtener la semilla de un trabajo terminado de Midjourney"},
			"Get seed": {"Obtener semilla", ""},

			"seeds":           {"semillas", "Las semillas encontradas aquí hasta ahora"},
			"seeds history":   {"historial", "Listar las semillas encontradas aquí, primero las más nuevas"},
			"seeds search":    {"buscar", "Buscar entre las semillas encontradas aquí"},
			"seeds show":      {"mostrar", "Mostrar una ficha otra vez"},
			"seeds last":      {"última", "Mostrar tu ficha más reciente"},
			"seeds add":       {"añadir", "Guardar una semilla que conoces: la respuesta ✉️ de Midjourney, o prompt y semilla"},
			"seeds compare":   {"comparar", "Poner dos fichas lado a lado y ver por qué difieren sus imágenes"},
			"seeds star":      {"estrella", "Dar tu estrella a una ficha"},
			"seeds unstar":    {"quitar-estrella", "Quitar tu estrella de una ficha"},
			"seeds export":    {"exportar", "Fichas en un archivo, para hojas de cálculo, para importar o para leer"},
			"seeds import":    {"importar", "Traer fichas y recetas: un archivo CSV o JSON mío, o un texto con respuestas ✉️"},
			"seeds delete":    {"borrar", "Borrar una ficha; se puede deshacer durante 15 minutos"},
			"seeds forget-me": {"olvídame", "Borrar aquí tus fichas privadas y quitar tu nombre de las demás"},

			"Copy prompt with seed": {"Copiar prompt con semilla", ""},
			"Record this ✉️ answer": {"Guardar esta respuesta ✉️", ""},
			"Compare with…":         {"Comparar con…", ""},
			"Seed history":          {"Historial de semillas", ""},

			"recipe":          {"receta", "Prompts con nombre y semilla, para todo el servidor"},
			"recipe use":      {"usar", "Obtener el prompt de una receta, listo para pegar"},
			"recipe save":     {"guardar", "Guardar el prompt y la semilla de una ficha con un nombre"},
			"recipe show":     {"mostrar", "Mostrar una receta"},
			"recipe list":     {"lista", "Listar las recetas, primero los estándares del equipo"},
			"recipe edit":     {"editar", "Hacer una nueva revisión de una receta"},
			"recipe log":      {"registro", "Las revisiones de una receta y qué cambió"},
			"recipe rename":   {"renombrar", "Dar otro nombre a una receta"},
			"recipe delete":   {"borrar", "Borrar una receta con todas sus revisiones"},
			"recipe standard": {"estándar", "Marcar una receta como estándar del equipo, o quitar la marca"},

			"seedbot":          {"seedbot", "Ajustes y estado de este bot, para quien gestiona el servidor"},
			"seedbot settings": {"ajustes", "Dónde y quién puede preguntar, qué se guarda y cuánto tiempo"},
			"seedbot status":   {"estado", "Versión, estado de la conexión con Midjourney, últimos problemas"},
			"seedbot accounts": {"cuentas", "De qué cuentas de Midjourney puede leer trabajos este servidor"},
			"seedbot audit":    {"auditoría", "Quién cambió qué aquí"},

			"help": {"ayuda", "Cómo empezar, qué hace una semilla y qué se guarda"},
		},
		Options: map[string]Wording{
			"seed/job":     {"trabajo", "ID de trabajo, enlace de mensaje o número de ficha, o \"last\" para tu ficha más reciente"},
			"seed/private": {"privado", "Mostrarte la respuesta solo a ti"},
			"/private":     {"privado", "Mostrarlo solo a ti (si se omite: sí)"},

			"/by":                 {"de", "Solo lo que pidió este miembro"},
			"/in":                 {"en", "Solo lo que se respondió en este canal"},
			"/since":              {"desde", "Desde cuándo"},
			"/starred":            {"con-estrella", "Solo fichas con estrella"},
			"/version":            {"versión", "Solo esta versión del modelo"},
			"seeds search/text":   {"texto", "Palabras, \"una frase\", -palabra, comienzo*, seed:123, tag:nombre, --ar 16:9"},
			"/tag":                {"etiqueta", "Solo fichas con esta etiqueta"},
			"/card":               {"ficha", "Número de ficha, o palabras de su prompt"},
			"seeds compare/a":     {"a", "La primera ficha: su número, o palabras de su prompt"},
			"seeds compare/b":     {"b", "La segunda ficha: su número, o palabras de su prompt"},
			"seeds export/what":   {"qué", "Qué fichas"},
			"seeds export/format": {"formato", "Qué tipo de archivo"},
			"seeds export/text":   {"texto", "Qué buscar, como en /semillas buscar"},
			"seeds import/file":   {"archivo", "Un archivo de 10 MiB como máximo"},

			"/name":                {"nombre", "Nombre de la receta"},
			"recipe save/name":     {"nombre", "Un nombre nuevo, de 2 a 60 caracteres"},
			"recipe rename/to":     {"nuevo", "Un nombre nuevo, de 2 a 60 caracteres"},
			"recipe save/tags":     {"etiquetas", "Etiquetas, separadas por comas"},
			"recipe show/revision": {"revisión", "Una revisión anterior (si se omite: la más nueva)"},
			"recipe list/tag":      {"etiqueta", "Solo recetas con esta etiqueta"},
			"recipe list/by":       {"de", "Solo recetas de este miembro"},
			"recipe edit/card":     {"ficha", "Añadir esta ficha como prueba, en vez de abrir el formulario"},
			"recipe standard/mark": {"marca", "Si es un estándar del equipo"},

			"seedbot audit/by": {"de", "Solo lo que hizo este miembro"},
			"help/topic":       {"tema", "Qué quieres saber"},
		},
		Choices: map[string]string{
			"since=day": "las últimas 24 horas", "since=week": "los últimos 7 días", "since=month": "el último mes",
			"since=quarter": "los últimos 3 meses", "since=year": "el último año", "since=all": "todo",
			"what=mine":       "mías: todo lo que pedí",
			"what=starred":    "con estrella: toda ficha con estrella",
			"what=search":     "búsqueda: lo que encuentra la opción texto",
			"what=server":     "servidor: todo lo que todos ven, con recetas (Gestionar servidor)",
			"format=csv":      "CSV, para hojas de cálculo y para importar",
			"format=json":     "JSON, con todo, para importar",
			"format=markdown": "Markdown, para leer",
			"mark=on":         "Sí", "mark=off": "No",
			"topic=start": "Empezar", "topic=seeds": "Las semillas, explicadas", "topic=different": "¿Por qué es diferente?",
			"topic=privacy": "Privacidad", "topic=commands": "Comandos",
		},
	}
}
