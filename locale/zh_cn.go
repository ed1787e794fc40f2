package locale

import "github.com/bwmarrin/discordgo"

func chinese() Language {
	return Language{
		Locales: []discordgo.Locale{discordgo.ChineseCN},
		Commands: map[string]Wording{
			"seed":     {"种子", "获取已完成的 Midjourney 任务的种子"},
			"Get seed": {"获取种子", ""},

			"seeds":           {"种子库", "这里至今找到的种子"},
			"seeds history":   {"历史", "列出这里找到的种子，最新的在前"},
			"seeds search":    {"搜索", "搜索这里找到的种子"},
			"seeds show":      {"显示", "再次显示一张卡片"},
			"seeds last":      {"最近", "显示你最新的卡片"},
			"seeds add":       {"添加", "记录已知的种子：粘贴 Midjourney 的 ✉️ 回复，或提示词和种子"},
			"seeds compare":   {"比较", "并排比较两张卡片，看图片为何不同"},
			"seeds star":      {"加星", "给卡片加星"},
			"seeds unstar":    {"取消加星", "取消你给卡片加的星"},
			"seeds export":    {"导出", "把卡片导出为文件，用于表格、导入或阅读"},
			"seeds import":    {"导入", "导入卡片和配方：我导出的 CSV 或 JSON 文件，或含 ✉️ 回复的文本"},
			"seeds delete":    {"删除", "删除一张卡片，15 分钟内可以撤销"},
			"seeds forget-me": {"忘记我", "删除你在这里的私密卡片，并从其余卡片上移除你的名字"},

			"Copy prompt with seed": {"复制带种子的提示词", ""},
			"Record this ✉️ answer": {"记录这条 ✉️ 回复", ""},
			"Compare with…":         {"与…比较", ""},
			"Seed history":          {"种子历史", ""},

			"recipe":          {"配方", "全服务器共用的、带名称和种子的提示词"},
			"recipe use":      {"使用", "获取配方的提示词，可直接粘贴"},
			"recipe save":     {"保存", "把卡片的提示词和种子存成有名称的配方"},
			"recipe show":     {"显示", "显示一个配方"},
			"recipe list":     {"列表", "列出配方，团队标准在前"},
			"recipe edit":     {"编辑", "为配方建立新的修订版"},
			"recipe log":      {"记录", "列出配方的修订版和改动"},
			"recipe rename":   {"重命名", "给配方换一个名称"},
			"recipe delete":   {"删除", "删除配方及其所有修订版"},
			"recipe standard": {"标准", "把配方设为团队标准，或取消"},

			"seedbot":          {"seedbot", "本机器人的设置和状态，供服务器管理者使用"},
			"seedbot settings": {"设置", "谁可以在哪里提问，保留什么、保留多久"},
			"seedbot status":   {"状态", "版本、Midjourney 连接状态、最近的问题"},
			"seedbot accounts": {"账号", "本服务器可以读取哪些 Midjourney 账号的任务"},
			"seedbot audit":    {"审计", "谁在这里改了什么"},

			"help": {"帮助", "如何开始、种子有什么用、会保留什么"},
		},
		Options: map[string]Wording{
			"seed/job":     {"任务", "任务 ID、消息链接或卡片编号，或用 \"last\" 表示你最新的卡片"},
			"seed/private": {"私密", "只让你看到回答"},
			"/private":     {"私密", "只让你看到（默认：是）"},

			"/by":                 {"成员", "只看该成员请求的"},
			"/in":                 {"频道", "只看在该频道回答的"},
			"/since":              {"时间", "回看多久"},
			"/starred":            {"已加星", "只看加了星的卡片"},
			"/version":            {"版本", "只看该模型版本"},
			"seeds search/text":   {"文字", "词语、\"短语\"、-排除、开头*、seed:123、tag:名称、--ar 16:9"},
			"/tag":                {"标签", "只看带此标签的卡片"},
			"/card":               {"卡片", "卡片编号，或其提示词中的词"},
			"seeds compare/a":     {"a", "第一张卡片：编号，或其提示词中的词"},
			"seeds compare/b":     {"b", "第二张卡片：编号，或其提示词中的词"},
			"seeds export/what":   {"范围", "哪些卡片"},
			"seeds export/format": {"格式", "哪种文件"},
			"seeds export/text":   {"文字", "搜索什么，同 /种子库 搜索"},
			"seeds import/file":   {"文件", "最大 10 MiB 的文件"},

			"/name":                {"名称", "配方的名称"},
			"recipe save/name":     {"名称", "新名称，2 到 60 个字符"},
			"recipe rename/to":     {"新名称", "新名称，2 到 60 个字符"},
			"recipe save/tags":     {"标签", "标签，用逗号分隔"},
			"recipe show/revision": {"修订版", "较早的修订版（默认：最新）"},
			"recipe list/tag":      {"标签", "只看带此标签的配方"},
			"recipe list/by":       {"成员", "只看该成员的配方"},
			"recipe edit/card":     {"卡片", "把这张卡片加为例证，不打开表单"},
			"recipe standard/mark": {"标记", "是否为团队标准"},

			"seedbot audit/by": {"成员", "只看该成员所做的"},
			"help/topic":       {"主题", "你想了解什么"},
		},
		Choices: map[string]string{
			"since=day": "过去 24 小时", "since=week": "过去 7 天", "since=month": "过去一个月",
			"since=quarter": "过去三个月", "since=year": "过去一年", "since=all": "全部",
			"what=mine":       "我的：我请求的全部",
			"what=starred":    "已加星：所有加星的卡片",
			"what=search":     "搜索：文字选项找到的",
			"what=server":     "服务器：所有人可见的全部内容，含配方（管理服务器）",
			"format=csv":      "CSV，用于表格和导入",
			"format=json":     "JSON，包含全部信息，用于导入",
			"format=markdown": "Markdown，用于阅读",
			"mark=on":         "开", "mark=off": "关",
			"topic=start": "开始", "topic=seeds": "种子是什么", "topic=different": "为什么不一样？",
			"topic=privacy": "隐私", "topic=commands": "命令",
		},
	}
}
