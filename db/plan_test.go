package db

import (
	"database/sql"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A table that is read from end to end is quick in every test and slow in every real history, so the plans are asked.
func TestEveryQueryFindsItsRowsByAnIndex(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for name, c := range map[string]struct{ query, index string }{
		"Card":               {cardOfNumber, "card_number (scope=? AND number=?)"},
		"CardOfJob":          {cardOfJob, "card_job (job=? AND scope=? AND owner=?)"},
		"CardOfMessage":      {cardOfMessage, "SEARCH message USING PRIMARY KEY (scope=? AND channel=? AND message=?)"},
		"CardOfMidjourneyID": {cardOfMidjourneyID, "card_midjourney (scope=? AND midjourney_id=?)"},
		"LastCard":           {lastCard, "card_asker (scope=? AND asker=?)"},
		"Keep by ask":        {cardOfAsk, "card_ask (scope=? AND ask=? AND owner=?)"},
		"History":            {pageDown, "card_owner (scope=? AND owner=? AND number>? AND number<?)"},
		"History to newer":   {pageUp, "card_owner (scope=? AND owner=? AND number>? AND number<?)"},
		"History after":      {idAfter, "card_number (scope=? AND number<?)"},
		"History before":     {idBefore, "card_number (scope=? AND number>?)"},
		"CountNewer":         {countBetween, "COVERING INDEX card_owner (scope=? AND owner=? AND number>?)"},
		"Count":              {countVisible, "SEARCH tally USING PRIMARY KEY (space=? AND kind=? AND value=?)"},
		"Suggest by seed":    {cardsOfSeed, "card_seed (scope=? AND seed=?)"},
		"Search":             {matchedDown, "card_search VIRTUAL TABLE INDEX 3"},
		"Search since":       {sinceDown, "SEARCH card USING COVERING INDEX card_created (scope=? AND created>?"},
		"Search since when":  {firstSince, "COVERING INDEX card_created (scope=? AND created>?)"},
		"Search back":        {matchedUp, "card_search VIRTUAL TABLE INDEX 3"},
		"Search spaces":      {spacesOfView, "(scope=? AND owner=?)"},
		"Search cards":       {cardsOfIDs, "SEARCH card USING INTEGER PRIMARY KEY (rowid=?)"},
		"Search stars":       {starsOfIDs, "SEARCH card USING INTEGER PRIMARY KEY (rowid=?)"},
		"Versions":           {newestValues, "SEARCH tally USING PRIMARY KEY (space=? AND kind=?)"},
		"Tags":               {usedValues, "SEARCH tally USING PRIMARY KEY (space=? AND kind=? AND value>? AND value<?)"},
		"CardsOfPicture":     {picturesOfKeys, "SEARCH picture_key USING PRIMARY KEY (space=? AND key=?)"},
		"Keep picture keys":  {deleteKeys, "SEARCH picture_key USING PRIMARY KEY (space=? AND key=? AND card=?)"},
		"Alter":              {cardToAlter, "card_number (scope=? AND number=?)"},
		"SetPrivate":         {cardOfOwner, "card_job (job=? AND scope=? AND owner=?)"},
		"AddMessage":         {insertMessage, "SEARCH card USING INTEGER PRIMARY KEY (rowid=?)"},
		"Places":             {placesOfCard, "SEARCH message USING COVERING INDEX message_card (card=?)"},
		"Sheet":              {selectSheet, "SEARCH sheet USING INTEGER PRIMARY KEY (rowid=?)"},
		"SaveSheet":          {insertSheet, "card_number (scope=? AND number=?)"},
		"Undelete":           {cardToRestore, "card_number (scope=? AND number=?)"},
		"Deleted":            {deletionOf, "card_number (scope=? AND number=?)"},
		"Undelete a picture": {otherSeedOfPicture, "card_midjourney (scope=? AND midjourney_id=?)"},
		"Undoable":           {cardDeleted, "card_number (scope=? AND number=?)"},
		"Purge":              {cardsDeleted, "card_deleted (deleted<?)"},
		"Purge old":          {cardsBefore, "card_created (scope=? AND created<?)"},
		"CountBefore":        {countBefore, "card_created (scope=? AND created<?)"},
		"Purge answers":      {eraseAnswer, "SEARCH ask USING COVERING INDEX ask_running (job=?)"},
		"Purge asks":         {asksBefore, "ask_scope (scope=? AND at<?)"},
		"Purge audit":        {auditBefore, "(scope=?)"},
		"Purge spending":     {spendingBefore, "spending_at (at<?)"},
		"Forget private":     {privateCardsOf, "card_owner (scope=? AND owner=?)"},
		"Forget public":      {publicCardsOf, "card_asker (scope=? AND asker=?)"},
		"Forget stars":       {cardsStarredBy, "star_member (member=?)"},
		"Forget deleted":     {deletedCardsOf, "card_asker (scope=? AND asker=?)"},
		"Forget recipes":     {recipesWrittenBy, "SEARCH recipe_revision EXISTS USING PRIMARY KEY (recipe=?)"},
		"BeginForgetting":    {noteNaming, "card_asker (scope=? AND asker=?)"},
		"Naming":             {namingOf, "SEARCH naming USING PRIMARY KEY (scope=? AND member=?)"},
		"EndForgetting":      {endForgetting, "SEARCH naming USING PRIMARY KEY (scope=? AND member=?)"},
		"Reindex":            {cardsAfterID, "SEARCH card USING INTEGER PRIMARY KEY (rowid>?)"},
		"Export":             {allIDs, "COVERING INDEX card_owner (scope=? AND owner=?)"},
		"Import":             {sameSeedWith, "card_seed (scope=? AND seed=? AND number<?)"},
		"Import between":     {cardAtAbove, "card_number (scope=? AND number>?)"},
		"Import behind":      {cardBelow, "card_number (scope=? AND number<?)"},
		"Keep last":          {lastOfScope, "COVERING INDEX card_created (scope=?)"},
		"Import recipes":     {recipeRevisions, "SEARCH recipe_revision USING PRIMARY KEY (recipe=?)"},
		"RecipeNames":        {recipeNames, "(scope=?)"},
		"StarredBy":          {starsOn, "SEARCH star USING PRIMARY KEY (card=?)"},
		"LastNumber":         {lastNumber, "SEARCH scope USING PRIMARY KEY (scope=?)"},
		"Recipe":             {recipeOfRevision, "SEARCH recipe_revision USING PRIMARY KEY (recipe=? AND revision=?)"},
		"Recipe of a name":   {recipeKnownAs, "SEARCH recipe_former USING PRIMARY KEY (scope=? AND key=?)"},
		"RecipeMade":         {recipeMadeAt, "recipe_created (scope=? AND created=?)"},
		"RecipeLog":          {recipeLog, "SEARCH recipe_revision USING PRIMARY KEY (recipe=?)"},
		"Recipes":            {recipesAfter, "recipe_rank (scope=?"},
		"RecipesOfCard":      {recipesOfCard, "recipe_card_card (card=?)"},
		"AuditLog":           {auditOfScope, "audit_scope (scope=? AND id<?)"},
		"Audiences":          {audiencesOfScope, "audience_scope (scope=?)"},
		"Audience":           {channelsOfCard, "COVERING INDEX message_card (card=?)"},
		"Channels":           {channelsOfScope, "SEARCH tally USING PRIMARY KEY (space=? AND kind=? AND value=?)"},
		"Message of another": {shownBefore, "SEARCH message USING PRIMARY KEY (scope=? AND channel=? AND message=?)"},
		"Picture's cards":    {visibleIDs, "SEARCH card USING INTEGER PRIMARY KEY (rowid=?)"},
		"Recipe's other":     {keepRecipeCards, "SEARCH recipe_card USING PRIMARY KEY (recipe=? AND revision=?)"},
		"Reindex scopes":     {scopesAfterID, "SEARCH card USING INTEGER PRIMARY KEY (rowid>?)"},
		"AuditLog of one":    {auditOfMember, "audit_member (scope=? AND member=? AND id<?)"},
		"Spent":              {countSpending, "COVERING INDEX spending_member (scope=? AND member=? AND at>?)"},
		"Stats of asks":      {countAsks, "ask_scope (scope=? AND at>?)"},
		"Stats of problems":  {lastProblems, "ask_scope (scope=? AND at>?)"},
		"Stats of recipes":   {countRecipes, "(scope=?)"},
		"Answer":             {selectAnswer, "answer"},
		"Ask":                {askOfID, "PRIMARY KEY (id=?)"},
		"EndAsk":             {endAsk, "PRIMARY KEY (id=?)"},
		"EndAsk again":       {askExists, "PRIMARY KEY (id=?)"},
		"RecentAsks":         {recentAsks, "ask_open (scope=? AND owner=?)"},
		"RunningAsks":        {runningAsks, "ask_running (job=?)"},
		"PruneAsks":          {pruneAsks, "ask_at (at<?)"},
	} {
		plan := planOf(t, s, c.query)
		require.Contains(t, strings.Join(plan, "\n"), c.index, name)
		for _, step := range plan {
			for _, table := range []string{"card", "message", "ask", "answer", "star", "tally", "picture_key", "recipe", "recipe_revision", "audit", "space", "audience", "recipe_card"} {
				full := step == "SCAN "+table || strings.HasPrefix(step, "SCAN "+table+" USING")
				require.False(t, full, "%s: %s", name, step)
			}
		}
	}
	for name, query := range map[string]string{
		"History": pageDown, "History to newer": pageUp, "LastCard": lastCard, "Suggest by seed": cardsOfSeed,
		"RecentAsks": recentAsks, "PruneAsks": pruneAsks, "Search": matchedDown, "Recipes": recipesAfter,
		"AuditLog": auditOfScope, "AuditLog of one": auditOfMember, "Stats of problems": lastProblems, "Purge old": cardsBefore,
	} {
		require.NotContains(t, strings.Join(planOf(t, s, query), "\n"), "TEMP B-TREE FOR ORDER BY", "%s sorts what lies in order", name)
	}
}

func planOf(t *testing.T, s *Store, query string) (steps []string) {
	t.Helper()
	stmt, err := s.write.Prepare(query)
	require.NoError(t, err)
	require.NoError(t, stmt.Close())
	args := make([]any, 12)
	rows, err := s.write.Query("EXPLAIN QUERY PLAN "+query, args[:parameters(query)]...)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var id, parent int
		var unused sql.RawBytes
		var detail string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
		steps = append(steps, detail)
	}
	require.NoError(t, rows.Err())
	return steps
}

// parameters counts ?N by the largest, bare ? one by one.
func parameters(query string) int {
	n := 0
	for i := range len(query) {
		if query[i] != '?' {
			continue
		}
		end := i + 1
		for end < len(query) && query[end] >= '0' && query[end] <= '9' {
			end++
		}
		if number, err := strconv.Atoi(query[i+1 : end]); err == nil {
			n = max(n, number)
		} else {
			n++
		}
	}
	return n
}
