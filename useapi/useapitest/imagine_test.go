package useapitest_test

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/useapi/useapitest"
)

const imaginePath = "/v3/midjourney/jobs/imagine"

func TestOrdersAreChecked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for body, want := range map[string]int{
		`{"prompt":"owl","stream":false}`:                  http.StatusCreated,
		`{"prompt":" ","stream":false}`:                    http.StatusBadRequest,
		`{"stream":false}`:                                 http.StatusBadRequest,
		`{"prompt":5}`:                                     http.StatusBadRequest,
		`{"prompt":"owl","channel":"1111111111111111111"}`: http.StatusBadRequest,
		`{"prompt":"owl","channel":"` + useapitest.DefaultChannel + `","stream":false}`: http.StatusCreated,
		`nothing`: http.StatusBadRequest,
	} {
		resp, err := b.client.Do(b.request(http.MethodPost, imaginePath, body))
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
		require.Equal(t, want, resp.StatusCode, body)
	}
	require.Len(t, b.server.Made(""), 2)
}

func TestAnOrderGoesToTheAccountWithTheLeastToDo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const second, ill = "1234567890987654399", "1134567890987654399"
	b.server.AddAccount(second)
	b.server.BreakAccount(ill, "CAPTCHA")
	b.server.Next(4, useapitest.Script{End: useapitest.Never})
	taken := map[string]int{}
	for range 4 {
		resp, err := b.client.Do(b.request(http.MethodPost, imaginePath, `{"prompt":"owl","stream":false}`))
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
	}
	for _, id := range b.server.Made("owl") {
		for _, channel := range []string{useapitest.DefaultChannel, second, ill} {
			if bytes.Contains([]byte(id), []byte(channel)) {
				taken[channel]++
			}
		}
	}
	require.Equal(t, map[string]int{useapitest.DefaultChannel: 2, second: 2}, taken)
}

func TestAGridIsTheFourPicturesOfItsSeed(t *testing.T) {
	t.Parallel()
	grid, err := png.Decode(bytes.NewReader(useapitest.Grid(7, 128)))
	require.NoError(t, err)
	for n := range 4 {
		one, err := png.Decode(bytes.NewReader(useapitest.Picture(7, n, 64)))
		require.NoError(t, err)
		quarter := image.NewRGBA(one.Bounds())
		draw.Draw(quarter, quarter.Rect, grid, image.Pt(n%2*64, n/2*64), draw.Src)
		require.Equal(t, one, quarter)
	}
}

func TestWhatIsEchoedNamesStylizeOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for prompt, echo := range map[string]string{
		"owl --v 7":             "**owl --v 7 --s 250**",
		"owl --stylize 100":     "**owl --stylize 100**",
		"owl --s 100 --v 7":     "**owl --s 100 --v 7**",
		"owls --style raw":      "**owls --style raw --s 250**",
		"owl --stylize 5 --s 6": "**owl --stylize 5 --s 6**",
	} {
		status, made := b.call(http.MethodPost, imaginePath, `{"prompt":"`+prompt+`"}`)
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, made, echo)
	}
}
