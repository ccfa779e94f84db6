package desk

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what the desk counts of its own work.
type metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	inFlight   prometheus.Gauge
	articles   *prometheus.CounterVec
	statements prometheus.Counter
	handler    http.Handler
}

func newMetrics() *metrics {
	m := &metrics{
		registry:   prometheus.NewRegistry(),
		requests:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "whosaid_desk_requests_total", Help: "Requests by route and status."}, []string{"route", "status"}),
		seconds:    prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "whosaid_desk_request_seconds", Help: "Time of requests by route.", Buckets: []float64{.005, .02, .05, .1, .3, 1, 3, 10, 30, 60}}, []string{"route"}),
		inFlight:   prometheus.NewGauge(prometheus.GaugeOpts{Name: "whosaid_desk_requests_in_flight", Help: "Requests being answered."}),
		articles:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "whosaid_desk_extracted_articles_total", Help: "Articles sent to /v1/extract by what became of them."}, []string{"status"}),
		statements: prometheus.NewCounter(prometheus.CounterOpts{Name: "whosaid_desk_extracted_statements_total", Help: "Statements that /v1/extract found."}),
	}
	m.registry.MustRegister(m.requests, m.seconds, m.inFlight, m.articles, m.statements, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return m
}

func (m *metrics) serve(w http.ResponseWriter, r *http.Request) { m.handler.ServeHTTP(w, r) }

// watch counts the requests of a route.
func (m *metrics) watch(route string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.inFlight.Inc()
		defer m.inFlight.Dec()
		start := time.Now()
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		m.seconds.WithLabelValues(route).Observe(time.Since(start).Seconds())
		m.requests.WithLabelValues(route, strconv.Itoa(seen.status)).Inc()
	})
}

// statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (s *statusWriter) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController find the writer below.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }
