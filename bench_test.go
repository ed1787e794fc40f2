package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

// BenchmarkLargePictures lets eight members ask at once for four pictures of 8 MB each, on a server whose limits allow
// that, and reports by how much the memory of the whole process grew above its idle state (MB-above-idle, Linux only).
func BenchmarkLargePictures(b *testing.B) {
	const asks, weight = 8, 8_000_000
	l := newLive(b, discordtest.WithAttachmentLimit(50<<20))
	l.start()
	warm := l.useapi.AddImageJob(useapitest.JobOptions{Seed: 1})
	l.finished(l.seed(l.member, warm))
	idle := l.memory("VmRSS")
	l.forgetPeak()
	for range b.N {
		began := time.Now()
		var asked []*discordtest.Interaction
		for n := range asks {
			job := l.useapi.AddImageJob(useapitest.JobOptions{
				Prompt: fmt.Sprintf("heavy %d", n), Seed: uint32(n), ImageBytes: weight, Channel: strconv.Itoa(1234567890987654300 + n),
			})
			asked = append(asked, l.seed(l.member, job))
		}
		for _, i := range asked {
			require.Len(b, l.finished(i).Attachments, 4)
		}
		b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms-for-all")
	}
	b.ReportMetric(float64(l.memory("VmHWM")-idle)/1e6, "MB-above-idle")
	b.ReportMetric(float64(idle)/1e6, "MB-idle")
}

// BenchmarkAsk is one ask from the member's command to the finished card, with a source that answers at once.
func BenchmarkAsk(b *testing.B) {
	l := newLive(b, discordtest.WithWebhookRate(discordtest.Rate{}))
	l.start()
	for range b.N {
		job := l.useapi.AddImageJob(useapitest.JobOptions{Seed: 1, ImageSize: 64})
		l.finished(l.seed(l.member, job))
	}
}

// BenchmarkKnownAsk is the same for a seed that is in the history.
func BenchmarkKnownAsk(b *testing.B) {
	l := newLive(b, discordtest.WithWebhookRate(discordtest.Rate{}))
	l.start()
	job := l.useapi.AddImageJob(useapitest.JobOptions{Seed: 1, ImageSize: 64})
	l.finished(l.seed(l.member, job))
	for range b.N {
		l.finished(l.seed(l.member, job))
	}
}

// memory reads one figure of the process, in bytes.
func (l *live) memory(name string) int64 {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", l.process.Process.Pid))
	require.NoError(l.t, err, "memory is read from /proc, which only Linux has")
	m := regexp.MustCompile(name + `:\s+(\d+) kB`).FindSubmatch(raw)
	require.NotNil(l.t, m)
	kB, err := strconv.ParseInt(string(m[1]), 10, 64)
	require.NoError(l.t, err)
	return kB * 1024
}

// forgetPeak makes VmHWM count from now.
func (l *live) forgetPeak() {
	require.NoError(l.t, os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", l.process.Process.Pid), []byte("5"), 0))
}
