package useapi

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Running is what the service is working on now, over all accounts.
//
// Source: https://useapi.net/docs/api-midjourney-v3/get-midjourney-jobs
type Running struct {
	Total, Images, Videos int
	Channels              map[string]Channel // by Discord channel id
}

// Channel is the work of one Midjourney account and its limits.
type Channel struct {
	Total, Images, Videos               int
	MaxJobs, MaxImageJobs, MaxVideoJobs int
	Jobs                                []RunningJob
}

// RunningJob is a job that has not ended.
type RunningJob struct {
	JobID, Channel, Type string
	Created              time.Time
	Elapsed              time.Duration // whole seconds
}

// Jobs lists the jobs that have not ended. Whether seed jobs are among them is not documented.
func (c *Client) Jobs(ctx context.Context) (*Running, error) {
	a, err := c.do(ctx, call{method: http.MethodGet, path: apiPath + "/jobs"})
	if err != nil {
		return nil, err
	}
	running := &Running{Channels: map[string]Channel{}}
	running.Total, running.Images, running.Videos = counts(a.object)
	for id, raw := range a.object.object("channels") {
		o := asObject(raw)
		ch := Channel{}
		ch.Total, ch.Images, ch.Videos = counts(o)
		ch.MaxJobs, ch.MaxImageJobs, ch.MaxVideoJobs = limits(o)
		for _, j := range o.list("jobs") {
			ch.Jobs = append(ch.Jobs, RunningJob{
				JobID: j.text("jobId", "jobid"), Channel: j.text("channel"), Type: j.text("jobType"),
				Created: j.time("created"), Elapsed: elapsed(j.text("elapsed")),
			})
		}
		running.Channels[id] = ch
	}
	return running, nil
}

func counts(o object) (total, images, videos int) {
	return int(o.integer("total")), int(o.integer("images")), int(o.integer("videos"))
}

func limits(o object) (jobs, images, videos int) {
	return int(o.integer("maxJobs")), int(o.integer("maxImageJobs")), int(o.integer("maxVideoJobs"))
}

// elapsed reads MM:SS, or HH:MM:SS should a job ever take that long.
func elapsed(clock string) time.Duration {
	var total time.Duration
	for part := range strings.SplitSeq(clock, ":") {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return 0
		}
		total = total*60 + time.Duration(n)*time.Second
	}
	return total
}

// Account is a Midjourney account that is configured at the service.
//
// Source: https://useapi.net/docs/api-midjourney-v3/get-midjourney-accounts
type Account struct {
	Channel                             string
	MaxJobs, MaxImageJobs, MaxVideoJobs int
	ReplyURL                            string // where the service posts the account's jobs by default
	Error                               string // why the account is out of service; empty if it works
}

// Accounts gives the accounts by Discord channel id; none is an empty map, which the service says by an empty 404.
func (c *Client) Accounts(ctx context.Context) (map[string]Account, error) {
	accounts := map[string]Account{}
	a, err := c.do(ctx, call{method: http.MethodGet, path: apiPath + "/accounts"})
	if e := asError(err); e != nil && errors.Is(e, ErrNotFound) && e.Message == "" {
		return accounts, nil
	}
	if err != nil {
		return nil, err
	}
	for id, raw := range a.object {
		o := asObject(raw)
		if o == nil {
			continue
		}
		account := Account{Channel: either(o.text("channel"), id), ReplyURL: o.text("replyUrl"),
			Error: c.words(o.reason("error"))}
		account.MaxJobs, account.MaxImageJobs, account.MaxVideoJobs = limits(o)
		accounts[id] = account
	}
	return accounts, nil
}
