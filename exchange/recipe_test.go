package exchange

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

func TestRecipesComeBack(t *testing.T) {
	t.Parallel()
	seed := uint32(7)
	revisions := []db.Recipe{
		{Name: "Brand Owl", Prompt: "owl {subject}", Seed: &seed, Cards: []int64{3, 1}, Tags: []string{"brand"}, Note: "a\n\"note\"", By: "42", Updated: noon, Uses: 3, Standard: true},
		{Name: "Brand Owl", Prompt: "=owl", By: "43", Updated: noon.Add(time.Second), Uses: 3, Standard: true},
	}
	var b bytes.Buffer
	w, err := NewJSON(&b, Origin{At: noon, Scope: "900", Last: 150})
	require.NoError(t, err)
	require.NoError(t, w.Card(RecordOf(owlCard())))
	require.NoError(t, w.Recipe(RecipeOf(revisions)))
	require.NoError(t, w.Recipe(RecipeOf(revisions[:1])))
	require.NoError(t, w.End())
	content, err := Read(b.Bytes())
	require.NoError(t, err, b.String())
	require.Empty(t, content.Rejected)
	require.Equal(t, "900", content.Scope)
	require.EqualValues(t, 150, content.Last)
	require.Len(t, content.Cards, 1)
	require.Len(t, content.Recipes, 2)
	require.Equal(t, []int{4, 5}, []int{content.Recipes[0].Line, content.Recipes[1].Line}, "each on a line, so that a fault is found")
	back := content.Recipes[0].Recipe
	require.Equal(t, RecipeOf(revisions), back)
	history, problem := back.History(noon)
	require.Nil(t, problem)
	for n, r := range revisions {
		r.By, r.Uses, r.Standard = "", 0, false // not for a file to say
		require.Equal(t, r, history[n])
	}
}

func TestWhatIsNoRecipe(t *testing.T) {
	t.Parallel()
	content, err := Read([]byte("{\"recipes\":[\n5,\n{\"name\":\"owl\",\"revisions\":[{\"prompt\":\"owl\",\"seed\":-1}]},\n{\"name\":\"owl\"},\n" +
		"{\"name\":\"owl\",\"revisions\":[{\"prompt\":\"owl\",\"at\":\"2999-01-01T00:00:00Z\"}]}]}"))
	require.NoError(t, err, "a file of recipes alone is one")
	require.Equal(t, []Rejected{
		{2, Problem{Code: NotARecipe}}, {3, Problem{Code: WrongType, Field: "revisions.seed", Value: "number -1"}},
	}, content.Rejected)
	for n, want := range []Problem{{Code: NotARecipe}, {Code: NoTime, Field: "at", Value: "2999-01-01T00:00:00Z"}} {
		_, problem := content.Recipes[n].Recipe.History(noon)
		require.Equal(t, &want, problem)
	}
}

func TestWhatHangsOnACardComesBack(t *testing.T) {
	t.Parallel()
	card := fullCard()
	stars := []db.Star{{Member: "42", At: noon}, {Member: "43"}}
	places := []db.Place{{Channel: "1", Message: "2"}, {Channel: card.Channel, Message: card.Message}}
	r := RecordOf(card)
	r.Hang(stars, places, []byte("jpeg"))
	require.Len(t, r.Places, 1, "nothing is told twice")
	var b bytes.Buffer
	w, err := NewJSON(&b, Origin{At: noon})
	require.NoError(t, err)
	require.NoError(t, w.Card(r))
	require.NoError(t, w.End())
	back := readBack(t, b.String())
	require.Equal(t, []Record{r}, back)
	whole, problem := back[0].Whole(noon)
	require.Nil(t, problem)
	require.Equal(t, stars, whole.StarredBy)
	require.Equal(t, places[:1], whole.Places)
	require.Equal(t, []byte("jpeg"), whole.JPEG)
	require.Equal(t, card.Message, whole.Message)
	require.Equal(t, card.Pictures, whole.Pictures, "with the places where they stand")

	r.StarredBy[0].At = "soon"
	_, problem = r.Whole(noon)
	require.Equal(t, &Problem{Code: NoTime, Field: "starred_by", Value: "soon"}, problem)
	r.StarredBy = nil
	r.Places = make([]Place, maxPlaces+1)
	whole, _ = r.Whole(noon)
	require.Len(t, whole.Places, maxPlaces)
	content, err := Read([]byte(strings.Replace(b.String(), "\"sheet\":\"", "\"sheet\":\"*", 1)))
	require.NoError(t, err)
	require.Equal(t, []Rejected{{2, Problem{Code: NotACard}}}, content.Rejected)
}
