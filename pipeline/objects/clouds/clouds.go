//go:build objects

// Package clouds links the clients of object stores: s3://, gs:// and azblob://.
// In comes the address of a bucket, the open bucket comes out. It makes a program
// half as large again, and takes most of a minute to compile, so only the flavour
// with object storage has it.
//
// Credentials, regions and addresses of servers come from each store's own chain
// of variables, files and metadata services.
package clouds

import (
	"context"
	"net/url"

	"gocloud.dev/blob"
	"gocloud.dev/blob/azureblob"
	_ "gocloud.dev/blob/gcsblob" // gs://
	"gocloud.dev/blob/s3blob"

	"github.com/whosaid/whosaid/pipeline/objects/amazon"
)

// Open opens a bucket by its address.
func Open(ctx context.Context, bucket string) (*blob.Bucket, error) {
	u, err := url.Parse(bucket)
	if err != nil {
		return nil, err
	}
	switch u.Scheme {
	case s3blob.Scheme:
		return amazon.Open(ctx, u.Host)
	case azureblob.Scheme: // blob.OpenBucket would keep what the first call found in variables
		o := azureblob.URLOpener{MakeClient: azureblob.NewDefaultClient, ServiceURLOptions: *azureblob.NewDefaultServiceURLOptions()}
		return o.OpenBucketURL(ctx, u)
	}
	return blob.OpenBucket(ctx, bucket)
}
