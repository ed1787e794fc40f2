package commands

import (
	"context"
	"errors"
	"time"

	"seedbank/bot"
)

// earlyTime is how long Discord may be asked for something before an interaction is acknowledged: it waits for that
// three seconds, and the history is asked too.
const earlyTime = time.Second

// early does what an ask depends on before the interaction is acknowledged, so that nothing stands between that and the
// keeping of the ask: a process that is killed there would leave a member waiting for ever. What it refuses is told to
// the asker alone. When it takes too long it is not done, and left for after the acknowledgement.
func early(ctx context.Context, do func(context.Context) error) (done bool, err error) {
	short, cancel := context.WithTimeout(ctx, earlyTime)
	defer cancel()
	err = do(short)
	if _, refused := errors.AsType[*bot.UserError](err); err != nil && !refused && short.Err() != nil && ctx.Err() == nil {
		return false, nil
	}
	return err == nil, err
}
