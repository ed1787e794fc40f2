package commands

import "strconv"

// Names and descriptions of /help, as Discord lists them.
const (
	helpName         = "help"
	helpDescription  = "How to start, what a seed does, and what is kept"
	topicOption      = "topic"
	topicDescription = "What you want to know"
)

// helpTopic is one page of /help.
type helpTopic struct{ value, name, text string }

// helpTopics are the pages; the first is shown when none was chosen.
func helpTopics() []helpTopic {
	return []helpTopic{
		{"start", "Start", "## Start\n" +
			"1. Right-click (phone: long-press) a finished Midjourney picture → **Apps** → **Get seed**. Or write `/seed` with a job ID, a message link or a card number.\n" +
			"2. You get a card with a number, such as #142: the seed, the prompt, the four pictures, and how well it will repeat.\n" +
			"3. Press **Copy prompt** and paste it after Midjourney's `/imagine prompt`: it has the seed in it.\n\n" +
			"**If I see only Midjourney's own ID** and the picture is yours: react to it with ✉️, forward the answer here, right-click it → Apps → " +
			"**Record this ✉️ answer**. Or copy its text into `/seeds add`.\n\n" +
			"Later: `/seeds search` finds the card by its words, `/recipe save` gives a good one a name for everybody.\n" +
			"-# More: /help seeds explained · why is it different? · privacy · commands"},
		{"seeds", "Seeds explained", "## Seeds explained\n" +
			"A seed is a whole number from 0 to 4294967295. It fixes the noise that Midjourney starts from, so the same seed with the same prompt and parameters gives nearly the same picture.\n" +
			"- **It repeats a picture; it does not keep a character or a style.** Use a style or omni reference, personalization or the Edit model for that.\n" +
			"- **A grid has one seed for all four pictures.** Upscales and variations have seeds of their own: keep the grid's.\n" +
			"- **Fetching a seed makes no picture.** Making the picture again costs GPU time.\n" +
			"- **Close is normal, identical is luck.** The machines are not exact, and models are changed quietly.\n" +
			"- Of several `--seed` in a prompt the first counts.\n" +
			"-# Each card says how well it will repeat, and what to write to make it repeat better."},
		{"different", "Why is it different?", "## Why is it different?\n" +
			"Most likely first:\n" +
			"1. **Another model.** Without `--v` a prompt goes to the account's default, and that moves. Write the version: on a card, More… → **Copy prompt, version pinned** does.\n" +
			"2. **Another shape or parameter.** `--ar` lays the noise out anew; `--stylize`, `--raw`, `--quality`, `--tile`, `--no` and `--draft` count too.\n" +
			"3. **Parameters that loosen it.** `--weird` does not go well with seeds; high `--chaos` spreads the four; Turbo is not reliable.\n" +
			"4. **Something that is not in the prompt.** A bare `--p` means whatever profile is newest, `--sref random` draws a new style, and links to pictures on Discord end after a day. Nobody outside of the maker's account can be sure of a profile code.\n" +
			"5. **It was no grid.** Variations, upscales, zooms and edits are made from their parent picture, not from words and seed.\n\n" +
			"On a card choose More… → **Why might it differ?** for its own reasons, or compare two cards with `/seeds compare`."},
		{"privacy", "Privacy", "## Privacy\n" +
			"- **Kept:** seed, prompt, job ID, who asked and when, where the answer stands, and small copies of the pictures. What you write in notes, tags and recipes, and who changed what.\n" +
			"- **Who sees it:** this server, and nobody on another one. A card is found by who sees the channel where it was asked for, or one that it was shared to, " +
			"and always by its asker; when the channel is gone, or closed to me, by its asker and who may manage the server. A private card is seen by its asker alone.\n" +
			"- **Not read:** your conversations. I see a message only when you use a command on it, or give me its link and may read it yourself.\n" +
			"- **How long:** as the server's settings say, or until it is deleted: More… → Delete (15 minutes to undo).\n" +
			"- **Forget me:** `/seeds forget-me` erases your private cards and takes your name off the others.\n" +
			"- **In direct messages with me** the same is kept, apart from every server: what you ask there is found in that conversation alone, and nothing of a server is found there. " +
			"There are no settings, so it stays until you delete it, and fixed limits hold: " + strconv.Itoa(directLimit) + " new seeds a day, no **Run it**, and no jobs of accounts that a server has taken for itself. " +
			"`/seeds forget-me` goes for the place where you write it.\n" +
			"- **Who runs me** has the file with all of it.\n" +
			"- Jobs are read through useapi.net, and the pictures are uploaded to Discord."},
		{"commands", "Commands", "## Commands\n" +
			"**`/seed`** the seed of a job, link or card\n" +
			"**`/seeds`** `history`, `search`, `show`, `last`, `add`, `compare`, `star`, `unstar`, `export`, `import`, `delete`, `forget-me`\n" +
			"**`/recipe`** `use`, `save`, `show`, `list`, `edit`, `log`, `rename`, `delete`, `standard`\n" +
			"**`/help`** `topic`\n" +
			"**`/seedbot`** `settings`, `status`, `accounts`, `audit` – for who manages the server\n" +
			"**Right-click a message → Apps:** Get seed · Copy prompt with seed · Record this ✉️ answer · Compare with…\n" +
			"**Right-click a member → Apps:** Seed history\n" +
			"**On a card:** Copy prompt · Copy seed · Star · Save recipe · Share… · More…"},
	}
}
