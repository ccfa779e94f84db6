//go:build objects

package objects_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/storage/azblob"

	"github.com/whosaid/whosaid/pipeline/objects/clouds"
)

func init() { open = clouds.Open }

// These hold the clients of the three clouds to promise 14 against servers that
// .ci/e2e-objects starts: moto, fake-gcs-server and Azurite.

// server is the address of an emulator that a variable names.
func server(t *testing.T, variable string) string {
	t.Helper()
	address := os.Getenv(variable)
	if address == "" {
		t.Skipf("%s names no server; make e2e starts one", variable)
	}
	return strings.TrimRight(address, "/")
}

// bucket is a new one for each run, since the servers may have kept the last.
var bucket = fmt.Sprintf("whosaid-%x", time.Now().UnixNano())

func e2eRounds() int {
	if long() {
		return 10
	}
	return 4
}

// request asks a server, and takes what it answers unless it is no answer.
func request(t *testing.T, method, address, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, bytes.NewReader([]byte(body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode >= 300 && answer.StatusCode != http.StatusConflict {
		t.Fatalf("%s %s: %s", method, address, answer.Status)
	}
}

func TestMoto(t *testing.T) {
	address := server(t, "WHOSAID_E2E_S3")
	request(t, http.MethodPut, address+"/"+bucket, "")
	c := cloud{"s3 (moto)", "s3://" + bucket, forward(address, false), reachS3}
	c.rounds(t, e2eRounds())
}

func TestFakeGCS(t *testing.T) {
	address := server(t, "WHOSAID_E2E_GS")
	request(t, http.MethodPost, address+"/storage/v1/b?project=e2e", fmt.Sprintf(`{"name": %q}`, bucket))
	c := cloud{"gs (fake-gcs-server)", "gs://" + bucket, forward(address, true), func(t testing.TB, proxy string) {
		t.(interface{ Setenv(k, v string) }).Setenv("STORAGE_EMULATOR_HOST", strings.TrimPrefix(proxy, "http://"))
	}}
	c.rounds(t, e2eRounds())
}

// azuriteKey is the well-known key of the emulator's well-known account.
const azuriteKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="

func TestAzurite(t *testing.T) {
	address := server(t, "WHOSAID_E2E_AZ")
	key, err := azblob.NewSharedKeyCredential("devstoreaccount1", azuriteKey)
	if err != nil {
		t.Fatal(err)
	}
	client, err := azblob.NewClientWithSharedKeyCredential(address+"/devstoreaccount1", key, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.CreateContainer(t.Context(), bucket, nil); err != nil && !strings.Contains(err.Error(), "ContainerAlreadyExists") {
		t.Fatal(err)
	}
	c := cloud{"azblob (Azurite)", "azblob://" + bucket, forward(address, false), func(t testing.TB, proxy string) {
		for k, v := range map[string]string{
			"AZURE_STORAGE_ACCOUNT": "devstoreaccount1", "AZURE_STORAGE_KEY": azuriteKey, "AZURE_STORAGE_PROTOCOL": "http",
			"AZURE_STORAGE_DOMAIN": strings.TrimPrefix(proxy, "http://"), "AZURE_STORAGE_IS_LOCAL_EMULATOR": "true",
		} {
			t.(interface{ Setenv(k, v string) }).Setenv(k, v)
		}
	}}
	c.rounds(t, e2eRounds())
}
