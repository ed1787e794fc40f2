package retrieval

// Picture is one image of an answer on its way from the source to the reply:
// a file on disk, or the reason why there is none. The file belongs to
// retrieval and is gone after Deliver returns.
type Picture struct {
	Position      int // 1 for the first
	Path          string
	Type          string // image/png, image/jpeg, image/webp or image/gif
	Size          int64  // bytes
	Width, Height int    // pixels
	SHA256        string // hex
	Hash          uint64 // see picture.Hash; 0 while unknown
	Missing       Missing
	// Sheet tells that this is no picture of the answer but its small contact sheet, shown alone because none of the
	// originals can be had; Instead says why not, mostly Gone.
	Sheet   bool
	Instead Missing
}

// Missing says why a picture could not be had; empty when it is there.
type Missing string

// Reasons why a picture is missing.
const (
	Gone       Missing = "gone"        // the link has expired or the picture was removed
	TooBig     Missing = "too_big"     // larger than one file may be
	TooMuch    Missing = "too_much"    // all pictures together are larger than one message may be
	Slow       Missing = "slow"        // did not arrive in time
	NotPicture Missing = "not_picture" // the host sent something else
	HostDenied Missing = "host_denied" // the host is not on the list of allowed hosts
	Unreadable Missing = "unreadable"  // the download broke off or the host answered with an error
)
