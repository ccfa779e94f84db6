package desk

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
)

// What a browser is told with every answer.
var headers = [][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
	{"Referrer-Policy", "same-origin"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"},
	{"Cache-Control", "no-store"},
}

const (
	tokenCookie = "whosaid_token"
	formCookie  = "whosaid_form"
	// formField holds the value of formCookie in every form that changes
	// something: another site can have the browser send the cookie, and cannot
	// know it.
	formField = "form"
)

// guarded lets through to next what may pass: requests to the desk's own
// address, from its own pages or from programs, with the token where one is
// asked for, of bounded size and time.
func (d *Desk) guarded(next http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.refuse(w, r, http.StatusForbidden, "this request comes from another site; open the desk's own page")
	}))
	inner := sameOrigin.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.o.Token != "" && r.URL.Path != "/healthz" && !d.admitted(w, r) {
			return
		}
		if changes(r) && !strings.HasPrefix(r.URL.Path, "/v1/") && !d.ownForm(r) {
			d.refuse(w, r, http.StatusForbidden, "the form is not from this page; reload the page, and do it again (cookies must be allowed for this address)")
			return
		}
		next.ServeHTTP(w, r)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, h := range headers {
			w.Header().Set(h[0], h[1])
		}
		if !d.ownHost(r.Host) {
			d.refuse(w, r, http.StatusMisdirectedRequest, "this is not the desk's address; call it as "+strings.Join(d.o.Hosts, " or "))
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), d.o.RequestTime)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, d.o.MaxBody)
		inner.ServeHTTP(w, r)
	})
}

func changes(r *http.Request) bool {
	return r.Method != http.MethodGet && r.Method != http.MethodHead
}

// ownHost reports whether a Host header names the desk: a name that somebody
// else points at this machine does not.
func (d *Desk) ownHost(host string) bool {
	if slices.Contains(d.o.Hosts, strings.ToLower(host)) {
		return true
	}
	if !d.o.AnyAddress {
		return false
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	return net.ParseIP(name) != nil
}

// admitted reports whether a request has the token. In an address it is taken
// once, and becomes a cookie.
func (d *Desk) admitted(w http.ResponseWriter, r *http.Request) bool {
	same := func(given string) bool {
		return subtle.ConstantTimeCompare([]byte(given), []byte(d.o.Token)) == 1
	}
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && same(bearer) {
		return true
	}
	if c, err := r.Cookie(tokenCookie); err == nil && same(c.Value) {
		return true
	}
	if given := r.URL.Query().Get("token"); r.Method == http.MethodGet && given != "" && same(given) {
		http.SetCookie(w, &http.Cookie{Name: tokenCookie, Value: given, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
		q := r.URL.Query()
		q.Del("token")
		to := *r.URL
		to.Scheme, to.Host, to.RawQuery = "", "", q.Encode()
		if strings.HasPrefix(to.Path, "//") { // would lead to another host
			to.Path = "/"
		}
		http.Redirect(w, r, to.String(), http.StatusSeeOther)
		return false
	}
	d.refuse(w, r, http.StatusUnauthorized, "a token is needed: open the address that whosaid serve printed, or send Authorization: Bearer TOKEN")
	return false
}

// ownForm reports whether a form carries the value of its cookie.
func (d *Desk) ownForm(r *http.Request) bool {
	c, err := r.Cookie(formCookie)
	if err != nil || c.Value == "" {
		return false
	}
	given := r.Header.Get("X-Desk-Form")
	if given == "" {
		given = r.PostFormValue(formField)
	}
	return subtle.ConstantTimeCompare([]byte(given), []byte(c.Value)) == 1
}

// formValue is the value that forms of this browser carry, made at its first
// page.
func formValue(w http.ResponseWriter, r *http.Request) string {
	if c, err := r.Cookie(formCookie); err == nil && len(c.Value) >= 26 {
		return c.Value
	}
	v := rand.Text()
	http.SetCookie(w, &http.Cookie{Name: formCookie, Value: v, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
	return v
}

// Errors of requests that cannot be taken now.
var (
	errBusy     = errors.New("too many requests wait already; try again in a few seconds")
	errNoEngine = errors.New("this desk extracts nothing from new text")
)
