// Package amazon opens buckets of S3, and of what speaks as it does. In comes a
// name, the open bucket comes out; credentials, region and server come from S3's
// own chain of variables, files and metadata services.
package amazon

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/logging"
	"gocloud.dev/blob"
	"gocloud.dev/blob/s3blob"
)

// Open does what blob.OpenBucket does, but for the client's own tries, which
// would multiply those of package objects, and its log, which goes to standard
// error.
func Open(ctx context.Context, name string) (*blob.Bucket, error) {
	cfg, err := config.LoadDefaultConfig(ctx,
		config.WithRetryer(func() aws.Retryer { return aws.NopRetryer{} }), config.WithLogger(logging.Nop{}))
	if err != nil {
		return nil, err
	}
	return s3blob.OpenBucket(ctx, s3.NewFromConfig(cfg), name, nil)
}
