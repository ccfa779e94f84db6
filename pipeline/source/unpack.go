package source

import (
	"bufio"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// unpackWindow bounds the memory of one zstd stream.
const unpackWindow = 128 << 20

// Unpack opens a file and unwraps gzip, zstd or bzip2 by its first bytes.
// Unlike a Reader of articles it makes nothing of a damaged stream but an error.
func Unpack(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	raw := bufio.NewReaderSize(f, 1<<18)
	head, err := raw.Peek(24)
	if err != nil && !errors.Is(err, io.EOF) {
		f.Close()
		return nil, err
	}
	var layer io.Reader = raw
	end := func() {}
	switch compression(head) {
	case "gzip":
		layer, err = gzip.NewReader(raw)
	case "zstd":
		var z *zstd.Decoder
		if z, err = zstd.NewReader(raw, zstd.WithDecoderMaxWindow(unpackWindow), zstd.WithDecoderConcurrency(1)); err == nil {
			layer, end = z, z.Close
		}
	case "bzip2":
		layer, err = bzip2.NewReader(raw), nil
	default:
		err = nil
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	return &unpacked{layer, f, end}, nil
}

type unpacked struct {
	io.Reader
	file *os.File
	end  func()
}

func (u *unpacked) Close() error {
	u.end()
	return u.file.Close()
}
