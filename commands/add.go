package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/exchange"
	"seedbank/prompt"
)

// Fields of the form of verbAdd, and what they take.
const (
	fieldPaste    = "paste"
	fieldAddSeed  = "seed"
	fieldAddJob   = "job"
	fieldPictures = "pictures"
	fieldWho      = "who"

	maxPaste    = 4000
	maxAddJob   = 200
	mostAdded   = 4
	whoEveryone = "public"
	whoMe       = "private"
)

// addOption is /seeds add: a seed that did not come through the service.
func addOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: addName, Description: addDescription,
	}
}

// openAdd shows the form of verbAdd.
func (c *counter) openAdd(ctx context.Context, i *bot.Interaction) error {
	if err := c.mayAdd(ctx, i); err != nil {
		return err
	}
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	who := whoEveryone
	if set.PrivateByDefault {
		who = whoMe
	}
	return c.showForm(ctx, i, bot.Modal{ID: bot.ID(verbAdd), Title: formAdd, Fields: []bot.Field{
		{ID: fieldPaste, Label: formPaste, Hint: formPasteHint, Long: true, Max: maxPaste},
		{ID: fieldAddSeed, Label: formSeed, Hint: formSeedHint, Optional: true, Max: maxSeedField},
		{ID: fieldAddJob, Label: formJob, Hint: formJobHint, Optional: true, Max: maxAddJob},
		{ID: fieldPictures, Label: formPictures, Hint: formPicturesHint, Input: bot.UploadInput, Optional: true, Max: mostAdded},
		{ID: fieldWho, Label: formWho, Input: bot.RadioInput, Chosen: []string{who}, Choices: []bot.FieldChoice{
			{Value: whoEveryone, Label: formWhoEveryone}, {Value: whoMe, Label: formWhoMe},
		}},
	}})
}

// mayAdd refuses who may not save, and where a card could not be shown.
func (c *counter) mayAdd(ctx context.Context, i *bot.Interaction) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	return c.may(ctx, i, rightSave)
}

// add makes a card of the form.
func (c *counter) add(ctx context.Context, i *bot.Interaction) error {
	if err := c.mayAdd(ctx, i); err != nil {
		return err
	}
	card, err := addedCard(i.Fields[fieldPaste], i.Fields[fieldAddSeed], i.Fields[fieldAddJob])
	if err != nil {
		return err
	}
	var pictures []bot.Attachment
	for _, id := range strings.Fields(i.Fields[fieldPictures]) {
		file, there := i.Files[id]
		if !there || !isPicture(file) {
			return mistake(textAddNoPicture)
		}
		pictures = append(pictures, file)
	}
	card.Private = i.Fields[fieldWho] == whoMe
	return c.keepAdded(ctx, i, card, pictures)
}

// addedCard reads what a member typed or pasted: Midjourney's ✉️ answer, which tells everything, or a prompt, whose seed
// stands in it or in a field of its own. What contradicts itself is refused.
func addedCard(pasted, seedField, jobField string) (db.Card, error) {
	var card db.Card
	answers, bad := exchange.Envelopes(pasted)
	switch {
	case len(answers) > 1:
		return db.Card{}, mistake(textAddSeveral(len(answers)))
	case len(answers) == 1:
		card = answers[0].Card()
	case len(bad) > 0:
		return db.Card{}, mistake(textAddBroken(fileProblemWords(bad[0].Problem)))
	default:
		words := strings.TrimSpace(pasted)
		if strings.Contains(words, "**") {
			words = exchange.EnvelopePrompt(words)
		}
		card = exchange.CardOfPrompt(words, db.Pasted)
	}
	seed, told := card.Seed, len(answers) == 1
	if !told {
		seed, told = prompt.Parse(card.Prompt).Seed()
		card.Source = db.Prompt
	}
	if typed := strings.TrimSpace(seedField); typed != "" {
		n, err := strconv.ParseUint(typed, 10, 32)
		switch {
		case err != nil:
			return db.Card{}, mistake(textAddBadSeed(wrongSeedWords(typed)))
		case told && uint32(n) != seed:
			return db.Card{}, mistake(textSeedsDiffer(seed, uint32(n)))
		case !told:
			seed, told, card.Source = uint32(n), true, db.Pasted
		}
	}
	switch {
	case card.Prompt == "":
		return db.Card{}, mistake(textAddNoPrompt)
	case !told:
		return db.Card{}, mistake(textAddNoSeed)
	}
	card.Seed = seed
	return card, addJob(&card, jobField)
}

// addJob takes the job that a member named for a card: the service's ID, or Midjourney's own.
func addJob(card *db.Card, field string) error {
	field = strings.TrimSpace(field)
	if field == "" {
		return nil
	}
	found := findIn(field)
	switch {
	case len(found.images) == 1 && len(found.commands) == 0 && found.other == 0:
		card.Job = found.images[0]
		return nil
	case len(found.images)+len(found.commands) > 0 || found.other != 0 || len(found.uuids) != 1:
		return mistake(textAddNoJob)
	case card.MidjourneyID != "" && card.MidjourneyID != found.uuids[0]:
		return mistake(textJobsDiffer)
	}
	card.MidjourneyID = found.uuids[0]
	return nil
}

// keepAdded keeps a card that a member brought and shows it. Where a card of the same picture is here already, that one
// is shown instead; one with another seed is never covered up.
func (c *counter) keepAdded(ctx context.Context, i *bot.Interaction, card db.Card, pictures []bot.Attachment) error {
	card.Scope, card.Asker, card.Channel, card.Asked = i.Scope(), i.User.ID, i.Channel, i.Created
	known, err := c.alreadyHere(ctx, i, card)
	if other, ok := errors.AsType[*otherSeed](err); ok {
		return i.Respond(ctx, otherSeedMessage(other.card, card.Seed, i.User.ID), true)
	}
	if err != nil {
		return err
	}
	a := aim{card: known.Number, private: known.Private || card.Private}
	if err := i.Defer(ctx, a.private); err != nil {
		return err
	}
	if known.Number == 0 {
		if !mayVouch(i) {
			card.Job, card.SeedJob = "", ""
		}
		if known, err = c.keepSeen(ctx, i, card); err != nil {
			return fmt.Errorf("keep a card that was brought: %w", err)
		}
		a.card, a.private = known.Number, known.Private
	}
	if len(known.Pictures) == 0 && known.Asker == i.User.ID { // nobody hangs pictures on another's card
		for _, p := range pictures {
			a.pictures = append(a.pictures, p.URL)
		}
	}
	return c.ask(ctx, i, a)
}

// keepSeen keeps a card, unless one of its job came meanwhile that the member may find.
func (c *counter) keepSeen(ctx context.Context, i *bot.Interaction, card db.Card) (db.Card, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return db.Card{}, err
	}
	var beside []int64
	for {
		kept, known, err := c.history.Keep(ctx, i.ID, card, beside...)
		if err != nil || !known {
			return kept, err
		}
		switch seen, err := c.history.Card(ctx, v, kept.Number); {
		case !errors.Is(err, db.ErrNotFound):
			return seen, err
		}
		beside = append(beside, kept.Number)
	}
}

// mayVouch tells whether what the member says of a job is taken for the job's own answer from then on. Of others the seed
// is kept, but not as an answer: whoever asks for the job still gets Midjourney's.
func mayVouch(i *bot.Interaction) bool {
	return i.Guild == "" || i.MemberHas(discordgo.PermissionManageGuild)
}

// alreadyHere is the card of the same picture, as far as the member may see it: of the same job, of Midjourney's ID, or
// of the same prompt and seed. Its Number is 0 when there is none.
func (c *counter) alreadyHere(ctx context.Context, i *bot.Interaction, card db.Card) (db.Card, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return db.Card{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	if card.Job != "" {
		set, err := c.settings(ctx, i)
		if err != nil {
			return db.Card{}, err
		}
		if err := c.mayRead(ctx, i, set, card.Job); err != nil {
			return db.Card{}, mistaken(err)
		}
		known, err := c.history.CardOfJob(ctx, v, card.Job, card.Private)
		if known, err = sameSeed(known, err, card.Seed); err != nil || known.Number != 0 {
			return known, err
		}
	}
	if card.MidjourneyID != "" {
		known, err := c.history.CardOfMidjourneyID(ctx, v, []string{card.MidjourneyID})
		if known, err = sameSeed(known, err, card.Seed); err != nil || known.Number != 0 && known.Private == card.Private {
			return known, err
		}
	}
	return c.sameHere(ctx, v, card)
}

// sameHere is a card of the same prompt and seed, seen by the same people and of no other job. Its Number is 0 when there
// is none.
func (c *counter) sameHere(ctx context.Context, v db.View, card db.Card) (db.Card, error) {
	q, err := db.ParseQuery("seed:" + digitsOf(card.Seed))
	if err != nil {
		return db.Card{}, fmt.Errorf("look up a seed: %w", err)
	}
	found, err := c.history.Search(ctx, v, q, "", maxSuggestions)
	if err != nil {
		return db.Card{}, fmt.Errorf("look up a seed: %w", err)
	}
	for _, same := range found.Cards {
		if same.Prompt == card.Prompt && same.Private == card.Private && (card.Job == "" || same.Job == card.Job) &&
			(card.MidjourneyID == "" || same.MidjourneyID == card.MidjourneyID) {
			return same, nil
		}
	}
	return db.Card{}, nil
}

// sameSeed lets a card through that was looked up and has the seed; one that has another is an *otherSeed.
func sameSeed(card db.Card, err error, seed uint32) (db.Card, error) {
	switch {
	case errors.Is(err, db.ErrNotFound):
		return db.Card{}, nil
	case err != nil:
		return db.Card{}, fmt.Errorf("look up a card: %w", err)
	case card.Seed != seed:
		return db.Card{}, &otherSeed{card}
	}
	return card, nil
}
