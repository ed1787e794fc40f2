package useapitest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/useapi/useapitest"
)

func TestAJobEndsWhenATestSaysSo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	job := b.server.AddImageJob(useapitest.JobOptions{Seed: 5, Script: useapitest.Script{End: useapitest.Never}})
	b.server.Finish(job) // nothing runs yet
	b.server.Finish("no such job")
	require.Equal(t, "completed", b.server.Status(job))
	b.call("POST", seedPath, `{"jobId":"`+job+`","stream":false}`)
	seedJob := b.server.SeedJob(job)
	require.Equal(t, "created", b.server.Status(seedJob))
	for range 2 { // the second changes nothing
		b.server.Finish(job)
		b.await(func() bool { return b.server.Status(seedJob) == "completed" })
	}
}
