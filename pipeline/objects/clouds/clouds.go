// Package clouds links the clients of object stores: s3://, gs:// and azblob://.
// In comes the address of a bucket, the open bucket comes out. It makes a program
// half as large again, so only the flavour with object storage has it.
//
// Credentials, regions and addresses of servers come from each store's own chain
// of variables, files and metadata services.
package clouds

import (
	"context"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/logging"
	"gocloud.dev/blob"
	"gocloud.dev/blob/azureblob"
	_ "gocloud.dev/blob/gcsblob" // gs://
	"gocloud.dev/blob/s3blob"
)

// Open opens a bucket by its address.
func Open(ctx context.Context, bucket string) (*blob.Bucket, error) {
	u, err := url.Parse(bucket)
	if err != nil {
		return nil, err
	}
	switch u.Scheme {
	case s3blob.Scheme:
		return openS3(ctx, u.Host)
	case azureblob.Scheme: // blob.OpenBucket would keep what the first call found in variables
		o := azureblob.URLOpener{MakeClient: azureblob.NewDefaultClient, ServiceURLOptions: *azureblob.NewDefaultServiceURLOptions()}
		return o.OpenBucketURL(ctx, u)
	}
	return blob.OpenBucket(ctx, bucket)
}

// openS3 does what blob.OpenBucket does, but for the client's own tries, which
// would multiply ours, and its log, which goes to standard error.
func openS3(ctx context.Context, name string) (*blob.Bucket, error) {
	cfg, err := config.LoadDefaultConfig(ctx,
		config.WithRetryer(func() aws.Retryer { return aws.NopRetryer{} }), config.WithLogger(logging.Nop{}))
	if err != nil {
		return nil, err
	}
	return s3blob.OpenBucket(ctx, s3.NewFromConfig(cfg), name, nil)
}
