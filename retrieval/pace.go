package retrieval

import "time"

// pace is how long things may take. Tests have a faster one.
type pace struct {
	pollSoon            time.Duration   // before the first look at a job whose stream broke
	pollFirst, pollMost time.Duration   // between two looks
	glance              time.Duration   // between two looks at a job whose stream goes on
	deadline            time.Duration   // from the request until the job that fetches a seed is given up
	making              time.Duration   // the same for a job that makes a picture
	busy                []time.Duration // before the tries after a 429 that names no time; the last is repeated
	busyMost            time.Duration   // of waiting for a slot at the source
	again               []time.Duration // before the tries after a request that got no answer
	parting             time.Duration   // for a stopped request to tell its job's ID
	picture             time.Duration   // for one picture
	pictureIdle         time.Duration   // without a byte of a picture
	pictureAgain        time.Duration   // before the second try of a picture whose host had a fault
	deliverFirst        time.Duration   // before the second try to deliver; doubled up to a minute
	deliverMost         time.Duration   // from the ask until its delivery is given up
	forward             time.Duration   // for leading a message that was left behind to the answer
	saveMost            time.Duration   // of trying to write the history
	lastSteps           time.Duration   // that Close waits for steps that are better not cut off
}

func usualPace() pace {
	return pace{
		pollSoon: 500 * time.Millisecond, pollFirst: 5 * time.Second, pollMost: 15 * time.Second, glance: 2 * time.Minute,
		deadline: 15 * time.Minute, making: 30 * time.Minute,
		busy:     []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second},
		busyMost: 2 * time.Minute, again: []time.Duration{time.Second, 3 * time.Second}, parting: 10 * time.Second,
		picture: 45 * time.Second, pictureIdle: 15 * time.Second, pictureAgain: time.Second,
		deliverFirst: time.Second, deliverMost: 24 * time.Hour, forward: 15 * time.Second, saveMost: 24 * time.Hour,
		lastSteps: 5 * time.Second,
	}
}
