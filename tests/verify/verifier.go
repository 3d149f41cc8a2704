// A verifier that knows nothing of Kasane's code: Debian's golang.org/x/mod for notes, trees and tiles, crypto/ed25519
// for cosignatures. It takes a folder that log_sample wrote, or a running server, accepts what is good, refuses what it
// itself has spoilt, and counts both.
//
//	verifier sample FOLDER
//	verifier bundle FOLDER VKEY  an unpacked bundle of kasane export
//	verifier cosigned NOTE VKEY  a witness's line in a note
//	verifier server URL VKEY     reads /checkpoint and /tile/…; prints one line for the newest checkpoint
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var passed, failed int

func expect(what string, good bool) {
	if good {
		passed++
	} else {
		failed++
		fmt.Println("FAILED:", what)
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Println("FAILED:", err)
		os.Exit(1)
	}
	return value
}

// checkpoint opens a note under one verifier key and reads the body's three lines by hand: ParseTree wants an older form.
func checkpoint(text []byte, vkey string) (tlog.Tree, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return tlog.Tree{}, err
	}
	signed, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("not three lines of this origin")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// cosigned checks every line of the note that is by this key of type 4; note.Open does not know that type.
func cosigned(text []byte, vkey string) (uint64, error) {
	parts := strings.SplitN(vkey, "+", 3)
	key := must(base64.StdEncoding.DecodeString(parts[2]))
	if key[0] != 4 || len(key) != 33 {
		return 0, errors.New("no cosigner's key")
	}
	end := bytes.Index(text, []byte("\n\n")) + 1
	if end == 0 {
		return 0, errors.New("no note")
	}
	for _, line := range strings.Split(string(text[end+1:]), "\n") {
		fields := strings.Split(line, " ")
		if len(fields) != 3 || fields[0] != "—" || fields[1] != parts[0] {
			continue
		}
		value, err := base64.StdEncoding.DecodeString(fields[2])
		if err != nil || len(value) != 4+8+64 || fmt.Sprintf("%x", value[:4]) != parts[1] {
			continue
		}
		at := binary.BigEndian.Uint64(value[4:12])
		message := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", at)), text[:end]...)
		if !ed25519.Verify(key[1:], message, value[12:]) {
			return 0, errors.New("a cosignature that does not verify")
		}
		return at, nil
	}
	return 0, errors.New("no cosignature")
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var out []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		out = append(out, hash)
	}
	return out, nil
}

// proof checks a tlog-proof text against a leaf.
func proof(text []byte, vkey string, leaf func(int64) tlog.Hash) error {
	head, signed, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("no proof")
	}
	index, err := strconv.ParseInt(lines[1][len("index "):], 10, 64)
	if err != nil {
		return err
	}
	path, err := hashes(lines[2:])
	if err != nil {
		return err
	}
	tree, err := checkpoint(signed, vkey)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(path, tree.N, tree.Hash, index, leaf(index))
}

// tiles reads tiles at C2SP's paths: those of x/mod without its height.
type tiles func(path string) ([]byte, error)

func (read tiles) Height() int { return 8 }
func (read tiles) ReadTiles(wanted []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range wanted {
		bytes, err := read(strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}
func (read tiles) SaveTiles([]tlog.Tile, [][]byte) {}

// whole recomputes the root from tiles alone and proves every step-th leaf out of them.
func whole(tree tlog.Tree, read tiles, step int64) error {
	reader := tlog.TileHashReader(tree, read)
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return errors.New("another root")
	}
	for i := int64(0); i < tree.N; i += step {
		leaf, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, i)})
		if err != nil {
			return err
		}
		path, err := tlog.ProveRecord(tree.N, i, reader)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(path, tree.N, tree.Hash, i, leaf[0]); err != nil {
			return err
		}
	}
	return nil
}

func flipped(text []byte, at int) []byte {
	out := append([]byte(nil), text...)
	out[at] ^= 1
	return out
}

func sample(folder string) {
	read := func(name string) []byte { return must(os.ReadFile(filepath.Join(folder, name))) }
	log, fresh, witness := string(read("log.vkey")), string(read("fresh.vkey")), string(read("witness.vkey"))
	leaves := read("leaves")
	leaf := func(i int64) tlog.Hash { return tlog.RecordHash(leaves[i*113 : (i+1)*113]) }
	trees := map[string]tlog.Tree{}

	for _, path := range must(filepath.Glob(filepath.Join(folder, "checkpoint", "*"))) {
		name := filepath.Base(path)
		text := must(os.ReadFile(path))
		tree, err := checkpoint(text, log)
		expect("checkpoint "+name, err == nil && strconv.FormatInt(tree.N, 10) == name)
		trees[name] = tree
		for _, key := range []string{fresh, witness} {
			at, err := cosigned(text, key)
			expect("cosignature of "+name, err == nil && at == 1700000000+uint64(tree.N))
		}
		signed, lines := 0, bytes.Index(text, []byte("\n\n"))+1
		for at := 0; at+1 < len(text); at += 7 { // every seventh byte: body, the log's line, the cosignatures
			if text[at+1] == '=' { // Go's base64 does not look at the bits under the padding; ours does
				continue
			}
			_, err := checkpoint(flipped(text, at), log)
			_, freshErr := cosigned(flipped(text, at), fresh)
			_, witnessErr := cosigned(flipped(text, at), witness)
			if err == nil || freshErr == nil || witnessErr == nil {
				signed++ // one line's change leaves the others good
			}
			expect(fmt.Sprintf("checkpoint %s with byte %d changed", name, at),
				err != nil || freshErr != nil || witnessErr != nil)
			if at < lines {
				expect(fmt.Sprintf("checkpoint %s with byte %d of its body changed", name, at),
					err != nil && freshErr != nil && witnessErr != nil)
			}
		}
		expect("a changed cosignature leaves the log's own line good", signed > 0)
		read := tiles(func(path string) ([]byte, error) { return os.ReadFile(filepath.Join(folder, path)) })
		expect("tiles of "+name, whole(tree, read, 1+tree.N/20) == nil)
		spoilt := tiles(func(path string) ([]byte, error) {
			data, err := os.ReadFile(filepath.Join(folder, path))
			if err == nil {
				data = flipped(data, len(data)-1)
			}
			return data, err
		})
		expect("tiles of "+name+" with a bit changed", whole(tree, spoilt, 1) != nil)
	}
	for _, path := range must(filepath.Glob(filepath.Join(folder, "proof", "*"))) {
		text := must(os.ReadFile(path))
		expect(path, proof(text, log, leaf) == nil)
		expect(path+" of another leaf", proof(text, log, func(i int64) tlog.Hash { return leaf((i + 1) % 600) }) != nil)
		expect(path+" under another key", proof(text, strings.Replace(log, "town", "tawn", 1), leaf) != nil)
		signed := bytes.Index(text, []byte("\n\n")) + 1 + bytes.Index(text[bytes.Index(text, []byte("\n\n"))+2:], []byte("\n\n"))
		for at := 0; at < signed; at += 13 {
			if text[at+1] != '=' { // Go's base64 does not look at the bits under the padding; ours does
				expect(fmt.Sprintf("%s with byte %d changed", path, at), proof(flipped(text, at), log, leaf) != nil)
			}
		}
	}
	for _, path := range must(filepath.Glob(filepath.Join(folder, "consistency", "*"))) {
		name := filepath.Base(path)
		from, to, _ := strings.Cut(name, "-")
		lines := strings.Split(strings.TrimSuffix(string(must(os.ReadFile(path))), "\n"), "\n")
		if lines[0] == "" {
			lines = nil
		}
		steps := must(hashes(lines))
		a, b := trees[from], trees[to]
		expect("consistency "+name, tlog.CheckTree(steps, b.N, b.Hash, a.N, a.Hash) == nil)
		other := a.Hash
		other[0] ^= 1
		expect("consistency "+name+" of another past", tlog.CheckTree(steps, b.N, b.Hash, a.N, other) != nil)
		for i := range steps {
			steps[i][31] ^= 1
			expect("consistency "+name+" changed", tlog.CheckTree(steps, b.N, b.Hash, a.N, a.Hash) != nil)
			steps[i][31] ^= 1
		}
	}
}

func server(url, vkey string) {
	get := func(path string) ([]byte, error) {
		answer, err := http.Get(url + "/" + path)
		if err != nil {
			return nil, err
		}
		defer answer.Body.Close()
		if answer.StatusCode != 200 {
			return nil, errors.New(answer.Status)
		}
		return io.ReadAll(answer.Body)
	}
	text := must(get("checkpoint"))
	tree, err := checkpoint(text, vkey)
	expect("the server's checkpoint", err == nil)
	expect("the server's tiles", whole(tree, get, 1+tree.N/50) == nil)
	expect("the server's tiles under another root", whole(tlog.Tree{N: tree.N, Hash: tlog.Hash{1}}, get, 1) != nil)
	reader := tlog.TileHashReader(tree, tiles(get))
	for from := int64(1); from < tree.N; from += 1 + tree.N/10 {
		old := must(tlog.TreeHash(from, reader))
		steps := must(tlog.ProveTree(tree.N, from, reader))
		expect("the server's growth", tlog.CheckTree(steps, tree.N, tree.Hash, from, old) == nil)
	}
	_, err = get("tile/entries/000")
	expect("entry bundles are not public", err != nil)
	_, err = get(fmt.Sprintf("tile/0/%03d.p/255", tree.N/256+1))
	expect("a tile that is not there yet", err != nil)
	fmt.Printf("size %d root %s\n", tree.N, tree.Hash)
}

// bundle judges the proofs of an unpacked bundle against its own leaves.
func bundle(folder, vkey string) {
	read := func(name string) []byte { return must(os.ReadFile(filepath.Join(folder, name))) }
	tree, err := checkpoint(read("checkpoint"), vkey)
	expect("the bundle's checkpoint", err == nil)
	var leaves []tlog.Hash
	for n := int64(0); n*256 < tree.N; n++ {
		name := fmt.Sprintf("tile/entries/%03d", n)
		if left := tree.N - n*256; left < 256 {
			name += fmt.Sprintf(".p/%d", left)
		}
		for data := read(name); len(data) > 0; {
			size := int(binary.BigEndian.Uint16(data))
			leaves = append(leaves, tlog.RecordHash(data[2:2+size]))
			data = data[2+size:]
		}
	}
	expect("as many leaves as the checkpoint covers", int64(len(leaves)) == tree.N)
	proofs := must(filepath.Glob(filepath.Join(folder, "proofs", "*.tlog-proof")))
	for _, path := range proofs {
		expect(path, proof(must(os.ReadFile(path)), vkey, func(i int64) tlog.Hash { return leaves[i] }) == nil)
	}
	expect("proofs of releases, refusals and the export", len(proofs) > 3)
}

func main() {
	switch {
	case len(os.Args) == 3 && os.Args[1] == "sample":
		sample(os.Args[2])
	case len(os.Args) == 4 && os.Args[1] == "server":
		server(os.Args[2], os.Args[3])
	case len(os.Args) == 4 && os.Args[1] == "bundle":
		bundle(os.Args[2], os.Args[3])
	case len(os.Args) == 4 && os.Args[1] == "cosigned":
		_, err := cosigned(must(os.ReadFile(os.Args[2])), os.Args[3])
		expect("the witness's cosignature", err == nil)
	default:
		fmt.Println("usage: verifier sample FOLDER | verifier server URL VKEY | verifier bundle FOLDER VKEY | verifier cosigned NOTE VKEY")
		os.Exit(2)
	}
	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 || passed == 0 {
		os.Exit(1)
	}
}
