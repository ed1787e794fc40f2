package discordtest

import (
	"time"

	"github.com/gorilla/websocket"
)

// Answer is what the gateway does instead of its usual answer, once.
type Answer struct {
	op        int
	resumable bool
	code      int
	what      answerKind
}

type answerKind int

const (
	answerOp answerKind = iota
	answerClose
	answerDrop
	answerNothing
)

// AnswerReconnect asks the client to reconnect (op 7).
func AnswerReconnect() Answer { return Answer{what: answerOp, op: opReconnect} }

// AnswerInvalidSession sends op 9.
func AnswerInvalidSession(resumable bool) Answer {
	return Answer{what: answerOp, op: opInvalidSession, resumable: resumable}
}

// AnswerClose closes with a code.
func AnswerClose(code int) Answer { return Answer{what: answerClose, code: code} }

// AnswerDrop cuts the TCP connection without a word.
func AnswerDrop() Answer { return Answer{what: answerDrop} }

// AnswerNothing leaves the client waiting.
func AnswerNothing() Answer { return Answer{what: answerNothing} }

// NextConnect plays the answers, one each, to the next connections instead of hello.
func (g *Gateway) NextConnect(answers ...Answer) { g.queue(&g.onDial, answers) }

// NextIdentify plays the answers, one each, to the next identifies instead of ready.
func (g *Gateway) NextIdentify(answers ...Answer) { g.queue(&g.onIdent, answers) }

// NextResume plays the answers, one each, to the next resumes instead of the replay.
func (g *Gateway) NextResume(answers ...Answer) { g.queue(&g.onResume, answers) }

func (g *Gateway) queue(to *[]Answer, answers []Answer) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	*to = append(*to, answers...)
}

// Reconnect sends op 7 to every connection.
func (g *Gateway) Reconnect() { g.playAll(AnswerReconnect()) }

// InvalidSession sends op 9 to every connection; not resumable ends the sessions.
func (g *Gateway) InvalidSession(resumable bool) { g.playAll(AnswerInvalidSession(resumable)) }

// Close closes every connection with a code. Codes after which Discord's table
// says not to resume end the sessions too.
func (g *Gateway) Close(code int) { g.playAll(AnswerClose(code)) }

// Drop cuts every TCP connection without a close frame. Sessions can be resumed.
func (g *Gateway) Drop() { g.playAll(AnswerDrop()) }

// Silence makes the gateway send nothing any more: no hello, no acks, no events.
// Connections stay open and new ones are accepted. Speak ends it.
func (g *Gateway) Silence() { g.setSilent(true) }

// Speak ends a Silence. Events missed meanwhile come with the next resume only.
func (g *Gateway) Speak() { g.setSilent(false) }

func (g *Gateway) setSilent(on bool) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.silent = on
}

// Refuse closes every identify and resume from now on with the code, for
// instance CloseAuthenticationFailed; 0 ends it. Live connections stay.
func (g *Gateway) Refuse(code int) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.refuse = code
}

// Forget ends all sessions, so that the next resume is refused as in life after
// a long absence. Live connections stay until they are closed or dropped.
func (g *Gateway) Forget() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	clear(g.sessions)
}

func (g *Gateway) playAll(a Answer) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	for c := range g.conns {
		c.play(a)
	}
}

// play does an answer on one connection. The caller holds s.mu.
func (c *conn) play(a Answer) {
	switch a.what {
	case answerOp:
		var d any
		if a.op == opInvalidSession {
			d = a.resumable
			if !a.resumable && c.session != nil {
				delete(c.g.sessions, c.session.id)
				c.session.conn, c.session = nil, nil
			}
		}
		c.send(a.op, d)
	case answerClose:
		c.close(a.code)
	case answerDrop:
		c.drop()
	case answerNothing:
	}
}

// pop takes the next scripted answer, if there is one.
func pop(queue *[]Answer) (Answer, bool) {
	if len(*queue) == 0 {
		return Answer{}, false
	}
	a := (*queue)[0]
	*queue = (*queue)[1:]
	return a, true
}

// endsSession tells whether a session cannot be resumed after this close code.
func endsSession(code int) bool {
	switch code {
	case websocket.CloseNormalClosure, websocket.CloseGoingAway, CloseInvalidSeq, CloseSessionTimedOut:
		return true
	}
	return code == CloseAuthenticationFailed || code >= CloseInvalidShard && code <= CloseDisallowedIntents
}

// closeWait bounds how long a closing handshake is waited for.
const closeWait = time.Second
