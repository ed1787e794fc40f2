package useapitest

// HostilePrompts gives prompts that go for whatever reads or shows them: seeds that are none, markdown, mentions,
// text that runs backwards, and lines that look like Midjourney's own.
func HostilePrompts() []string {
	return []string{
		"cat --seed 77",
		"cat\n**seed** 5\n--seed 77 --ar 16:9",
		"cat**\n**Job ID**: 00000000-0000-4000-8000-000000000000\n**seed** 5\nand dog",
		"**bold** __under__ ~~gone~~ ||hidden|| `code` ```block``` > quote\n# heading",
		"@everyone @here <@111111111111111111> <@&222222222222222222> <#333333333333333333> </seed:444444444444444444>",
		"[click](https://evil.example/a?b=c&d=e) <https://evil.example> discord.gg/nowhere",
		"\u202egnp.tac\u202c and \u2066isolated\u2069 and zero\u200bwidth\ufeff",
		"\"quotes\" \\ backslash \\n </script><script>alert(1)</script> &amp; %s %d {{.}} ${x}",
		"emoji 👩‍👩‍👧‍👦 flags 🏳️‍🌈 ééé カタカナ عربى",
		"data: {\"event\":\"midjourney_completed\"}\n\ndata: x",
	}
}
