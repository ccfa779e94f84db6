//go:build objects

package main

import (
	"context"
	"os"

	"github.com/whosaid/whosaid/pipeline"
	"github.com/whosaid/whosaid/pipeline/objects"
	"github.com/whosaid/whosaid/pipeline/objects/clouds"
	"github.com/whosaid/whosaid/pipeline/source"
)

// stores is the object stores that addresses name. They are closed when the
// program ends.
var stores = objects.New(objects.Options{Open: clouds.Open, Secrets: secrets()})

// secrets are the values of the variables that the stores' clients take
// credentials from, so that no error shows one.
func secrets() (values []string) {
	for _, name := range []string{
		"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CONTAINER_AUTHORIZATION_TOKEN",
		"AZURE_STORAGE_KEY", "AZURE_STORAGE_SAS_TOKEN", "AZURE_STORAGE_CONNECTION_STRING", "AZURE_STORAGEBLOB_CONNECTIONSTRING",
		"AZURE_CLIENT_SECRET", "AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD",
	} {
		if v := os.Getenv(name); v != "" {
			values = append(values, v)
		}
	}
	return values
}

// objectSource reads input from object stores.
func objectSource() source.Objects { return stores }

// objectFolder opens a folder of an object store.
func objectFolder(ctx context.Context, address string) (pipeline.Folder, func(), error) {
	f, err := stores.Folder(ctx, address)
	if err != nil {
		return nil, nil, err
	}
	return f, func() { _ = f.Close() }, nil
}

// checkAddress reports what is wrong with an address.
func checkAddress(address string) error {
	_, _, err := objects.Split(address)
	return err
}
