package useapitest

import "net/http"

// account is a Midjourney account, known by its channel.
type account struct{ problem string }

// AddAccount adds an account; jobs add the account of their channel themselves.
func (s *Server) AddAccount(channel string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts[channel] = &account{}
}

// RemoveAccounts removes all accounts: GET /accounts answers 404 without a body.
func (s *Server) RemoveAccounts() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.accounts)
}

// BreakAccount puts an account out of service, for a reason such as "Pending mod message", until it is reset. When all
// are, requests for a seed get 596.
func (s *Server) BreakAccount(channel, reason string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts[channel] = &account{problem: reason}
}

// broken lists the channels that are out of service. The caller holds mu.
func (s *Server) broken() (channels []string) {
	for channel, a := range s.accounts {
		if a.problem != "" {
			channels = append(channels, channel)
		}
	}
	return channels
}

func (s *Server) getAccounts(w http.ResponseWriter, r *http.Request) { s.write(w, r, s.accountList()) }

func (s *Server) accountList() Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.accounts) == 0 {
		return Reply{Status: http.StatusNotFound}
	}
	all := map[string]any{}
	for channel, a := range s.accounts {
		one := map[string]any{"discord": "MTI...xyz", "channel": channel, "maxJobs": s.maxJobs, "maxImageJobs": s.maxJobs,
			"maxVideoJobs": 3}
		if a.problem != "" {
			one["error"] = a.problem
		}
		all[channel] = one
	}
	return Reply{Status: http.StatusOK, Body: encode(all)}
}

func (s *Server) resetAccount(w http.ResponseWriter, r *http.Request) {
	s.write(w, r, s.reset(r.PathValue("channel")))
}

func (s *Server) reset(channel string) Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.accounts[channel]
	if a == nil {
		return Reply{Status: http.StatusNotFound}
	}
	a.problem = ""
	s.tell()
	return Reply{Status: http.StatusNoContent}
}
