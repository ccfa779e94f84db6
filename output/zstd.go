package output

import (
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
)

// pageCodec compresses pages with zstd. parquet-go's own codec leaves pages
// without repeats as they are; ids have no repeats but only sixteen different
// characters, and take half the room once their literals are entropy-coded.
// Level and window are fixed, so that the bytes depend on nothing else.
type pageCodec struct {
	enc *zstd.Encoder
	dec *zstd.Decoder
}

// newPageCodec makes a codec for the files of one writer. Its window of 512 KiB
// spans any page but that of a huge article.
func newPageCodec() (*pageCodec, error) {
	enc, err := zstd.NewWriter(nil,
		zstd.WithEncoderConcurrency(1),
		zstd.WithEncoderLevel(zstd.SpeedFastest), // 5% more bytes than the next level, a third less time for the whole write
		zstd.WithAllLitEntropyCompression(true),
		zstd.WithWindowSize(512<<10),
		zstd.WithZeroFrames(true),
		zstd.WithEncoderCRC(false), // pages have a checksum of their own
	)
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return &pageCodec{enc, dec}, nil
}

func (c *pageCodec) String() string { return "ZSTD" }

func (c *pageCodec) CompressionCodec() format.CompressionCodec { return format.Zstd }

func (c *pageCodec) Encode(dst, src []byte) ([]byte, error) {
	return c.enc.EncodeAll(src, dst[:0]), nil
}

func (c *pageCodec) Decode(dst, src []byte) ([]byte, error) { return c.dec.DecodeAll(src, dst[:0]) }
