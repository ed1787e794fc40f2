package retrieval

import "seedbank/useapi"

// JobKind is what a job ID says about its job.
type JobKind int

// The kinds of jobs. A seed can be asked of an image job; a command job may be one that says no more about itself.
const (
	ImageJob JobKind = iota + 1
	CommandJob
	VideoJob
	V2Job // of version 2 of the API, which cannot be reached any more
)

// FoundJob is a job ID found in a text.
type FoundJob struct {
	ID   string
	Kind JobKind
}

// FindJobs finds the job IDs in a text of any kind, JSON too: each once, in order.
func FindJobs(text string) []FoundJob {
	ids := useapi.FindJobIDs(text)
	found := make([]FoundJob, 0, len(ids))
	for _, id := range ids {
		kind := CommandJob
		switch id.Kind() {
		case useapi.Image:
			kind = ImageJob
		case useapi.Video:
			kind = VideoJob
		case useapi.V2:
			kind = V2Job
		}
		found = append(found, FoundJob{ID: id.String(), Kind: kind})
	}
	return found
}

// ChannelOfJob is the useapi channel that a job belongs to, in digits: the Midjourney account whose slots its seed takes.
// It is "unknown" for what is no job ID.
func ChannelOfJob(job string) string {
	id, err := useapi.ParseJobID(job)
	if err != nil {
		return "unknown"
	}
	return id.Channel()
}
