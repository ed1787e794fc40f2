package prompt

// Level says how well a prompt and its seed will give the same picture again.
type Level int

const (
	Low    Level = iota // another picture
	Medium              // perhaps the same, something is left open
	High                // near enough the same; never every pixel
)

// String is "low", "medium" or "high".
func (l Level) String() string {
	switch l {
	case High:
		return "high"
	case Medium:
		return "medium"
	}
	return "low"
}

// Verdict is what Repeatable finds. Reasons explain the level, the most useful first; there are none for High.
type Verdict struct {
	Level   Level
	Reasons []Reason
}

// Code names a reason. Codes are kept in records and custom IDs, so they never change their meaning.
type Code string

// What makes a verdict Low.
const (
	NotGrid         Code = "not-grid"         // Values: the action
	SeedMissing     Code = "seed-missing"     //
	PromptUnknown   Code = "prompt-unknown"   //
	PromptTruncated Code = "prompt-truncated" //
	Alternatives    Code = "alternatives"     // {a, b}: not the prompt of one picture
	RandomStyle     Code = "random-style"     // --sref random: the style of the picture is not in the prompt
	ModelRetired    Code = "model-retired"    // Values: the version
	OldModel        Code = "old-model"        // Values: the version
	DeadReference   Code = "dead-reference"   // Values: the links
)

// What makes a verdict Medium.
const (
	VersionUnwritten    Code = "version-unwritten"     // Model: the likely one; Add: pins it
	BareProfile         Code = "bare-profile"          // --p without a code means whatever is newest
	StyleVersionMissing Code = "style-version-missing" // Values: the codes; Add: pins it, where it is known
	TurboMode           Code = "turbo"                 // Drop, unless only the job's own mode tells of it
	DraftMode           Code = "draft"                 // Drop
	WeirdSet            Code = "weird"                 // Values: the number; Drop
	ChaosHigh           Code = "chaos"                 // Values: the number; Drop
	ExpiringReference   Code = "expiring-reference"    // Values: the links
	SeedPasted          Code = "seed-pasted"           //
	SeedImported        Code = "seed-imported"         //
)

// Reason is one thing that stands against the same picture, with the change that mends it. The change makes a next
// picture repeatable; it does not bring this one back.
type Reason struct {
	Code  Code
	Level Level
	// Values are what the reason is about, in the author's words; what they are depends on the code.
	Values []string
	// Model is the one Midjourney likely used where none is written; its Version is "" when that is not known.
	Model Model
	// Add is the parameter to write into the prompt, "" when there is none that helps.
	Add string
	// Drop is the parameter to leave out, as the prompt writes it.
	Drop string
}
