package commands

import "seedbank/retrieval"

// Making pictures.

const (
	labelRunIt    = "Run it"
	labelRunFast  = "Run it fast"
	labelRunRelax = "Run it relaxed"

	headingMaking = "🖼️ Making the picture"

	auditImagine = "imagine"

	textNotRunnable = "**That prompt is no longer there to be run.** Copy the prompt of the card, or use the recipe again, and press Run it there."
	textRunTwice    = "**This was ordered already**, and one order runs once. For another picture press Copy prompt or New seed on the card, and Run it there."

	textOrderFailedPrivate = "Your picture could not be made, and that took longer than Discord keeps a private reply open. " +
		"To try once more, order it again from the card or the recipe."
)

// textConfirmRun names what it costs before anything is ordered.
func textConfirmRun(private bool) string {
	seen := "The grid of four is posted here for everyone."
	if private {
		seen = "The grid of four is shown only to you."
	}
	return "**Make this picture?** It is one job of the Midjourney account behind this bot, and its time is paid for.\n" +
		"**Fast:** about a minute of paid GPU time, ready in about a minute.\n" +
		"**Relaxed:** no paid GPU time, but it waits in line for a minute to half an hour; not every subscription has it.\n" +
		"`--hd` and a higher `--quality` cost more, `--draft` costs less. " + seen + " Once it is sent, stopping it may not save its cost."
}

// textOrderProblem is what a problem says of a picture that was to be made.
func textOrderProblem(p retrieval.Problem) string {
	return problemText(p, orderProblemWords)
}

// orderProblemWords is problemWords for a picture that was to be made: what is not here is said as for seeds.
func orderProblemWords(code retrieval.Code) (what, todo string) {
	switch code {
	case retrieval.Unclear:
		return "I do not know whether this picture was made.",
			"I was cut off in the moment of sending the order. It may have run, so I have not sent it again: " +
				"look at the Midjourney account, and order it again from the card if it is not there."
	case retrieval.Rejected:
		return "The Midjourney connection refused this prompt.",
			"Nothing was made. Check its parameters, then try again with a changed prompt."
	case retrieval.Unexpected:
		return "The Midjourney connection refused this order, in a way I do not know.",
			"Nothing was made. Ordering it again may help; if it does not, please tell the person who runs this bot."
	case retrieval.Failed:
		return "Midjourney did not make this picture.",
			"Nothing is there to show. To try once more, order it again from the card or the recipe."
	case retrieval.Moderated:
		return "Midjourney stopped this picture.",
			"Its filter took offence at the prompt or at what came of it. Change the words and try again."
	case retrieval.Busy:
		return "All slots are busy.",
			"I have tried for a while and the Midjourney connection took no more work. Nothing was made: order it again in a few minutes."
	case retrieval.Unavailable:
		return "The Midjourney connection cannot be reached.",
			"It took no order. This is often over in a few minutes: order it again then."
	case retrieval.Stopped:
		return "Stopped.",
			"What was done of it until then may have cost time."
	case retrieval.TooLong:
		return "This took too long and was given up.",
			"It may still be made: look at the Midjourney account before you order it again."
	}
	return problemWords(code)
}
