package useapi_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

func TestRunningJobs(t *testing.T) {
	t.Parallel()
	running, err := answering(t, 200, jsonType, file(t, "running-jobs.json")).Jobs(t.Context())
	require.NoError(t, err)
	require.Equal(t, 2, running.Total)
	require.Equal(t, 2, running.Images)
	ch := running.Channels["1234567890123456789"]
	require.Equal(t, 3, ch.MaxJobs)
	require.Equal(t, 3, ch.MaxImageJobs)
	require.Equal(t, 3, ch.MaxVideoJobs)
	require.Len(t, ch.Jobs, 2)
	require.Equal(t, useapi.RunningJob{JobID: imageID, Channel: "1234567890123456789", Type: "image",
		Created: time.Date(2025, 10, 23, 14, 15, 20, 123e6, time.UTC), Elapsed: 32 * time.Second}, ch.Jobs[0])

	running, err = answering(t, 200, jsonType, `{"channels":{"1":{"jobs":[{"elapsed":"1:02:03"},{"elapsed":"soon"},7]},"2":null}}`).Jobs(t.Context())
	require.NoError(t, err)
	require.Equal(t, time.Hour+2*time.Minute+3*time.Second, running.Channels["1"].Jobs[0].Elapsed)
	require.Zero(t, running.Channels["1"].Jobs[1].Elapsed)
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	accounts, err := answering(t, 200, jsonType, file(t, "accounts.json")).Accounts(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[string]useapi.Account{
		"1234567890123456789": {Channel: "1234567890123456789", MaxJobs: 3, MaxImageJobs: 3, MaxVideoJobs: 3,
			ReplyURL: "https://your-server.example/webhook"},
		"9876543210987654321": {Channel: "9876543210987654321", MaxJobs: 5, MaxImageJobs: 5, MaxVideoJobs: 3,
			Error: "Pending mod message"},
	}, accounts)

	accounts, err = answering(t, 404, nil, "").Accounts(t.Context())
	require.NoError(t, err)
	require.NotNil(t, accounts)
	require.Empty(t, accounts)

	_, err = answering(t, 404, jsonType, `{"error":"No such route"}`).Accounts(t.Context())
	exactly(t, err, useapi.ErrNotFound)
	_, err = answering(t, 404, map[string]string{"Content-Type": "text/html"}, "").Accounts(t.Context())
	exactly(t, err, useapi.ErrNotJSON)
}

func TestStoppingAndResetting(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", `{"anything":1}`} {
		c := answering(t, 204, nil, body)
		require.NoError(t, c.CancelJob(t.Context(), seedID))
		require.NoError(t, c.ResetAccount(t.Context(), "1234567890123456789"))
	}
	exactly(t, answering(t, 200, nil, "<html>").CancelJob(t.Context(), seedID), useapi.ErrNotJSON)
	exactly(t, answering(t, 404, nil, "").ResetAccount(t.Context(), "1"), useapi.ErrNotFound)
}
