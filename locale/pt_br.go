package locale

import "github.com/bwmarrin/discordgo"

func brazilian() Language {
	return Language{
		Locales: []discordgo.Locale{discordgo.PortugueseBR},
		Commands: map[string]Wording{
			"seed":     {"seed", "Obter a seed de um trabalho concluído do Midjourney"},
			"Get seed": {"Obter seed", ""},

			"seeds":           {"seeds", "As seeds encontradas aqui até agora"},
			"seeds history":   {"histórico", "Listar as seeds encontradas aqui, das mais novas às mais antigas"},
			"seeds search":    {"buscar", "Buscar entre as seeds encontradas aqui"},
			"seeds show":      {"mostrar", "Mostrar um cartão de novo"},
			"seeds last":      {"último", "Mostrar seu cartão mais recente"},
			"seeds add":       {"adicionar", "Guardar uma seed conhecida: a resposta ✉️ do Midjourney, ou um prompt e sua seed"},
			"seeds compare":   {"comparar", "Pôr dois cartões lado a lado e ver por que suas imagens diferem"},
			"seeds star":      {"estrela", "Dar sua estrela a um cartão"},
			"seeds unstar":    {"tirar-estrela", "Tirar sua estrela de um cartão"},
			"seeds export":    {"exportar", "Cartões em um arquivo, para planilhas, para importar ou para ler"},
			"seeds import":    {"importar", "Trazer cartões e receitas: um arquivo CSV ou JSON meu, ou um texto com respostas ✉️"},
			"seeds delete":    {"apagar", "Apagar um cartão; dá para desfazer por 15 minutos"},
			"seeds forget-me": {"esqueça-me", "Apagar aqui seus cartões privados e tirar seu nome dos outros"},

			"Copy prompt with seed": {"Copiar prompt com seed", ""},
			"Record this ✉️ answer": {"Guardar esta resposta ✉️", ""},
			"Compare with…":         {"Comparar com…", ""},
			"Seed history":          {"Histórico de seeds", ""},

			"recipe":          {"receita", "Prompts com nome e seed, para todo o servidor"},
			"recipe use":      {"usar", "Obter o prompt de uma receita, pronto para colar"},
			"recipe save":     {"salvar", "Salvar o prompt e a seed de um cartão com um nome"},
			"recipe show":     {"mostrar", "Mostrar uma receita"},
			"recipe list":     {"lista", "Listar as receitas, os padrões da equipe primeiro"},
			"recipe edit":     {"editar", "Fazer uma nova revisão de uma receita"},
			"recipe log":      {"registro", "As revisões de uma receita e o que mudou"},
			"recipe rename":   {"renomear", "Dar outro nome a uma receita"},
			"recipe delete":   {"apagar", "Apagar uma receita com todas as revisões"},
			"recipe standard": {"padrão", "Marcar uma receita como padrão da equipe, ou tirar a marca"},

			"seedbot":          {"seedbot", "Configurações e estado deste bot, para quem gerencia o servidor"},
			"seedbot settings": {"configurações", "Onde e quem pode pedir, o que é guardado e por quanto tempo"},
			"seedbot status":   {"estado", "Versão, estado da conexão com o Midjourney, últimos problemas"},
			"seedbot accounts": {"contas", "De quais contas do Midjourney este servidor pode ler trabalhos"},
			"seedbot audit":    {"auditoria", "Quem mudou o quê aqui"},

			"help": {"ajuda", "Como começar, o que uma seed faz e o que é guardado"},
		},
		Options: map[string]Wording{
			"seed/job":     {"trabalho", "ID do trabalho, link de mensagem ou número do cartão, ou \"last\" para seu cartão mais recente"},
			"seed/private": {"privado", "Mostrar a resposta só para você"},
			"/private":     {"privado", "Mostrar só para você (se omitido: sim)"},

			"/by":                 {"de", "Só o que este membro pediu"},
			"/in":                 {"em", "Só o que foi respondido neste canal"},
			"/since":              {"desde", "Até onde olhar para trás"},
			"/starred":            {"com-estrela", "Só cartões com estrela"},
			"/version":            {"versão", "Só esta versão do modelo"},
			"seeds search/text":   {"texto", "Palavras, \"uma frase\", -palavra, começo*, seed:123, tag:nome, --ar 16:9"},
			"/tag":                {"etiqueta", "Só cartões com esta etiqueta"},
			"/card":               {"cartão", "Número do cartão, ou palavras do seu prompt"},
			"seeds compare/a":     {"a", "O primeiro cartão: seu número, ou palavras do seu prompt"},
			"seeds compare/b":     {"b", "O segundo cartão: seu número, ou palavras do seu prompt"},
			"seeds export/what":   {"quais", "Quais cartões"},
			"seeds export/format": {"formato", "Que tipo de arquivo"},
			"seeds export/text":   {"texto", "O que buscar, como em /seeds buscar"},
			"seeds import/file":   {"arquivo", "Um arquivo de no máximo 10 MiB"},

			"/name":                {"nome", "Nome da receita"},
			"recipe save/name":     {"nome", "Um novo nome, de 2 a 60 caracteres"},
			"recipe rename/to":     {"novo", "Um novo nome, de 2 a 60 caracteres"},
			"recipe save/tags":     {"etiquetas", "Etiquetas, separadas por vírgulas"},
			"recipe show/revision": {"revisão", "Uma revisão anterior (se omitido: a mais nova)"},
			"recipe list/tag":      {"etiqueta", "Só receitas com esta etiqueta"},
			"recipe list/by":       {"de", "Só receitas deste membro"},
			"recipe edit/card":     {"cartão", "Adicionar este cartão como prova, em vez de abrir o formulário"},
			"recipe standard/mark": {"marca", "Se é um padrão da equipe"},

			"seedbot audit/by": {"de", "Só o que este membro fez"},
			"help/topic":       {"assunto", "O que você quer saber"},
		},
		Choices: map[string]string{
			"since=day": "as últimas 24 horas", "since=week": "os últimos 7 dias", "since=month": "o último mês",
			"since=quarter": "os últimos 3 meses", "since=year": "o último ano", "since=all": "tudo",
			"what=mine":       "meus: tudo o que pedi",
			"what=starred":    "com estrela: todo cartão com estrela",
			"what=search":     "busca: o que a opção texto encontra",
			"what=server":     "servidor: tudo o que todos veem, com receitas (Gerenciar servidor)",
			"format=csv":      "CSV, para planilhas e para importar",
			"format=json":     "JSON, com tudo, para importar",
			"format=markdown": "Markdown, para ler",
			"mark=on":         "Sim", "mark=off": "Não",
			"topic=start": "Começar", "topic=seeds": "Seeds explicadas", "topic=different": "Por que é diferente?",
			"topic=privacy": "Privacidade", "topic=commands": "Comandos",
		},
	}
}
