package locale

import "github.com/bwmarrin/discordgo"

func japanese() Language {
	return Language{
		Locales: []discordgo.Locale{discordgo.Japanese},
		Commands: map[string]Wording{
			"seed":     {"シード", "完成した Midjourney ジョブのシードを取得"},
			"Get seed": {"シードを取得", ""},

			"seeds":           {"シード一覧", "ここでこれまでに見つかったシード"},
			"seeds history":   {"履歴", "ここで見つかったシードを新しい順に表示"},
			"seeds search":    {"検索", "ここで見つかったシードを検索"},
			"seeds show":      {"表示", "カードをもう一度表示"},
			"seeds last":      {"最新", "自分の最新のカードを表示"},
			"seeds add":       {"追加", "知っているシードを記録（Midjourney の ✉️ の返事、またはプロンプトとシード）"},
			"seeds compare":   {"比較", "2 枚のカードを並べ、画像が違う理由を表示"},
			"seeds star":      {"スター", "カードにスターを付ける"},
			"seeds unstar":    {"スター解除", "カードから自分のスターを外す"},
			"seeds export":    {"書き出し", "カードをファイルに書き出す（表計算、読み込み、閲覧用）"},
			"seeds import":    {"読み込み", "カードとレシピを読み込む（このボットの CSV・JSON、または ✉️ の返事のテキスト）"},
			"seeds delete":    {"削除", "カードを削除（15 分以内なら元に戻せます）"},
			"seeds forget-me": {"自分を忘れる", "ここの自分の非公開カードを消し、ほかのカードから自分の名前を外す"},

			"Copy prompt with seed": {"シード付きプロンプトをコピー", ""},
			"Record this ✉️ answer": {"この ✉️ の返事を記録", ""},
			"Compare with…":         {"比較する…", ""},
			"Seed history":          {"シードの履歴", ""},

			"recipe":          {"レシピ", "サーバー全体で使う、名前とシード付きのプロンプト"},
			"recipe use":      {"使う", "レシピのプロンプトを貼り付けられる形で取得"},
			"recipe save":     {"保存", "カードのプロンプトとシードに名前を付けて保存"},
			"recipe show":     {"表示", "レシピを表示"},
			"recipe list":     {"一覧", "レシピの一覧（チームの標準が先）"},
			"recipe edit":     {"編集", "レシピの新しい版を作る"},
			"recipe log":      {"変更履歴", "レシピの版と変更点の一覧"},
			"recipe rename":   {"改名", "レシピの名前を変える"},
			"recipe delete":   {"削除", "レシピをすべての版ごと削除"},
			"recipe standard": {"標準", "レシピをチームの標準にする、または外す"},

			"seedbot":          {"seedbot", "このボットの設定と状態（サーバー管理者向け）"},
			"seedbot settings": {"設定", "どこで誰が使えるか、何をいつまで残すか"},
			"seedbot status":   {"状態", "バージョン、Midjourney との接続状態、最近の問題"},
			"seedbot accounts": {"アカウント", "このサーバーがジョブを読める Midjourney アカウント"},
			"seedbot audit":    {"監査", "ここで誰が何を変えたか"},

			"help": {"ヘルプ", "始め方、シードの働き、保存されるもの"},
		},
		Options: map[string]Wording{
			"seed/job":     {"ジョブ", "ジョブ ID、メッセージのリンク、カード番号、または \"last\"（自分の最新のカード）"},
			"seed/private": {"非公開", "答えを自分だけに表示"},
			"/private":     {"非公開", "自分だけに表示（省略時: はい）"},

			"/by":                 {"メンバー", "このメンバーが頼んだものだけ"},
			"/in":                 {"チャンネル", "このチャンネルで答えたものだけ"},
			"/since":              {"期間", "どこまでさかのぼるか"},
			"/starred":            {"スター付き", "スター付きのカードだけ"},
			"/version":            {"バージョン", "このモデルのバージョンだけ"},
			"seeds search/text":   {"言葉", "言葉、\"フレーズ\"、-除く言葉、前方*、seed:123、tag:名前、--ar 16:9"},
			"/tag":                {"タグ", "このタグのカードだけ"},
			"/card":               {"カード", "カード番号、またはプロンプトの言葉"},
			"seeds compare/a":     {"a", "1 枚目のカード: 番号、またはプロンプトの言葉"},
			"seeds compare/b":     {"b", "2 枚目のカード: 番号、またはプロンプトの言葉"},
			"seeds export/what":   {"対象", "どのカードか"},
			"seeds export/format": {"形式", "ファイルの種類"},
			"seeds export/text":   {"言葉", "検索する言葉（/シード一覧 検索 と同じ）"},
			"seeds import/file":   {"ファイル", "10 MiB までのファイル"},

			"/name":                {"名前", "レシピの名前"},
			"recipe save/name":     {"名前", "新しい名前（2～60 文字）"},
			"recipe rename/to":     {"新しい名前", "新しい名前（2～60 文字）"},
			"recipe save/tags":     {"タグ", "タグ（コンマ区切り）"},
			"recipe show/revision": {"版", "以前の版（省略時: 最新）"},
			"recipe list/tag":      {"タグ", "このタグのレシピだけ"},
			"recipe list/by":       {"メンバー", "このメンバーのレシピだけ"},
			"recipe edit/card":     {"カード", "フォームを開かず、このカードを実例として加える"},
			"recipe standard/mark": {"印", "チームの標準にするかどうか"},

			"seedbot audit/by": {"メンバー", "このメンバーがしたことだけ"},
			"help/topic":       {"話題", "知りたいこと"},
		},
		Choices: map[string]string{
			"since=day": "過去 24 時間", "since=week": "過去 7 日", "since=month": "過去 1 か月",
			"since=quarter": "過去 3 か月", "since=year": "過去 1 年", "since=all": "すべて",
			"what=mine":       "自分: 自分が頼んだものすべて",
			"what=starred":    "スター付き: スターのあるカードすべて",
			"what=search":     "検索: 言葉で見つかるもの",
			"what=server":     "サーバー: 全員に見えるものすべて、レシピも（サーバー管理）",
			"format=csv":      "CSV（表計算と読み込み用）",
			"format=json":     "JSON（すべての情報、読み込み用）",
			"format=markdown": "Markdown（閲覧用）",
			"mark=on":         "オン", "mark=off": "オフ",
			"topic=start": "始め方", "topic=seeds": "シードとは", "topic=different": "なぜ違うのか",
			"topic=privacy": "プライバシー", "topic=commands": "コマンド",
		},
	}
}
