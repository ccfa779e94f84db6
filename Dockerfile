# An image with nothing in it but whosaid: static, without a shell, not as root.
#
#   docker build -t whosaid .                                  (TAGS=objects: with object storage)
#   docker run --rm -v "$PWD:/data" --user "$(id -u):$(id -g)" whosaid extract --out tables articles
#
# .ci/image checks these steps where no docker is.
FROM golang:1.26 AS build
ARG TAGS=""
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -tags "arrow_json_stdlib,urfave_cli_no_docs,$TAGS" -ldflags "-s -w -buildid=" -o /root-of-image/usr/bin/whosaid ./cmd/whosaid
RUN mkdir -p /root-of-image/tmp /root-of-image/data /root-of-image/etc/ssl/certs \
 && chmod 1777 /root-of-image/tmp /root-of-image/data \
 && cp /etc/ssl/certs/ca-certificates.crt /root-of-image/etc/ssl/certs/ \
 && echo "whosaid:x:65532:65532:whosaid:/data:/usr/bin/whosaid" > /root-of-image/etc/passwd

FROM scratch
COPY --from=build /root-of-image /
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/usr/bin/whosaid"]
CMD ["--help"]
