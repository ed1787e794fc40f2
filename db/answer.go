package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Answer is what the source said of one parent job. It belongs to no server and holds nothing about who asked; once
// stored it never changes.
type Answer struct {
	Job          string // the parent job's id
	SeedJob      string // the job that asked for the seed
	Seed         uint32
	Prompt       string // as echoed
	Typed        string // as typed for the parent job; empty when unknown
	MidjourneyID string
	Pictures     []AnswerPicture
	Raw          json.RawMessage // the source's final word, without secrets
	At           time.Time       // kept to the millisecond
	Parent       string          // the job it was made from; empty for none or unknown
	Action       string          // as in Card
}

// AnswerPicture is one picture as the source names it.
type AnswerPicture struct {
	URL    string `json:"url"`
	Type   string `json:"type"`
	Width  int    `json:"width"`  // pixels
	Height int    `json:"height"` // pixels
	Size   int64  `json:"size"`   // bytes
}

const (
	answerColumns = `job, seed_job, seed, midjourney_id, prompt, typed, at, pictures, raw, parent, action`
	insertAnswer  = `INSERT INTO answer (` + answerColumns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (job) DO NOTHING`
	selectAnswer = `SELECT ` + answerColumns + ` FROM answer WHERE job = ?`
)

// SaveAnswer keeps a and returns what is stored: of several answers to one job the first one stays.
func (s *Store) SaveAnswer(ctx context.Context, a Answer) (Answer, error) {
	if a.Job == "" {
		return Answer{}, errors.New("save an answer: it names no job")
	}
	list := slices.Clone(a.Pictures)
	for i := range list {
		list[i].URL, list[i].Type = text(list[i].URL), text(list[i].Type)
	}
	pictures, err := json.Marshal(list)
	if err != nil {
		return Answer{}, fmt.Errorf("save the answer to %s: %w", a.Job, err)
	}
	_, err = s.write.ExecContext(ctx, insertAnswer, text(a.Job), text(a.SeedJob), a.Seed, text(a.MidjourneyID),
		text(a.Prompt), text(a.Typed), ms(a.At), string(pictures), text(string(a.Raw)), text(a.Parent), text(a.Action))
	if err != nil {
		return Answer{}, wrap(err, "save the answer to %s", a.Job)
	}
	return s.Answer(ctx, a.Job)
}

// Answer is what is stored of a parent job, or ErrNotFound.
func (s *Store) Answer(ctx context.Context, job string) (Answer, error) {
	a, err := scanAnswer(s.read.QueryRowContext(ctx, selectAnswer, text(job)))
	if err != nil {
		return Answer{}, wrap(err, "read the answer to %s", job)
	}
	return a, nil
}

func scanAnswer(r row) (Answer, error) {
	var a Answer
	var at int64
	var pictures, raw string
	err := r.Scan(&a.Job, &a.SeedJob, &a.Seed, &a.MidjourneyID, &a.Prompt, &a.Typed, &at, &pictures, &raw, &a.Parent, &a.Action)
	if err != nil {
		return Answer{}, err
	}
	a.At, a.Raw = fromMS(at), rawJSON(raw)
	return a, json.Unmarshal([]byte(pictures), &a.Pictures)
}
