package commands

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// IDs in the forms of the vendor's documents.
const (
	imageJob     = "j1023141520123456789i-u12345-c1234567890123456789-bot:midjourney"
	otherJobID   = "j1023141520123456790i-u12345-c1234567890123456789-bot:midjourney"
	nijiJob      = "j0229235959123456789i-u12345-c1234567890123456789-bot:niji"
	commandJob   = "j1023141535123456789-u12345-c1234567890123456789-bot:midjourney"
	videoJobID   = "j1023141520123456789v-u12345-c1234567890123456789-bot:midjourney"
	oldJobID     = "job:20251023141520123-user:12345-channel:1234567890123456789-bot:midjourney"
	midjourneyID = "9333dcd0-681e-4840-a29c-801e502ae424"

	guildID   = "900000000000000001"
	channelID = "900000000000000002"
	messageID = "900000000000000003"
)

func TestWhatATextPointsTo(t *testing.T) {
	t.Parallel()
	link := &messageLink{Guild: guildID, Channel: channelID, Message: messageID}
	address := "https://discord.com/channels/" + guildID + "/" + channelID + "/" + messageID
	for name, test := range map[string]struct {
		text string
		want reference
	}{
		"a job ID":                           {imageJob, reference{jobs: []string{imageJob}}},
		"a job ID of niji":                   {"see " + nijiJob, reference{jobs: []string{nijiJob}}},
		"a job ID with space around it":      {"  " + imageJob + "\n", reference{jobs: []string{imageJob}}},
		"a job ID in backticks":              {"`" + imageJob + "`", reference{jobs: []string{imageJob}}},
		"a job ID in JSON":                   {`{"jobid":"` + imageJob + `","verb":"imagine"}`, reference{jobs: []string{imageJob}}},
		"the JSON of a seed job":             {`{"jobid":"` + commandJob + `","verb":"seed","request":{"jobId":"` + imageJob + `"}}`, reference{jobs: []string{imageJob}}},
		"a job that does not say what it is": {commandJob, reference{jobs: []string{commandJob}}},
		"one job twice":                      {imageJob + " " + imageJob, reference{jobs: []string{imageJob}}},
		"two jobs":                           {imageJob + " and " + otherJobID, reference{jobs: []string{imageJob, otherJobID}}},
		"a job beside a video":               {videoJobID + " " + imageJob, reference{jobs: []string{imageJob}}},
		"a job beside a link":                {address + " " + imageJob, reference{jobs: []string{imageJob}}},
		"a video":                            {videoJobID, reference{other: videoJob}},
		"a job of version 2":                 {oldJobID, reference{other: oldJob}},
		"a card number":                      {"142", reference{card: 142}},
		"a card number with its sign":        {"#142", reference{card: 142}},
		"a card number with space":           {" # 142 ", reference{card: 142}},
		"a card in words":                    {"card #142", reference{card: 142}},
		"a card as autocomplete names it":    {"#142 · owl in the rain · v7", reference{card: 142}},
		"zero":                               {"0", reference{}},
		"a number that no card has":          {"99999999999999999999", reference{}},
		"a negative number":                  {"-5", reference{}},
		"last":                               {"last", reference{last: true}},
		"last, shouted":                      {" LAST ", reference{last: true}},
		"last in a sentence":                 {"the last one", reference{}},
		"an earlier ask":                     {"ask:1300000000000000001", reference{ask: "1300000000000000001"}},
		"an ask that is none":                {"ask:1 OR 1=1", reference{}},
		"a message link":                     {address, reference{link: link}},
		"a link in pointed brackets":         {"see <" + address + ">!", reference{link: link}},
		"a link of the test client":          {"https://ptb.discord.com/channels/" + guildID + "/" + channelID + "/" + messageID, reference{link: link}},
		"a link by the old name":             {"http://discordapp.com/channels/" + guildID + "/" + channelID + "/" + messageID, reference{link: link}},
		"a link to a direct message":         {"https://discord.com/channels/@me/" + channelID + "/" + messageID, reference{link: &messageLink{Guild: "@me", Channel: channelID, Message: messageID}}},
		"a link to another site":             {"https://discord.com.evil.example/channels/" + guildID + "/" + channelID + "/" + messageID, reference{}},
		"a link to a channel":                {"https://discord.com/channels/" + guildID + "/" + channelID, reference{}},
		"a link to Midjourney's site":        {"https://www.midjourney.com/jobs/" + midjourneyID + "?index=0", reference{uuids: []string{midjourneyID}}},
		"a picture's file name":              {"owl_9333DCD0-681E-4840-A29C-801E502AE424.png", reference{uuids: []string{midjourneyID}}},
		"nothing":                            {"", reference{}},
		"nonsense":                           {"hello there", reference{}},
		"half a job ID":                      {imageJob[:30], reference{}},
		"a job ID cut at its end":            {"j1023141520123456789i-u12345-c1234567890123456789-bot:", reference{}},
		"letters that look like digits":      {"１４２", reference{}},
		"a prompt":                           {"/imagine prompt: owl --seed 77", reference{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := readReference(test.text)
			require.Equal(t, test.want, got)
			require.Equal(t, test.want.link == nil && test.want.card == 0 && test.want.ask == "" && !test.want.last &&
				test.want.other == 0 && len(test.want.jobs)+len(test.want.uuids) == 0, got.empty())
		})
	}
}

func TestJobsAsMembersSeeThem(t *testing.T) {
	t.Parallel()
	require.Equal(t, "j1023…midjourney", shortJob(imageJob))
	require.Equal(t, "j0229…niji", shortJob(nijiJob))
	require.Equal(t, "…", shortJob("j1"))
	require.Equal(t, "23 Oct 14:15", jobMoment(imageJob))
	require.Equal(t, "29 Feb 23:59", jobMoment(nijiJob))
	require.Empty(t, jobMoment("j9923141520123456789i"), "there is no month 99")
	require.Empty(t, jobMoment("j1"))
	require.Empty(t, jobMoment(oldJobID))
	require.Equal(t, "Use j1023…midjourney (23 Oct 14:15)", suggestJob(imageJob))
}

func FuzzReadReference(f *testing.F) {
	for _, seed := range []string{imageJob, "#142", "last", oldJobID, videoJobID, midjourneyID, "https://discord.com/channels/@me/1/2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := readReference(text)
		set := 0
		for _, is := range []bool{len(r.jobs) > 0, r.card > 0, r.last, r.ask != "", r.link != nil, len(r.uuids) > 0, r.other != 0} {
			if is {
				set++
			}
		}
		require.LessOrEqual(t, set, 1)
		require.Equal(t, set == 0, r.empty())
	})
}
