package commands

// Sharing.

func textShareWhere(number int64) string {
	return "**Where should " + cardNumber(number) + " go?** I post it there with your name and a link to this one. You need to be able to write there."
}

const textPrivateToShare = "**That card is its asker's alone.** Use Show everyone first, then it can be shared."

func textSharedBy(user, link string) string {
	words := "Shared by " + mention(user)
	if link == "" {
		return "-# " + words
	}
	return "-# " + dotted(words, "original: "+link)
}

func textShared(number int64, channel, link string) string {
	words := "**" + cardNumber(number) + " is in <#" + channel + ">.**"
	if link != "" {
		words += " " + link
	}
	return words
}

func textMayNotShare(channel string) string {
	return "**You may not write in <#" + channel + ">**, or it is not a channel of this server. Choose a channel that you can write in."
}

func textCannotShare(channel string) string {
	return "**I may not post in <#" + channel + ">.** Ask an admin to give me the permissions View Channel, Send Messages and Attach Files there, " +
		"or choose another channel."
}

func textNotTaken(number int64, channel string) string {
	return "**Discord did not take " + cardNumber(number) + " in <#" + channel + ">.** A rule of this server, such as AutoMod, may be against it. " +
		"Choose another channel, or ask an admin."
}

// Private and public.

func textMadePrivate(number int64, by, asker string) string {
	return "**" + cardNumber(number) + " was made private** by " + mention(by) + ". Only " + mention(asker) + " sees it, with /seeds show."
}

func textMadePublic(number int64) string {
	return "**" + cardNumber(number) + " is public.** Everyone here can find it. Nothing was posted: /seeds show does that here, Share… elsewhere."
}

func textPublicAlready(number int64) string {
	return "**There is a public card of the same job: " + cardNumber(number) + ".** I show that one."
}

const (
	textPrivateNeedsAsker = "**Nobody is known to have asked for this card**, so it cannot be made private. It can be deleted."
	textServerOnly        = "**Here only we two are.** A card is private or public on servers only."
	textPrivateAlready    = "**You have a private card of the same job already.** Delete one of the two."
)
